int good(int n);
int bare(void);
__attribute__((no_instrument_function)) int kept1(void) { return 0; }
__attribute__((no_instrument_function)) int kept2(void) { return 0; }
__attribute__((no_instrument_function)) int kept3(void) { return 0; }
__attribute__((no_instrument_function)) int kept4(void) { return 0; }
int main(void)
{
    return good(1) + bare();
}
