int printf(const char *, ...);
typedef long jmp_buf[64];
int _setjmp(jmp_buf);
__attribute__((noreturn)) void longjmp(jmp_buf, int);
static jmp_buf env;
static int depth(int n)
{
    if (n == 0)
        longjmp(env, 1);
    return depth(n - 1);
}
int main(void)
{
    volatile int tries = 0;
    if (_setjmp(env) == 0)
        printf("first\n");
    else
        printf("again\n");
    if (tries++ < 3)
        depth(tries);
    return 0;
}
