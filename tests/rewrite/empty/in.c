static void nothing(void)
{
}
static void comment_only(void) { /* { */ }
static int stray(int n)
{
    ;
    if (n) { }
    for (int i = 0; i < n; i++) { }
    { int t = n; { t++; } n = t; }
    (void)n;
    return n;;
}
int main(void)
{
    nothing();
    comment_only();
    return stray(2) - 3;
}
