# 1 "in.c"
int printf(const char *, ...);
static int walk(int n)
{<base>
    int t = 0;
    if (n > 2)
        {++__farm_c[0];goto middle;}
again:
    ++__farm_c[1];t++;
    while (t < 5) {++__farm_c[2];
        t++;
middle:
        ++__farm_c[3];t += 2;
    }
    if (t < n)
        {++__farm_c[4];goto again;}
    goto end;
end: ++__farm_c[5];;
    return t;
}
static int computed(int n)
{<base>
    static void *const table[] = {&&zero, &&one, &&two};
    int r = 0;
    goto *table[n % 3];
zero:
    ++__farm_c[6];r++;
one:
    ++__farm_c[7];r += 2;
two:
    ++__farm_c[8];r += 4;
    return r;
}
static void last_label(int n)
{<base>
    if (n)
        {++__farm_c[9];goto done;}
    printf("not done\n");
done:++__farm_c[10];;
}
static int local_label(int n)
{
    __label__ out;<base>
    int r = 0;
    if (n)
        {++__farm_c[11];goto out;}
    r = 1;
out:
    ++__farm_c[12];return r;
}
int main(void)
{<timed entry 15, again()>
    for (int i = 0; i < 6; i++) {++__farm_c[16];
        last_label(i);++__farm_c[17];
        printf("%d %d %d\n", walk(i), computed(i), local_label(i));++__farm_c[18];
    }
    return 0;
}<another name of main>
