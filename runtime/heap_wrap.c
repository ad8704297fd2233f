/* SPDX-License-Identifier: MIT
 *
 * What the linker's --wrap puts in place of each call in the linked objects: the only way in static programs, and with
 * an allocator that the program defines itself. __real_NAME is what NAME would have been. Compiled once for each
 * function (FARM_WRAP): a static program must not get those of libc's that it does not use.
 */
#include "runtime/door.h"
#include "runtime/heap_calls.h"

#ifdef FARM_GUEST
#define CALL(name) farm_guest_heap()->name
#else
#define CALL(name) farm_call_##name
#endif

#define DEFINE(type, name, parameters, arguments) \
    extern type __real_##name parameters; \
    extern type __wrap_##name parameters; \
    __attribute__((weak)) type __wrap_##name parameters \
    { \
        return CALL(name) arguments; \
    } \
    type (*const farm_heap_real_##name) parameters = __real_##name;
#define DEFINE_ONE(name) FARM_HEAP_##name(DEFINE)
#define DEFINE_NAMED(name) DEFINE_ONE(name)

DEFINE_NAMED(FARM_WRAP)
