static int pick(int a, int b)
{
    if (a)
        if (b)
            return 1;
        else
            return 2;
    return 3;
}
int main(void)
{
    return pick(1, 0) - 2;
}
