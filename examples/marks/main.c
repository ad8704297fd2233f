/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A loop with steps: each one fills a row, smooths it and says how rough it is.
 */
#include <farm/farm.h>
#include <stdio.h>

#define CELLS 2000

#ifdef ALONE
static double smooth(double *row, int cells)
{
    double rough = 0;
    for (int i = 1; i < cells; i++)
        rough += row[i] > row[i - 1] ? row[i] - row[i - 1] : row[i - 1] - row[i];
    return rough;
}
#else
double smooth(double *row, int cells);       /* smooth.cpp */
#endif

int main(void)
{
    static double row[CELLS];
    double rough = 0;
    FARM_PARAM("cells", CELLS);
    for (int step = 0; step < 300; step++) {
        FARM_STEP("step");
        FARM_BEGIN("fill");
        for (int i = 0; i < CELLS; i++)
            row[i] = (double)((i * 7 + step) % 13);
        FARM_END("fill");
        rough = smooth(row, CELLS);
        FARM_METRIC("rough", rough);
    }
    printf("%g\n", rough);
    return 0;
}
