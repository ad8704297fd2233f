__attribute__((no_instrument_function)) int main(void)
{
    return 0;
}
