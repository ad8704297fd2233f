# 1 "in.c"
int printf(const char *, ...);
unsigned long strlen(const char *);
int pure_one(int) __attribute__((pure));
int pure_one(int x) {<entry 0> return x; }
static int leaf(int x) {<entry 1> return x + 1; }
static int ping(int x);
static int pong(int x) {<base> return x > 9 ? x : (++__farm_c[2],ping(x + 1)); }
static int ping(int x) { return pong(leaf(x)); }
__attribute__((weak)) int replaceable(int x) {<entry 3> return x; }
static int asks(int x) { return printf("%d\n", x); }
static int use(const char *text, int (*pointer)(int))
{<base>
    int r = (int)strlen(text);
    r += leaf(r);
    r += ping(r);
    r += pure_one(r);
    r += replaceable(r);++__farm_c[4];
    r++;
    r += asks(r);++__farm_c[5];
    r++;
    r += pointer(r);++__farm_c[6];
    return r;
}
int main(void)
{<timed entry 9, again()>
    return use("text", leaf) == 0;
}<another name of main>
