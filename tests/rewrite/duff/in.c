int printf(const char *, ...);
static void copy(char *to, const char *from, int count)
{
    int n = (count + 7) / 8;
    switch (count % 8) {
    case 0: do { *to++ = *from++; /* fall through */
    case 7:      *to++ = *from++; /* fall through */
    case 6:      *to++ = *from++; /* fall through */
    case 5:      *to++ = *from++; /* fall through */
    case 4:      *to++ = *from++; /* fall through */
    case 3:      *to++ = *from++; /* fall through */
    case 2:      *to++ = *from++; /* fall through */
    case 1:      *to++ = *from++;
            } while (--n > 0);
    }
}
static int odd(int n)
{
    int r = 0;
    switch (n)
    case 0:
        do {
            r++;
    case 7:
            r += 2;
        } while (r < 5);
    return r;
}
static int label_as_body(int n, int c)
{
    switch (n) {
        if (c)
    case 1:
            return 1;
        else
    case 2:
            return 2;
    }
    return 3;
}
int main(void)
{
    char out[24] = "";
    copy(out, "hello world, long text", 23);
    printf("%s %d %d %d\n", out, odd(0), odd(7), odd(1));
    printf("%d %d %d\n", label_as_body(1, 0), label_as_body(2, 0), label_as_body(3, 1));
    return 0;
}
