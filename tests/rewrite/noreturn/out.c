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
{<entry 5>
    for (int i = 0; ; i++)
        ++__farm_c[6],fetch(i),++__farm_c[7];
}
