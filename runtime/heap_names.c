/* SPDX-License-Identifier: MIT
 *
 * The allocation functions under libc's own names, so that the libraries of a dynamic program come here too. Weak: a
 * program's own definitions stand. farmcc asks for this file by farm_heap_named; in a static program it must not be
 * there, because libc's own would then not be linked.
 */
#include "runtime/heap_calls.h"

#define DEFINE(type, name, parameters, arguments) \
    static type named_##name parameters \
    { \
        return farm_call_##name arguments; \
    } \
    extern type name parameters __attribute__((weak, alias("named_" #name))) FARM_PUBLIC;

FARM_HEAP_CALLS(DEFINE)

#define ENTRY(type, name, parameters, arguments) named_##name,
const struct farm_heap_table farm_heap_named = {FARM_HEAP_CALLS(ENTRY)};
