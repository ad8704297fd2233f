# 1 "in.c"
int printf(const char *, ...);
static int outer(int a)
{
    int inner(int b) { return a + b; }
    return inner(2);
}
static int after(int a)
{<entry 0>
    return a + 1;
}
int main(void)
{<timed entry 3, again()>
    printf("%d %d\n", outer(1), after(1));++__farm_c[4];
    return 0;
}<another name of main>
not instrumented: outer: libclang cannot read it: function definition is not allowed here
