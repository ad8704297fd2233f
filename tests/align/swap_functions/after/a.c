#include <stdio.h>

#define LIMIT 100

static int table[LIMIT];

/* The sum of the first n entries. */
static int sum(int n)
{
    int total = 0;
    for (int i = 0; i < n; i++)
        total += table[i];
    return total;
}

static int largest(const int *values, int count)
{
    int best = values[0];
    for (int i = 1; i < count; i++)
        if (values[i] > best)
            best = values[i];
    return best;
}

static void fill(int seed)
{
    for (int i = 0; i < LIMIT; i++) {
        table[i] = seed;
        seed = seed * 31 + 7;
    }
}

int main(int argc, char **argv)
{
    fill(argc);
    printf("%d %d\n", sum(LIMIT), largest(table, LIMIT));
    return 0;
}
