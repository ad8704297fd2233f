/* SPDX-License-Identifier: MIT
 *
 * The allocation functions as another shared object's --wrap calls them. It jumps here, so the frame is the caller's.
 */
#include "runtime/door.h"
#include "runtime/heap_calls.h"

#define DEFINE(type, name, parameters, arguments) \
    static type through_door_##name parameters \
    { \
        return farm_call_##name arguments; \
    }
FARM_HEAP_CALLS(DEFINE)

#define ENTRY(type, name, parameters, arguments) through_door_##name,
const struct farm_heap_table farm_heap_door = {FARM_HEAP_CALLS(ENTRY)};
