// SPDX-License-Identifier: MIT
// farm.h from C++: a scope that an exception leaves, and marks of a file that farmcc does not rewrite.
#define FARM_ENABLED
#include <farm/farm.h>

extern "C" int cxx_part(int times)
{
    int caught = 0;
    for (int i = 0; i < times; i++) {
        FARM_STEP("turn");
        try {
            FARM_SCOPE("thrown");
            FARM_METRIC("i", i);
            throw i;
        } catch (int) {
            caught++;
        }
    }
    return caught;
}
