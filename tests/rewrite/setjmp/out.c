# 1 "in.c"
int printf(const char *, ...);
typedef long jmp_buf[64];
int _setjmp(jmp_buf);
__attribute__((noreturn)) void longjmp(jmp_buf, int);
static jmp_buf env;
static int depth(int n)
{<entry 0>
    if (n == 0)
        ++__farm_here_ID()[1],longjmp(env, 1);
    return depth(n - 1);
}
int main(void)
{<volatile timed entry 4, again()>
    volatile int tries = 0;
    if (_setjmp(env) == 0)
        ++__farm_c[5],printf("first\n");
    else
        {++__farm_c[6],printf("again\n");}++__farm_c[7];
    if (tries++ < 3)
        ++__farm_c[8],depth(tries),++__farm_c[9];
    return 0;
}<another name of main>
