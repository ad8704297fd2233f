# 1 "in.c"
static int pick(int a, int b)
{<entry 0>
    if (a)
        if ((++__farm_c[1],b))
            {++__farm_c[2];return 1;}
        else
            return 2;
    return 3;
}
int main(void)
{<timed entry 5, again()>
    return pick(1, 0) - 2;
}<another name of main>
