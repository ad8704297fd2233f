static int step(int x)
{
    return x + 1;
}

int first(int n)
{
    int x = 0;
    while (x < n)
        x = step(x);
    return x;
}
