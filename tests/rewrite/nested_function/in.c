int printf(const char *, ...);
static int outer(int a)
{
    int inner(int b) { return a + b; }
    return inner(2);
}
static int after(int a)
{
    return a + 1;
}
int main(void)
{
    printf("%d %d\n", outer(1), after(1));
    return 0;
}
