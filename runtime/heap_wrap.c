/* SPDX-License-Identifier: MIT
 *
 * What the linker's --wrap puts in place of each call in the linked objects: the only way in static programs, and with
 * an allocator that the program defines itself. __real_NAME is what NAME would have been.
 */
#include "runtime/heap_calls.h"

#define DEFINE(type, name, parameters, arguments) \
    extern type __real_##name parameters; \
    extern type __wrap_##name parameters; \
    __attribute__((weak)) type __wrap_##name parameters \
    { \
        return farm_call_##name arguments; \
    }

FARM_HEAP_CALLS(DEFINE)

#define ENTRY(type, name, parameters, arguments) __real_##name,
const struct farm_heap_table farm_heap_wrapped = {FARM_HEAP_CALLS(ENTRY)};
