# 1 "in.c"
int printf(const char *, ...);
__attribute__((noreturn)) void exit(int);
static _Noreturn void leave(int x)
{<entry 0>
    printf("leaving %d\n", x);++__farm_c[1];
    exit(x);
}
static int fetch(int x)
{<entry 2>
    if (x > 2)
        ++__farm_c[3],leave(0);
    else
        printf("stay\n"),++__farm_c[4];
    return x;
}
int main(void)
{<timed entry 7, again()>
    for (int i = 0; ; i++)
        ++__farm_c[8],fetch(i),++__farm_c[9];
}<another name of main>
