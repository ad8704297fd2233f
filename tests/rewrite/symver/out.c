# 1 "in.c"
/* Versions of a symbol: a second name with all the function's attributes would be versioned and hidden at once. */
__attribute__((__symver__("job@V_2"))) int work(int n);
__attribute__((__symver__("job@V_2"))) int work(int n)
{<entry 0>
    int sum = 0;
    {__farm_count __farm_t1=0;for (int i = 0; i < n; i++)
        {++__farm_t1,sum += i;}__farm_c[1]+=__farm_t1;}
    return sum;
}

int main(void)
{<entry 2>
    return work(4) == 6 ? 0 : 1;
}
