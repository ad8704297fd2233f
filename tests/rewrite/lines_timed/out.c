# 1 "in.c"
int printf(const char *, ...);
int atoi(const char *);
static int slow(int n)
{
    return n + 1;
}
/* every kind of statement, with and without braces, on lines of their own and together */
int timed(int n, const char *text)
{<timed entry 2, again(n,text)><lines 23>
    char __farm_l4 __attribute__((__unused__))=(__farm_lap(10),0);int a = n, b = atoi(text);
    int c;
    __farm_lap(12);c = a; b++; a++;
    __farm_lap(14);{__farm_count __farm_t3=0;for (int i = 0; i < 3; i++) {++__farm_t3,c += i;}__farm_c[3]+=__farm_t3;}
    __farm_lap(16);for (int i = 0; i < n; (__farm_lap(16),i++))
        ++__farm_c[4],__farm_lap(18),c += slow(i);
    __farm_lap(20);for (int i = 0;
         (__farm_lap(22),i < n);
         (__farm_lap(34),i++)) {++__farm_c[5];
        if ((__farm_lap(24),i == 1))
            {++__farm_c[6];__farm_lap(26);continue;}
        else if ((__farm_lap(28),slow(i) > 100))
            {++__farm_c[7];__farm_lap(30);break;}
        else
            __farm_lap(32),c++;
    }
    {__farm_count __farm_t8=0;while ((__farm_lap(36),a > 0))
        {++__farm_t8,__farm_lap(38),a--;}__farm_c[8]+=__farm_t8;}
    do {++__farm_c[9];
        __farm_lap(40);b--;
    } while ((__farm_lap(42),b > 0) &&
             (++__farm_c[10],(__farm_lap(44),slow(b) > 0)));
    __farm_lap(46);{__farm_count __farm_t11=0;do ++__farm_t11,c++; while (c < 0);__farm_c[11]+=__farm_t11;}
    switch ((__farm_lap(48),n)) {
    case 1: ++__farm_c[12];__farm_lap(50);c++; break;
    case 2:
        ++__farm_c[13];__farm_lap(52);c += 2;
        /* fall through */
    default:
        ++__farm_c[14];__farm_lap(54);c -= slow(1);
    }
    if ((__farm_lap(56),n > 2))
        if ((++__farm_c[15],(__farm_lap(58),a)))
            __farm_lap(60),c = 1;
        else
            {++__farm_c[16];__farm_lap(62);goto out;}
    if (sizeof(int) == 4)
        __farm_lap(64),c++;
    { char __farm_l68 __attribute__((__unused__))=(__farm_lap(66),0);int inner = slow(c); c = inner; }
    __farm_lap(68);c += ({
        int k = slow(1);++__farm_c[17];
        k;
    });
    __farm_lap(70);{__farm_count __farm_t18=0,__farm_t19=0;for (;;) {++__farm_t18;
        if ((__farm_lap(72),c++ > 5))
            {++__farm_t19;__farm_lap(74);break;}
    }__farm_c[18]+=__farm_t18;__farm_c[19]+=__farm_t19;}
out:
    ++__farm_c[20];__farm_lap(76);return n > 2 ?
        (++__farm_c[21],(__farm_lap(78),slow(c))) :
        (++__farm_c[22],(__farm_lap(80),slow(a)));
}<another name of timed>
void leaves(int n)
{<entry 105><lines 107>
    if ((__farm_lap(10),n))
        {++__farm_c[106];__farm_lap(12);return;}
    __farm_lap(14);slow(n);
}
int not_timed(int n)
{<entry 123>
    n++;
    return n;
}
int main(void)
{<timed entry 126, again()>
    leaves(1);
    leaves(0);
    printf("%d %d %d\n", timed(1, "3"), timed(2, "4"), not_timed(timed(3, "0")));++__farm_c[127];
    return 0;
}<another name of main>
