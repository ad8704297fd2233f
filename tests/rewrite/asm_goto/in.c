int printf(const char *, ...);
static int jump(int x)
{
    int r = 1;
    __asm__ goto("test %0, %0\n\tjnz %l1" : : "r"(x) : "cc" : other);
    r = 2;
    __asm__ __volatile__("" : "+r"(r));
    r++;
other:
    return r;
}
int main(void)
{
    printf("%d %d\n", jump(0), jump(1));
    return 0;
}
