/* SPDX-License-Identifier: MIT
 *
 * Comes before each source of the runtime that shared objects bring along (libfarm_guest.a): what inserted text calls
 * is guest.c there, which asks whose runtime it is, and the runtime itself has other names. Nothing of it is seen from
 * outside.
 */
#define FARM_GUEST 1
#define FARM_PUBLIC __attribute__((visibility("hidden")))
#define __farm_register farm_own_register
#define __farm_attach farm_own_attach
#define __farm_call farm_own_call
#define __farm_step farm_own_step
#define __farm_enter farm_own_enter
#define __farm_leave farm_own_leave
#define __farm_metric farm_own_metric
#define __farm_param farm_own_param
#define __farm_param_text farm_own_param_text
#define __farm_collect farm_own_collect
#define __farm_reset farm_own_reset
#define __farm_dump farm_own_dump
#define __farm_lines_enter farm_own_lines_enter
#define __farm_lines_leave farm_own_lines_leave
#define __farm_lines_jump farm_own_lines_jump
