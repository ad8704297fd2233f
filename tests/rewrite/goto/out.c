# 1 "in.c"
int printf(const char *, ...);
static int walk(int n)
{<entry 0>
    int t = 0;
    if (n > 2)
        {++__farm_c[1];goto middle;}
again:
    ++__farm_c[2];t++;
    while (t < 5) {++__farm_c[3];
        t++;
middle:
        ++__farm_c[4];t += 2;
    }
    if (t < n)
        {++__farm_c[5];goto again;}
    goto end;
end: ++__farm_c[6];;
    return t;
}
static int computed(int n)
{<entry 7>
    static void *const table[] = {&&zero, &&one, &&two};
    int r = 0;
    goto *table[n % 3];
zero:
    ++__farm_c[8];r++;
one:
    ++__farm_c[9];r += 2;
two:
    ++__farm_c[10];r += 4;
    return r;
}
static void last_label(int n)
{<entry 11>
    if (n)
        {++__farm_c[12];goto done;}
    printf("not done\n");
done:++__farm_c[13];;
}
static int local_label(int n)
{
    __label__ out;<entry 14>
    int r = 0;
    if (n)
        {++__farm_c[15];goto out;}
    r = 1;
out:
    ++__farm_c[16];return r;
}
int main(void)
{<timed entry 19, again()>
    for (int i = 0; i < 6; i++) {++__farm_c[20];
        last_label(i);++__farm_c[21];
        printf("%d %d %d\n", walk(i), computed(i), local_label(i));++__farm_c[22];
    }
    return 0;
}<another name of main>
