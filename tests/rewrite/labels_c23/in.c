int printf(const char *, ...);
static void last(int n)
{
    if (n)
        goto done;
    printf("not done\n");
    switch (n) {
    case 0:
        printf("zero\n");
    default:
    }
done:
}
int main(void)
{
    last(0);
    last(1);
    return 0;
}
