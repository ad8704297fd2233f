/* SPDX-License-Identifier: MIT
 *
 * The way in for shared objects with a runtime of their own: guest.c looks for the note of register.c, which names it.
 */
#include "runtime/door.h"

#include "runtime/clock.h"
#include "runtime/lines.h"
#include "runtime/marks.h"

const struct farm_door farm_door = {
    .abi = FARM_ABI,
    .len = sizeof(struct farm_door),
    .started = &farm_it.started,
    .call = __farm_call,
    .enrol = __farm_register,
    .attach = __farm_attach,
    .step = __farm_step,
    .enter = __farm_enter,
    .leave = __farm_leave,
    .metric = __farm_metric,
    .param = __farm_param,
    .param_text = __farm_param_text,
    .collect = __farm_collect,
    .reset = __farm_reset,
    .dump = __farm_dump,
    .lines_enter = __farm_lines_enter,
    .lines_leave = __farm_lines_leave,
    .lines_jump = __farm_lines_jump,
    .heap = &farm_heap_door,
};
