int printf(const char *, ...);
unsigned long strlen(const char *);
int pure_one(int) __attribute__((pure));
int pure_one(int x) { return x; }
static int leaf(int x) { return x + 1; }
static int ping(int x);
static int pong(int x) { return x > 9 ? x : ping(x + 1); }
static int ping(int x) { return pong(leaf(x)); }
__attribute__((weak)) int replaceable(int x) { return x; }
static int asks(int x) { return printf("%d\n", x); }
static int use(const char *text, int (*pointer)(int))
{
    int r = (int)strlen(text);
    r += leaf(r);
    r += ping(r);
    r += pure_one(r);
    r += replaceable(r);
    r++;
    r += asks(r);
    r++;
    r += pointer(r);
    return r;
}
int main(void)
{
    return use("text", leaf) == 0;
}
