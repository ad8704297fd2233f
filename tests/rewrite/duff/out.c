# 1 "in.c"
int printf(const char *, ...);
static void copy(char *to, const char *from, int count)
{<base>
    int n = (count + 7) / 8;
    switch (count % 8) {
    case 0: ++__farm_c[0];do { *to++ = *from++; /* fall through */
    case 7:      ++__farm_c[1];*to++ = *from++; /* fall through */
    case 6:      ++__farm_c[2];*to++ = *from++; /* fall through */
    case 5:      ++__farm_c[3];*to++ = *from++; /* fall through */
    case 4:      ++__farm_c[4];*to++ = *from++; /* fall through */
    case 3:      ++__farm_c[5];*to++ = *from++; /* fall through */
    case 2:      ++__farm_c[6];*to++ = *from++; /* fall through */
    case 1:      ++__farm_c[7];*to++ = *from++;
            } while (--n > 0);
    }
}
static int odd(int n)
{<base>
    int r = 0;
    switch (n)
    case 0:
        {++__farm_c[8];do {++__farm_c[9];
            r++;
    case 7:
            ++__farm_c[10];r += 2;
        } while (r < 5);}
    return r;
}
static int label_as_body(int n, int c)
{<base>
    switch (n) {
        if (c)
    case 1:
            {++__farm_c[11];return 1;}
        else
    case 2:
            {++__farm_c[12];return 2;}
    }
    return 3;
}
int main(void)
{<timed entry 15, again()>
    char out[24] = "";
    copy(out, "hello world, long text", 23);
    printf("%s %d %d %d\n", out, odd(0), odd(7), odd(1));++__farm_c[16];
    printf("%d %d %d\n", label_as_body(1, 0), label_as_body(2, 0), label_as_body(3, 1));++__farm_c[17];
    return 0;
}<another name of main>
