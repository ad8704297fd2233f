/* SPDX-License-Identifier: MIT
 *
 * One runtime per process, however many shared objects bring one. Each has a door: a table of its entrances, found
 * through a note that the loaded file carries, which no version script, RTLD_LOCAL or strip hides. Of all runtimes the
 * one that has started is the process's; if none has, the program's own, else that of the shared object that asks
 * first.
 */
#ifndef FARM_DOOR_H
#define FARM_DOOR_H

#include "runtime/heap.h"
#include "runtime/internal.h"

struct farm_door {
    uint32_t abi;                /* FARM_ABI */
    uint32_t len;                /* of this struct, bytes: both must be ours */
    const bool *started;
    void (*call)(void);          /* __farm_call; jumped to by offset (guest.c) */
    void (*enrol)(struct __farm_unit *unit, char **tls);
    uint64_t *(*attach)(struct __farm_unit *unit);
    void (*step)(const char *name);
    void (*enter)(const char *name);
    void (*leave)(const char *name);
    void (*metric)(const char *name, double value);
    void (*param)(const char *name, double value);
    void (*param_text)(const char *name, const char *text);
    void (*collect)(int on);
    void (*reset)(void);
    int (*dump)(const char *label);
    uint64_t *(*lines_enter)(void *frame, uint64_t *state);
    void (*lines_leave)(void *frame, uint64_t *state);
    void (*lines_jump)(void);
    const struct farm_heap_table *heap;  /* as the allocation functions that --wrap puts in place */
};
extern const struct farm_door farm_door;                         /* door.c: this object's own */
extern const struct farm_heap_table farm_heap_door;              /* heap_door.c */
const struct farm_heap_table *farm_guest_heap(void);             /* guest.c: of the process's runtime */

#define FARM_DOOR_NOTE 0x4641524du       /* type of the note, by the name "farm" */

#endif
