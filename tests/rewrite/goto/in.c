int printf(const char *, ...);
static int walk(int n)
{
    int t = 0;
    if (n > 2)
        goto middle;
again:
    t++;
    while (t < 5) {
        t++;
middle:
        t += 2;
    }
    if (t < n)
        goto again;
    goto end;
end: ;
    return t;
}
static int computed(int n)
{
    static void *const table[] = {&&zero, &&one, &&two};
    int r = 0;
    goto *table[n % 3];
zero:
    r++;
one:
    r += 2;
two:
    r += 4;
    return r;
}
static void last_label(int n)
{
    if (n)
        goto done;
    printf("not done\n");
done:;
}
static int local_label(int n)
{
    __label__ out;
    int r = 0;
    if (n)
        goto out;
    r = 1;
out:
    return r;
}
int main(void)
{
    for (int i = 0; i < 6; i++) {
        last_label(i);
        printf("%d %d %d\n", walk(i), computed(i), local_label(i));
    }
    return 0;
}
