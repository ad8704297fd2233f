int bare(void)
{
    return 0;
}
