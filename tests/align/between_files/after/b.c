#include <stdlib.h>

static int scratch[16];

static void reset(void)
{
    for (int i = 0; i < 16; i++)
        scratch[i] = -1;
}

int lookup(int key)
{
    reset();
    for (int i = 0; i < 16; i++)
        if (scratch[i] == key)
            return i;
    return -1;
}

int largest(const int *values, int count)
{
    int best = values[0];
    for (int i = 1; i < count; i++)
        if (values[i] > best)
            best = values[i];
    return best;
}
