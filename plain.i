/* Versions of a symbol: a second name with all the function's attributes would be versioned and hidden at once. */
__attribute__((__symver__("job@V_2"))) int work(int n);
__attribute__((__symver__("job@V_2"))) int work(int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += i;
    return sum;
}

int main(void)
{
    return work(4) == 6 ? 0 : 1;
}
