/* SPDX-License-Identifier: MIT
 *
 * Every macro of farm.h, in C89 and C++98, with or without farmcc.
 */
#include "runtime/farm.h"

int proof(const char *name, double value);

int proof(const char *name, double value)
{
    long whole = 3;
    FARM_SCOPE("scope");
    FARM_PARAM("param", whole);
    FARM_PARAM_TEXT("text", name);
    FARM_STEP(name);
    FARM_BEGIN("region");
    FARM_METRIC("metric", value + 1);
    FARM_END("region");
    farm_stop();
    farm_start();
    farm_reset();
    return farm_dump("dump") + farm_dump(0);
}
