/* SPDX-License-Identifier: MIT
 *
 * farm_start, farm_stop and farm_reset. Probes cannot be switched off for nothing, so all is counted always, and what
 * was counted while collection was off is taken out: of counters and CPU time by a base (format.h), of samples by their
 * time. A call costs 1 ns or so for each counter of the program in each thread that it had at a time.
 */
#include <sys/resource.h>
#include <time.h>

#include "runtime/clock.h"
#include "runtime/direct.h"
#include "runtime/lines.h"
#include "runtime/marks.h"
#include "runtime/record.h"
#include "runtime/sampler.h"
#include "runtime/sys.h"

#define CHANGES 1024u            /* remembered; samples wait a tenth of a second at most */

static struct {
    uint64_t time;
    bool on;
} changes[CHANGES];
static uint32_t change_count;
static uint64_t reset_time, epoch;

static void note_change(uint64_t time, bool on)
{
    changes[change_count % CHANGES].time = time;
    changes[change_count++ % CHANGES].on = on;
}

void farm_collect_init(void)
{
    note_change(0, !farm_it.options.starts_off);
    farm_it.header->collecting = farm_it.options.starts_off ? FARM_OFF_NOW : FARM_ON;
    farm_it.header->off_since = farm_it.options.starts_off ? farm_ticks() : 0;
}

bool farm_collecting(void)
{
    return farm_it.header->collecting == FARM_ON;
}

uint64_t farm_collect_epoch(void)
{
    return __atomic_load_n(&epoch, __ATOMIC_RELAXED);
}

bool farm_collected(uint64_t time)
{
    uint32_t oldest = change_count > CHANGES ? change_count - CHANGES : 0;
    if (time < reset_time)
        return false;
    for (uint32_t i = change_count; i-- > oldest;)
        if (changes[i % CHANGES].time <= time)
            return changes[i % CHANGES].on;
    return !change_count || !changes[oldest % CHANGES].on;
}

void farm_collect_fork(void)
{
    bool on = !change_count || changes[(change_count - 1) % CHANGES].on;
    struct farm_block *mine = farm_block_mine();
    change_count = 0;
    note_change(0, on);
    epoch++;
    farm_it.header->collecting = on ? FARM_ON : FARM_OFF_NOW;
    farm_it.header->off_since = on ? 0 : farm_ticks();
    if (mine)
        mine->base_count = 0;
}

/* Room for the base of every counter of the block. */
static bool cover(struct farm_block *block)
{
    uint64_t from = block->base_count ? block->bases[block->base_count - 1].to : FARM_SCRATCH;
    uint64_t len = farm_it.layout_end - from;
    if (!len)
        return true;
    if (block->base_count == sizeof block->bases / sizeof *block->bases)
        return false;
    size_t room = (FARM_CHUNK_HEAD + len + FARM_PAGE - 1) / FARM_PAGE * FARM_PAGE;
    struct farm_chunk *chunk = farm_record_chunk(FARM_BASE, room);
    if (!chunk)
        return false;
    chunk->arg0 = block->number;
    chunk->arg1 = from;
    __atomic_store_n(&chunk->used, len, __ATOMIC_RELEASE);
    struct farm_extent *extent = &block->bases[block->base_count++];
    *extent = (struct farm_extent){from, from + len, (uint64_t *)((char *)chunk + FARM_CHUNK_HEAD)};
    return true;
}

static bool cover_all(void)
{
    for (uint32_t i = 0; i < farm_it.block_count; i++)
        if (!cover(farm_it.blocks[i])) {
            farm_note("farm_start, farm_stop or farm_reset had no effect, because there is no memory for it", "");
            return false;
        }
    return true;
}

enum turn { TURN, RESET_ON, RESET_OFF };

static void turn(uint64_t *base, uint64_t now, enum turn how)
{
    *base = how == TURN ? now - *base : how == RESET_ON ? now : 0;
}

static void turn_counters(const struct farm_block *block, enum turn how)
{
    for (uint32_t i = 0; i < block->base_count; i++) {
        const struct farm_extent *e = &block->bases[i];
        const volatile uint64_t *counters = (const void *)((const char *)block + FARM_PAGE + e->from);
        for (uint64_t k = 0; k < (e->to - e->from) / 8; k++)
            turn(&e->values[k], counters[k], how);
    }
}

static void turn_cpu(enum turn how)
{
    struct rusage r;
    if (farm_it.sandboxed || farm_sys(SYS_getrusage, RUSAGE_SELF, &r) < 0)
        return;
    turn(&farm_it.header->user_base_ns, (uint64_t)r.ru_utime.tv_sec * FARM_SECOND + (uint64_t)r.ru_utime.tv_usec * 1000,
         how);
    turn(&farm_it.header->sys_base_ns, (uint64_t)r.ru_stime.tv_sec * FARM_SECOND + (uint64_t)r.ru_stime.tv_usec * 1000,
         how);
}

/* All that is not left to time: killed within it, the record says that it is worth nothing. */
static void turn_all(enum turn how, bool on)
{
    __atomic_store_n(&farm_it.header->collecting, FARM_CHANGING, __ATOMIC_SEQ_CST);
    farm_lines_flush();
    farm_direct_publish();
    for (uint32_t i = 0; i < farm_it.block_count; i++)
        turn_counters(farm_it.blocks[i], how);
    turn_cpu(how);
    if (how == TURN)
        farm_timing_turn(on);
    else
        farm_timing_reset(on);
    farm_it.header->switches++;
    __atomic_fetch_add(&epoch, 1, __ATOMIC_RELAXED);
    __atomic_store_n(&farm_it.header->collecting, on ? FARM_ON : FARM_OFF_NOW, __ATOMIC_SEQ_CST);
}

void __farm_collect(int on)
{
    struct farm_hold tree, hold;
    if (!farm_block_for_marks())
        return;
    farm_lock(&farm_it.tree_lock, &tree);
    farm_lock(&farm_it.lock, &hold);
    if (farm_collecting() != (on != 0) && cover_all()) {
        turn_all(TURN, on);
        note_change(farm_clock(CLOCK_MONOTONIC), on);
    }
    farm_unlock(&farm_it.lock, &hold);
    farm_unlock(&farm_it.tree_lock, &tree);
}

void __farm_reset(void)
{
    struct farm_hold tree, hold;
    if (!farm_block_for_marks())
        return;
    farm_lock(&farm_it.tree_lock, &tree);
    farm_lock(&farm_it.lock, &hold);
    if (cover_all()) {
        turn_all(farm_collecting() ? RESET_ON : RESET_OFF, farm_collecting());
        reset_time = farm_clock(CLOCK_MONOTONIC);
        farm_tree_reset();
        farm_it.header->resets++;
    }
    farm_unlock(&farm_it.lock, &hold);
    farm_unlock(&farm_it.tree_lock, &tree);
}

int __farm_dump(const char *label)
{
    struct farm_hold tree, hold;
    if (!farm_block_for_marks() || !farm_it.recording || farm_it.sandboxed)
        return -1;
    farm_helper_sync();
    farm_lock(&farm_it.tree_lock, &tree);
    farm_lock(&farm_it.lock, &hold);
    farm_usage_own();
    int result = farm_dump_write(label);
    farm_it.header->cut_short = 0;
    farm_unlock(&farm_it.lock, &hold);
    farm_unlock(&farm_it.tree_lock, &tree);
    return result;
}
