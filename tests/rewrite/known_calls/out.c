# 1 "in.c"
int printf(const char *, ...);
unsigned long strlen(const char *);
int pure_one(int) __attribute__((pure));
int pure_one(int x) {<entry 0> return x; }
static int leaf(int x) {<entry 1> return x + 1; }
static int ping(int x);
static int pong(int x) {<entry 2> return x > 9 ? x : ping(x + 1); }
static int ping(int x) {<entry 3> return pong(leaf(x)); }
__attribute__((weak)) int replaceable(int x) {<entry 4> return x; }
static int asks(int x) {<entry 5> return printf("%d\n", x); }
static int use(const char *text, int (*pointer)(int))
{<entry 6>
    int r = (int)strlen(text);
    r += leaf(r);
    r += ping(r);
    r += pure_one(r);
    r += replaceable(r);++__farm_c[7];
    r++;
    r += asks(r);++__farm_c[8];
    r++;
    r += pointer(r);++__farm_c[9];
    return r;
}
int main(void)
{<timed entry 12, again()>
    return use("text", leaf) == 0;
}<another name of main>
