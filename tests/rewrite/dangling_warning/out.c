# 1 "in.c"
static int pick(int a, int b)
{<base>
    if (a)
        if ((++__farm_c[0],b))
            {++__farm_c[1];return 1;}
        else
            return 2;
    return 3;
}
int main(void)
{<timed entry 4, again()>
    return pick(1, 0) - 2;
}<another name of main>
