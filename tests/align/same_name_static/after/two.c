int unrelated;

static int step(int x)
{
    return x * 2;
}

int second(int n)
{
    int x = 1;
    while (x < n)
        x = step(x);
    return x;
}
