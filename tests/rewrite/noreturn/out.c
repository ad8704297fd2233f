# 1 "in.c"
int printf(const char *, ...);
__attribute__((noreturn)) void exit(int);
static _Noreturn void leave(int x)
{<entry 0>
    printf("leaving %d\n", x);++__farm_c[1];
    exit(x);
}
static int fetch(int x)
{<base>
    if (x > 2)
        ++__farm_here_ID()[2],leave(0);
    else
        printf("stay\n"),++__farm_c[3];
    return x;
}
int main(void)
{<timed entry 6, again()>
    for (int i = 0; ; i++)
        ++__farm_c[7],fetch(i),++__farm_c[8];
}<another name of main>
