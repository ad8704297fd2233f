/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Instrumentation by hand, as farmcc's inserted text does it: one unit of COUNTERS counters per source file. A function
 * begins with HAND_ENTER; ++c[k] counts.
 */
#ifndef HAND_H
#define HAND_H

#include "runtime/format.h"

#ifndef COUNTERS
#define COUNTERS 16
#endif
#ifndef UNIT_ID
#define UNIT_ID 1
#endif

__attribute__((weak, tls_model("initial-exec"))) __thread char *__farm_tls;
__attribute__((weak)) void __farm_register(struct __farm_unit *unit, char **tls);
__attribute__((weak)) uint64_t *__farm_attach(struct __farm_unit *unit);

static uint64_t hand_dummy[COUNTERS];
static struct __farm_unit hand_unit = {FARM_ABI, COUNTERS, UNIT_ID, 0, hand_dummy, 0};

static void hand_register(void)
{
    if (__farm_register)
        __farm_register(&hand_unit, &__farm_tls);
}
__attribute__((section(".init_array.00050"), used)) static void (*const hand_start)(void) = hand_register;

__attribute__((noinline, unused)) static uint64_t *hand_slow(void)
{
    return __farm_attach ? __farm_attach(&hand_unit) : hand_dummy;
}

#define HAND_ENTER \
    uint64_t *c = __farm_tls ? (uint64_t *)(__farm_tls + hand_unit.shift) : hand_slow()

#endif
