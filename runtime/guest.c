/* SPDX-License-Identifier: MIT
 *
 * What inserted text calls in a shared object: the process's runtime, which is this object's own where no other has
 * started and the program brings none. Decided when its first unit registers, by the dynamic loader, which lets in one
 * at a time.
 */
#define FARM_PUBLIC __attribute__((visibility("hidden")))
#include <elf.h>
#include <link.h>

#include "runtime/clock.h"
#include "runtime/door.h"
#include "runtime/lines.h"
#include "runtime/marks.h"

const struct farm_door *farm_host;       /* NULL until then */

struct search {
    const struct farm_door *started, *program;
    bool behind_program;
};

static const struct farm_door *door_in(const char *note, const char *end)
{
    if (!farm_readable((uint64_t)note) || !farm_readable((uint64_t)end - 1))
        return NULL;
    while ((size_t)(end - note) >= sizeof(ElfW(Nhdr))) {
        const ElfW(Nhdr) *head = (const void *)note;
        const char *name = note + sizeof *head, *value = name + ((head->n_namesz + 3) & ~3u);
        if (head->n_type == FARM_DOOR_NOTE && head->n_namesz == 5 && head->n_descsz == 4 && farm_equal(name, "farm")) {
            const struct farm_door *door = (const void *)(value + *(const int32_t *)value);
            return door->abi == FARM_ABI && door->len == sizeof *door ? door : NULL;
        }
        note = value + ((head->n_descsz + 3) & ~3u);
    }
    return NULL;
}

static int look(struct dl_phdr_info *info, size_t size, void *data)
{
    struct search *s = data;
    for (unsigned i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *ph = &info->dlpi_phdr[i];
        const char *note = (const char *)info->dlpi_addr + ph->p_vaddr;
        const struct farm_door *door = ph->p_type == PT_NOTE ? door_in(note, note + ph->p_memsz) : NULL;
        if (door && *door->started)
            s->started = door;
        if (door && !s->behind_program)
            s->program = door;
    }
    s->behind_program = true;
    return s->started != NULL;
}

static const struct farm_door *find_host(void)
{
    if (!farm_host) {
        struct search s = {NULL, NULL, false};
        dl_iterate_phdr(look, &s);
        farm_host = s.started ? s.started : s.program ? s.program : &farm_door;
    }
    return farm_host;
}

const struct farm_heap_table *farm_guest_heap(void)
{
    return farm_host ? farm_host->heap : &farm_heap_door;
}

/* ---- what inserted text calls ---- */

void __farm_register(struct __farm_unit *unit, char **tls)
{
    find_host()->enrol(unit, tls);
}

uint64_t *__farm_attach(struct __farm_unit *unit)
{
    return farm_host ? farm_host->attach(unit) : unit->dummy;
}

/* A jump that leaves every register with an argument as it is; r11 holds none. */
_Static_assert(offsetof(struct farm_door, call) == 16, "the jump below");
__asm__(".pushsection .text.__farm_call,\"ax\",@progbits\n.globl __farm_call\n.hidden __farm_call\n.hidden farm_host\n"
        ".type __farm_call,@function\n__farm_call:\n.cfi_startproc\nendbr64\nmovq farm_host(%rip),%r11\n"
        "testq %r11,%r11\nje farm_own_call\njmp *16(%r11)\n.cfi_endproc\n"
        ".size __farm_call,.-__farm_call\n.popsection\n");

uint64_t *__farm_lines_enter(void *frame, uint64_t *state)
{
    return find_host()->lines_enter(frame, state);
}

void __farm_lines_leave(void *frame, uint64_t *state)
{
    find_host()->lines_leave(frame, state);
}

void __farm_lines_jump(void)
{
    find_host()->lines_jump();
}

/* ---- what farm.h calls ---- */

#define FORWARD(name, parameters, arguments) \
    void __farm_##name parameters \
    { \
        find_host()->name arguments; \
    }
FORWARD(step, (const char *name), (name))
FORWARD(enter, (const char *name), (name))
FORWARD(leave, (const char *name), (name))
FORWARD(metric, (const char *name, double value), (name, value))
FORWARD(param, (const char *name, double value), (name, value))
FORWARD(param_text, (const char *name, const char *value), (name, value))
FORWARD(collect, (int on), (on))
FORWARD(reset, (void), ())

int __farm_dump(const char *label)
{
    return find_host()->dump(label);
}
