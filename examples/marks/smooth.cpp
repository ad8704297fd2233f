// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <farm/farm.h>

extern "C" double smooth(double *row, int cells)
{
    FARM_SCOPE("smooth");
    double rough = 0;
    for (int i = 1; i < cells; i++)
        rough += std::fabs(row[i] - row[i - 1]);
    return rough;
}
