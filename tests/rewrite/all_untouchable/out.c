# 1 "in.c"
__attribute__((no_instrument_function)) int main(void)
{
    return 0;
}
not instrumented: main: it has attribute no_instrument_function
