/* SPDX-License-Identifier: MIT
 *
 * Which file lies at which address. Noted from the dynamic loader when a unit registers; what is loaded without us, the
 * helper finds in /proc (maps.c). Addresses may be used again after dlclose: the newest module
 * wins, and in the record it has addresses of its own.
 */
#include <elf.h>
#include <link.h>

#include "runtime/heap.h"
#include "runtime/record.h"
#include "runtime/sampler.h"
#include "runtime/sys.h"

static struct farm_range *at(uint64_t address, bool any)
{
    for (uint32_t i = __atomic_load_n(&farm_it.range_count, __ATOMIC_ACQUIRE); i-- > 0;) {
        struct farm_range *r = &farm_it.ranges[i];
        if (any ? address >= r->start && address < r->end : address >= r->low && address < r->high)
            return r;
    }
    return NULL;
}

struct farm_range *farm_modules_at(uint64_t address)
{
    return at(address, false);
}

struct farm_range *farm_modules_of(const void *data)
{
    return at((uint64_t)data, true);
}

static bool reused;              /* some module lies where another one lay */

uint64_t farm_modules_recorded(uint64_t address)
{
    if (!reused)
        return address;
    const struct farm_range *r = farm_modules_at(address);
    return address + (r ? (uint64_t)r->lives << FARM_LIVES_SHIFT : 0);
}

void farm_modules_instrumented(struct farm_range *r)
{
    r->instrumented = true;
    ((struct farm_module *)(farm_it.modules.rows + r->master))->instrumented = 1;
    if (r->entry)
        r->entry->instrumented = 1;
}

static void read_build_id(const ElfW(Phdr) *ph, uint64_t bias, struct farm_module *m)
{
    const char *note = (const char *)(bias + ph->p_vaddr), *end = note + ph->p_memsz;
    if (!farm_readable((uint64_t)note) || !farm_readable((uint64_t)end - 1))
        return;
    while ((size_t)(end - note) >= sizeof(ElfW(Nhdr))) {
        const ElfW(Nhdr) *head = (const void *)note;
        const char *name = note + sizeof *head, *value = name + ((head->n_namesz + 3) & ~3u);
        if (head->n_type == NT_GNU_BUILD_ID && head->n_namesz == 4 && farm_equal(name, "GNU") &&
            head->n_descsz <= sizeof m->build_id) {
            m->build_id_len = head->n_descsz;
            farm_copy(m->build_id, value, head->n_descsz);
        }
        note = value + ((head->n_descsz + 3) & ~3u);
    }
}

static void measure(const struct farm_image *image, struct farm_range *r, struct farm_module *m)
{
    const ElfW(Phdr) *ph = image->phdr;
    r->low = r->start = ~0ull;
    for (uint32_t i = 0; i < image->phnum; i++, ph++) {
        uint64_t low = image->bias + ph->p_vaddr, high = low + ph->p_memsz;
        if (ph->p_type == PT_NOTE)
            read_build_id(ph, image->bias, m);
        if (ph->p_type == PT_GNU_EH_FRAME)
            r->frames = low;
        if (ph->p_type != PT_LOAD)
            continue;
        r->start = low < r->start ? low : r->start;
        r->end = high > r->end ? high : r->end;
        if (!(ph->p_flags & PF_X))
            continue;
        r->low = low < r->low ? low : r->low;
        r->high = high > r->high ? high : r->high;
    }
    m->bias = image->bias;
    m->low = r->low;
    m->high = r->high;
}

static bool known(const struct farm_image *image, const struct farm_range *r)
{
    struct farm_range *old = at(r->low, false);
    if (!old || old->low != r->low || old->high != r->high)
        return false;
    const struct farm_module *m = (const void *)(farm_it.modules.rows + old->master);
    return farm_equal(m->path, image->path);
}

/* How many modules lay where r does. Samples of the last of them are taken over before r may claim them. */
static uint32_t lives_before(const struct farm_range *r)
{
    uint32_t lives = 0;
    for (uint32_t i = 0; i < farm_it.range_count; i++) {
        const struct farm_range *old = &farm_it.ranges[i];
        if (old->low < r->high && r->low < old->high && old->lives >= lives)
            lives = old->lives + 1;
    }
    if (lives && (int)farm_sys(SYS_gettid) != farm_it.helper)
        farm_helper_sync();
    if (lives)
        farm_heap_forget();
    reused |= lives > 0;
    return lives;
}

void farm_modules_add(const struct farm_image *image)
{
    union { struct farm_module m; char bytes[sizeof(struct farm_module) + PATH_MAX + 8]; } row;
    struct farm_range r;
    struct farm_hold hold;
    farm_zero(&row, sizeof row.m);
    farm_zero(&r, sizeof r);
    measure(image, &r, &row.m);
    if (r.low >= r.high || known(image, &r))
        return;
    r.lives = lives_before(&r);
    uint64_t apart = (uint64_t)r.lives << FARM_LIVES_SHIFT;
    row.m.bias += apart;
    row.m.low += apart;
    row.m.high += apart;
    struct farm_text t = {row.m.path, 0, PATH_MAX};
    farm_add(&t, image->path);
    size_t used = sizeof row.m + t.len + 1, len = (used + 7) & ~7ull;
    farm_zero(row.bytes + used, len - used);
    farm_lock(&farm_it.lock, &hold);
    uint32_t n = farm_it.range_count;
    if (n < FARM_RANGES_MAX && !known(image, &r)) {
        row.m.len = (uint32_t)len;
        row.m.index = r.index = n;
        r.master = (uint32_t)farm_it.modules.used;
        r.entry = farm_table_add(&farm_it.modules, &row, len);
        farm_it.ranges[n] = r;
        if (farm_it.modules.used > r.master)
            __atomic_store_n(&farm_it.range_count, n + 1, __ATOMIC_RELEASE);
    }
    farm_unlock(&farm_it.lock, &hold);
}

static int note_one(struct dl_phdr_info *info, size_t size, void *data)
{
    char path[PATH_MAX];
    struct farm_text t = {path, 0, sizeof path};
    const char *name = info->dlpi_name;
    bool *first = data;
    if (*first && !*name)
        name = farm_it.exe;
    *first = false;
    bool relative = *name != '/';
    for (const char *p = name; *p && relative; p++)
        if (*p == '/') {
            farm_add(&t, farm_it.cwd);
            farm_add(&t, "/");
            break;
        }
    farm_add(&t, name);
    struct farm_image image = {path, info->dlpi_addr, info->dlpi_phdr, info->dlpi_phnum};
    farm_modules_add(&image);
    return 0;
}

static int changes(struct dl_phdr_info *info, size_t size, void *data)
{
    *(uint64_t *)data = info->dlpi_adds + info->dlpi_subs;
    return 1;
}

void farm_modules_note(void)
{
    uint64_t now = 0;
    bool first = true;
    dl_iterate_phdr(changes, &now);
    if (now == farm_it.module_changes && farm_it.range_count)
        return;
    farm_it.module_changes = now;
    dl_iterate_phdr(note_one, &first);
}
