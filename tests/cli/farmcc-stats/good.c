int good(int n)
{
    return n > 1 ? n : 0;
}
