# 1 "in.c"
int printf(const char *, ...);
static int plain(int x)
{<entry 0>
    int r = 0;
    switch (x) {
    case 1:
        ++__farm_c[1];r = 1;
        break;
    case 2:
    case 3:
        ++__farm_c[2];r = 3;
        /* fall through */
    case 4: ++__farm_c[3];r += 4; break;
    case 5: ++__farm_c[4];{
        int t = x;
        r = t;
        break;
    }
    case 6 ... 8:
        ++__farm_c[5];return 6;
    default:
        ++__farm_c[6];r = 7;
    }
    return r;
}
static int without_default(int x)
{<entry 7>
    int r = 0;
    switch (x) {
    case 1:
        ++__farm_c[8];r = 1;
        break;
    case 2:
        ++__farm_c[9];return 2;
    }
    r++;
    switch (x)
    case 3:
        ++__farm_c[10],r = 9;
    return r;
}
static int attribute(int x)
{<base>
    int r = 0;
    switch (x) {
    case 1:
        ++__farm_c[11];r++;
        printf("one\n");++__farm_c[12];
        __attribute__((fallthrough));
    case 2:
        ++__farm_c[13];r++;
    }
    return r;
}
int main(void)
{<timed entry 16, again()>
    for (int i = 0; i < 10; i++)
        {++__farm_c[17],printf("%d %d %d\n", plain(i), without_default(i), attribute(i));}++__farm_c[18];
    return 0;
}<another name of main>
