int printf(const char *, ...);
__attribute__((noreturn)) void exit(int);
static _Noreturn void leave(int x)
{
    printf("leaving %d\n", x);
    exit(x);
}
static int fetch(int x)
{
    if (x > 2)
        leave(0);
    else
        printf("stay\n");
    return x;
}
int main(void)
{
    for (int i = 0; ; i++)
        fetch(i);
}
