# 1 "in.c"
int printf(const char *, ...);
static void last(int n)
{<entry 0>
    if (n)
        {++__farm_c[1];goto done;}
    printf("not done\n");++__farm_c[2];
    switch (n) {
    case 0:
        ++__farm_c[3];printf("zero\n");
    default:++__farm_c[4];
    }
done:++__farm_c[5];
}
int main(void)
{<timed entry 8, again()>
    last(0);++__farm_c[9];
    last(1);++__farm_c[10];
    return 0;
}<another name of main>
