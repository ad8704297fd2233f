int printf(const char *, ...);
__attribute__((no_instrument_function)) static int hook(int x)
{
    return x;
}
static int impl(void) { return 3; }
static int (*resolve(void))(void)
{
    return impl;
}
static int indirect(void) __attribute__((ifunc("resolve")));
__asm__(".globl bare\nbare: movl $4, %eax\n ret\n");
int bare(void);
int main(void)
{
    printf("%d %d %d\n", hook(1), indirect(), bare());
    return 0;
}
