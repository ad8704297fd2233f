/* SPDX-License-Identifier: MIT
 *
 * The runtime starts when the first unit registers: before main, or in the dlopen of the first plug-in with counters.
 */
#include <dlfcn.h>
#include <sys/mman.h>

#include "runtime/clock.h"
#include "runtime/heap.h"
#include "runtime/marks.h"
#include "runtime/record.h"
#include "runtime/room.h"
#include "runtime/sampler.h"
#include "runtime/sys.h"

#ifndef MADV_WIPEONFORK
#define MADV_WIPEONFORK 18
#endif
#define MODULE_BYTES (1u << 20)

static bool take_memory(void)
{
    farm_room_choose();
    farm_it.reserve = farm_room.reserve;
    farm_it.layout_end = FARM_SCRATCH + FARM_CALIBRATION;
    farm_it.born_here = farm_pages(FARM_PAGE);
    farm_it.blocks = farm_pages(FARM_BLOCKS_MAX * sizeof *farm_it.blocks);
    farm_it.ranges = farm_pages(FARM_RANGES_MAX * sizeof *farm_it.ranges);
    farm_it.modules = (struct farm_table){FARM_MODULES, farm_pages(MODULE_BYTES), 0, MODULE_BYTES, NULL};
    size_t units = (farm_room.tight ? FARM_UNITS_MAX / 16 : FARM_UNITS_MAX) * sizeof(struct farm_unit_entry);
    farm_it.units = (struct farm_table){FARM_UNITS, farm_pages(units), 0, units, NULL};
    if (!farm_it.born_here || !farm_it.blocks || !farm_it.ranges || !farm_it.modules.rows ||
        !farm_it.units.rows)
        return false;
    farm_sys(SYS_madvise, farm_it.born_here, FARM_PAGE, MADV_WIPEONFORK);
    *farm_it.born_here = 1;
    return true;
}

/* In a plug-in we have handlers that outlive a dlclose, so the plug-in must stay. Looked up by name, because the linker
 * warns of each dlopen in a static program. */
static void stay_loaded(void)
{
    extern void *dlsym(void *handle, const char *name) __attribute__((weak));
    struct farm_range *mine = farm_modules_of(&farm_it);
    if (!mine || mine->index == 0 || !dlsym)
        return;
    void *(*open)(const char *path, int mode) = (void *(*)(const char *, int))dlsym(RTLD_DEFAULT, "dlopen");
    const struct farm_module *module = (const void *)(farm_it.modules.rows + mine->master);
    if (open)
        open(module->path, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
}

void farm_start(void)
{
    farm_it.started = true;
    farm_it.exit_status = -1;
    farm_it.pid = (int)farm_sys(SYS_getpid);
    farm_it.emulated = farm_under_valgrind();
    farm_options_read(&farm_it.options);
    farm_note_init();
    if (!take_memory()) {
        farm_note("nothing is counted, because there is no memory for it", "");
        return;
    }
    farm_it.on = true;
    if (farm_it.options.off)
        return;
    farm_clock_choose();
    farm_info_collect();
    farm_place_find();
    farm_modules_note();
    if (!farm_record_open()) {
        farm_it.on = false;
        return;
    }
    farm_collect_init();
    stay_loaded();
    farm_fork_init();
    farm_death_init();
    farm_sampler_start();
    farm_heap_start();
}
