# 1 "in.c"
int printf(const char *, ...);
__attribute__((no_instrument_function)) static int hook(int x)
{
    return x;
}
static int impl(void) {<entry 0> return 3; }
static int (*resolve(void))(void)
{
    return impl;
}
static int indirect(void) __attribute__((ifunc("resolve")));
__asm__(".globl bare\nbare: movl $4, %eax\n ret\n");
int bare(void);
int main(void)
{<timed entry 3, again()>
    printf("%d %d %d\n", hook(1), indirect(), bare());++__farm_c[4];
    return 0;
}<another name of main>
not instrumented: hook: it has attribute no_instrument_function
not instrumented: resolve: it is an ifunc resolver
