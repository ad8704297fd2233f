int next(int n)
{
    return n + 1;
}
int main(void)
{
    return next(-1);
}
