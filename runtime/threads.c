/* SPDX-License-Identifier: MIT
 *
 * The threads of the process as the helper sees them from outside. One that comes and goes between two looks is not
 * seen; its time is in the totals of the process. A row is used again only for want of room, and then the row of the
 * thread that used least and is gone.
 */
#include <dirent.h>
#include <fcntl.h>
#include <time.h>

#include "runtime/marks.h"
#include "runtime/record.h"
#include "runtime/sys.h"

#define ROW_CHUNK (4 * FARM_PAGE)
#define ROWS_IN_CHUNK ((ROW_CHUNK - FARM_CHUNK_HEAD) / (uint32_t)sizeof(struct farm_thread))
#define CHUNKS (FARM_THREADS_MAX / ROWS_IN_CHUNK + 1)

static struct {
    struct farm_chunk *chunks[CHUNKS];
    uint32_t count;
    uint64_t round;              /* of looking */
    struct { uint64_t seen, cpu_ns; } rows[FARM_THREADS_MAX];
    uint32_t alive;
} threads;

void farm_threads_start(void)
{
    farm_zero(&threads, sizeof threads);
}

uint32_t farm_threads_alive(void)
{
    return threads.alive;
}

uint32_t farm_threads_cpu(uint32_t index)
{
    return index < threads.count ? (uint32_t)(threads.rows[index].cpu_ns / FARM_CORE_NS) : 0;
}

static struct farm_thread *row_at(uint32_t index)
{
    char *body = (char *)threads.chunks[index / ROWS_IN_CHUNK] + FARM_CHUNK_HEAD;
    return (struct farm_thread *)(void *)body + index % ROWS_IN_CHUNK;
}

static bool add_chunk(void)
{
    struct farm_hold hold;
    farm_lock(&farm_it.lock, &hold);
    struct farm_chunk *chunk = farm_record_chunk(FARM_THREADS, ROW_CHUNK);
    farm_unlock(&farm_it.lock, &hold);
    threads.chunks[threads.count / ROWS_IN_CHUNK] = chunk;
    return chunk;
}

/* Rows of the series' threads keep their thread. */
static uint32_t find_gone(void)
{
    uint32_t best = FARM_THREADS_MAX;
    for (uint32_t i = FARM_POINT_THREADS; i < threads.count; i++)
        if (threads.rows[i].seen + 1 < threads.round &&
            (best == FARM_THREADS_MAX || threads.rows[i].cpu_ns < threads.rows[best].cpu_ns))
            best = i;
    return best;
}

static uint32_t new_row(uint64_t tid, uint64_t age)
{
    uint32_t index = threads.count;
    if (index == FARM_THREADS_MAX)
        index = find_gone();
    else if (index % ROWS_IN_CHUNK == 0 && !add_chunk())
        return FARM_THREADS_MAX;
    if (index == FARM_THREADS_MAX)
        return index;
    struct farm_thread *row = row_at(index);
    farm_zero(row, sizeof *row);
    threads.rows[index].seen = threads.rows[index].cpu_ns = 0;
    row->tid = tid;
    row->first_ns = tid == (uint64_t)farm_it.pid ? 0 : age;
    if (index == threads.count) {
        struct farm_chunk *chunk = threads.chunks[index / ROWS_IN_CHUNK];
        __atomic_store_n(&chunk->used, (index % ROWS_IN_CHUNK + 1) * sizeof *row, __ATOMIC_RELEASE);
        threads.count++;
    }
    return index;
}

/* Ids run on, so a gone thread's id seen again is another thread only after all ids were used. */
static uint32_t find_row(uint64_t tid, uint32_t guess, uint64_t age)
{
    for (uint32_t i = 0; i < threads.count; i++) {
        uint32_t at = (guess + i) % threads.count;
        if (row_at(at)->tid == tid)
            return at;
    }
    return new_row(tid, age);
}

static long read_at(long task_dir, const char *tid, const char *file, char *text, size_t cap)
{
    char path[48];
    struct farm_text t = {path, 0, sizeof path};
    farm_add(&t, tid);
    farm_add(&t, file);
    long fd = farm_sys(SYS_openat, task_dir, path, O_RDONLY | O_CLOEXEC, 0);
    if (fd < 0)
        return fd;
    long len = farm_sys(SYS_read, fd, text, cap - 1);
    farm_sys(SYS_close, fd);
    text[len > 0 ? len : 0] = 0;
    return len;
}

/* Fields of stat behind the name, by their numbers. */
static void read_fields(const char *at, uint64_t *field, int count)
{
    for (int i = 4; i < count && *at; i++) {
        at += *at == '-';
        field[i] = farm_number(&at, 10);
        at += *at == ' ';
    }
}

static uint64_t number_behind(const char *text, const char *key)
{
    for (; *text; text++)
        if (farm_starts(text, key)) {
            text += farm_length(key);
            while (*text == ' ' || *text == '\t')
                text++;
            return farm_number(&text, 10);
        }
    return 0;
}

static void take_name(struct farm_thread *row, const char *stat, const char *end)
{
    const char *from = stat;
    while (from < end && *from != '(')
        from++;
    size_t len = (size_t)(end - from) - 1;
    farm_copy(row->name, from + 1, len < sizeof row->name ? len : sizeof row->name);
}

/* schedstat counts in ns; stat's ticks of 10 ms only say how that divides. Without schedstat they must do. */
static void take_times(struct farm_thread *row, const char *schedstat, uint64_t user_ticks, uint64_t sys_ticks)
{
    uint64_t ticks = user_ticks + sys_ticks, cpu = farm_number(&schedstat, 10);
    if (!cpu) {
        cpu = ticks * 10000000;
    } else {
        schedstat += *schedstat == ' ';
        row->wait_ns = farm_number(&schedstat, 10);
    }
    uint64_t user = ticks ? (uint64_t)((double)cpu * (double)user_ticks / (double)ticks) : cpu;
    row->user_ns = user;
    row->sys_ns = cpu - user;
}

/* When it began, by the kernel's ticks of 10 ms: where the machine is busy the first look is late. */
static uint64_t began(uint64_t ticks, uint64_t age)
{
    uint64_t lasts = farm_clock(CLOCK_BOOTTIME) - ticks * 10000000;
    uint64_t now = farm_clock(CLOCK_MONOTONIC) - farm_it.start_mono, at = lasts < now ? now - lasts : 0;
    return at < age ? at : age;
}

static void look_at(long task_dir, const char *tid, uint32_t guess, uint64_t age, struct farm_core_use use)
{
    char stat[1024], schedstat[128], status[4096];
    uint64_t field[40] = {0};
    const char *number = tid, *end;
    uint32_t index = find_row(farm_number(&number, 10), guess, age);
    if (index == FARM_THREADS_MAX || read_at(task_dir, tid, "/stat", stat, sizeof stat) <= 0)
        return;
    if (read_at(task_dir, tid, "/schedstat", schedstat, sizeof schedstat) <= 0)
        schedstat[0] = 0;
    if (read_at(task_dir, tid, "/status", status, sizeof status) <= 0)
        status[0] = 0;
    for (end = stat + farm_length(stat); end > stat && *end != ')';)
        end--;
    if (end == stat)
        return;
    read_fields(end + 4, field, 40);
    struct farm_thread *row = row_at(index);
    if (!threads.rows[index].seen && row->first_ns)
        row->first_ns = began(field[22], age);
    take_name(row, stat, end);
    take_times(row, schedstat, field[14], field[15]);
    row->voluntary = number_behind(status, "\nvoluntary_ctxt_switches:");
    row->involuntary = number_behind(status, "nonvoluntary_ctxt_switches:");
    row->last_ns = age;
    uint64_t cpu = row->user_ns + row->sys_ns, before = threads.rows[index].cpu_ns;
    if (field[39] < use.count)
        use.own[field[39]] += (uint32_t)(cpu / FARM_CORE_NS - before / FARM_CORE_NS);
    threads.rows[index].cpu_ns = cpu;
    threads.rows[index].seen = threads.round;
}

/* To end takes CPU time, so while the process used none its threads were there. */
void farm_threads_sleep(uint64_t age)
{
    for (uint32_t i = 0; i < threads.count; i++)
        if (threads.rows[i].seen == threads.round)
            row_at(i)->last_ns = age;
}

void farm_threads_look(long task_dir, uint64_t age, struct farm_core_use use)
{
    char entries[4096];
    long got;
    uint32_t alive = 0;
    threads.round++;
    farm_sys(SYS_lseek, task_dir, 0, 0);
    while ((got = farm_sys(SYS_getdents64, task_dir, entries, sizeof entries)) > 0)
        for (long at = 0; at < got;) {
            const struct dirent *e = (const void *)(entries + at);      /* the same layout as the kernel's */
            if (e->d_name[0] != '.')
                look_at(task_dir, e->d_name, alive++, age, use);
            at += e->d_reclen;
        }
    threads.alive = alive;
}
