/* SPDX-License-Identifier: MIT
 *
 * The process over time, looked at by the helper: a point each 20 ms at first. The table is bounded: when it is full,
 * every second point goes and the time between them doubles, so that a day takes no more than ten seconds do. Looking
 * takes half a percent of a CPU at most, and while the process sleeps there is nothing to look at.
 */
#include <fcntl.h>
#include <time.h>

#include "runtime/marks.h"
#include "runtime/record.h"
#include "runtime/sys.h"

#define FIRST_NS 20000000u
#define SLEEPING_NS 100000000u   /* between looks at a process that sleeps */
#define POINTS_MAX 512u
#define PARTS 4u
#define CORES_MAX 128u
#define COST_SHARE 200u          /* a look that took t of CPU time is followed by 200 t without one */
#define BUFFER (64u << 10)

static struct {
    uint64_t interval, due, last_cpu;
    uint64_t slept_until;        /* seen asleep then, awake before; 0: awake */
    uint32_t cores, row_len, count;
    struct {
        struct farm_chunk *chunk;
        uint32_t first, rows;    /* which points it has */
    } parts[PARTS];
    uint32_t part_count;
    long task_dir, io_fd, statm_fd, cpu_fd;
    uint32_t own[CORES_MAX];
    bool open, broken;
} series;
static char buffer[BUFFER];      /* /proc/stat of a large machine */

void farm_series_start(uint64_t now)
{
    farm_zero(&series, sizeof series);
    series.interval = FIRST_NS;
    series.due = now + FIRST_NS;
    farm_threads_start();
}

uint64_t farm_series_wait(uint64_t now)
{
    return series.due > now ? series.due - now : 0;
}

/* ---- where the points are ---- */

static struct farm_point *point_at(uint32_t index)
{
    uint32_t part = 0;
    while (index >= series.parts[part].first + series.parts[part].rows)
        part++;
    uint64_t at = (uint64_t)(index - series.parts[part].first) * series.row_len;
    return (void *)((char *)series.parts[part].chunk + FARM_CHUNK_HEAD + at);
}

static void set_count(uint32_t count)
{
    series.count = count;
    for (uint32_t i = 0; i < series.part_count; i++) {
        uint32_t first = series.parts[i].first, rows = series.parts[i].rows;
        uint32_t used = count <= first ? 0 : count - first < rows ? count - first : rows;
        __atomic_store_n(&series.parts[i].chunk->used, (uint64_t)used * series.row_len, __ATOMIC_RELEASE);
    }
}

/* The first part is a page or so: most programs are short. */
static bool add_part(void)
{
    struct farm_hold hold;
    uint32_t first = series.count, wanted = series.part_count == 0 ? 20 : 4 * first;
    uint32_t rows = series.part_count + 1 == PARTS || first + wanted > POINTS_MAX ? POINTS_MAX - first : wanted;
    size_t len = (FARM_CHUNK_HEAD + (size_t)rows * series.row_len + FARM_PAGE - 1) / FARM_PAGE * FARM_PAGE;
    farm_lock(&farm_it.lock, &hold);
    struct farm_chunk *chunk = farm_record_chunk(FARM_SERIES, len);
    farm_unlock(&farm_it.lock, &hold);
    if (!chunk)
        return false;
    rows = (uint32_t)((len - FARM_CHUNK_HEAD) / series.row_len);
    chunk->arg0 = series.row_len;
    chunk->arg1 = series.cores;
    series.parts[series.part_count].chunk = chunk;
    series.parts[series.part_count].first = first;
    series.parts[series.part_count++].rows = first + rows > POINTS_MAX ? POINTS_MAX - first : rows;
    return true;
}

/* Peaks are of the time since the point before, so a point takes over that of the one that goes. */
static void halve(void)
{
    for (uint32_t i = 1; i < series.count / 2; i++) {
        struct farm_point *to = point_at(i), *gone = point_at(2 * i - 1), *from = point_at(2 * i);
        uint64_t peak = gone->rss_peak_kb > from->rss_peak_kb ? gone->rss_peak_kb : from->rss_peak_kb;
        farm_copy(to, from, series.row_len);
        to->rss_peak_kb = peak;
    }
    struct farm_point *last = point_at(series.count - 1), *end = point_at(series.count / 2);
    farm_copy(end, last, series.row_len);
    set_count(series.count / 2 + 1);
    series.interval *= 2;
}

static struct farm_point *new_point(void)
{
    if (series.count == POINTS_MAX)
        halve();
    const uint32_t part = series.part_count;
    bool full = !part || series.count == series.parts[part - 1].first + series.parts[part - 1].rows;
    if (full && (part == PARTS || !add_part()))
        return NULL;
    return point_at(series.count);
}

/* ---- what is looked at ---- */

static long read_text(long fd)
{
    long len = fd < 0 ? fd : farm_sys(SYS_pread64, fd, buffer, BUFFER - 1, 0);
    buffer[len > 0 ? len : 0] = 0;
    return len;
}

static void open_files(void)
{
    char path[48];
    struct farm_text t = {path, 0, sizeof path};
    farm_add(&t, "/proc/");
    farm_add_number(&t, (uint64_t)farm_it.pid);
    size_t stem = t.len;
    farm_add(&t, "/task");
    series.task_dir = farm_sys(SYS_openat, AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    t.len = stem;
    farm_add(&t, "/io");
    series.io_fd = farm_sys(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
    series.statm_fd = farm_sys(SYS_openat, AT_FDCWD, "/proc/self/statm", O_RDONLY | O_CLOEXEC, 0);
    series.cpu_fd = farm_sys(SYS_openat, AT_FDCWD, "/proc/stat", O_RDONLY | O_CLOEXEC, 0);
    series.open = true;
}

static const char *next_line(const char *at)
{
    while (*at && *at++ != '\n')
        ;
    return *at ? at : NULL;
}

/* Lines "cpuN user nice system idle iowait irq softirq steal ..." in ticks of 10 ms; the first is the sum. */
static uint32_t read_cores(struct farm_core *core)
{
    uint32_t count = 0;
    read_text(series.cpu_fd);
    for (const char *at = next_line(buffer); at && farm_starts(at, "cpu"); at = next_line(at)) {
        const char *field = at + 3;
        uint64_t number = farm_number(&field, 10), busy = 0;
        for (int i = 0; i < 8; i++) {
            field += *field == ' ';
            uint64_t ticks = farm_number(&field, 10);
            busy += i == 3 || i == 4 ? 0 : ticks;        /* idle and waiting for a disk */
        }
        if (number >= CORES_MAX)
            break;
        count = number >= count ? (uint32_t)number + 1 : count;
        if (core && number < series.cores)
            core[number].busy = (uint32_t)(busy * (10000000 / FARM_CORE_NS));
    }
    return count;
}

static void read_memory(struct farm_point *p)
{
    const char *at = buffer;
    uint64_t pages[3];           /* all, resident, shared with files and others */
    read_text(series.statm_fd);
    for (int i = 0; i < 3; i++) {
        pages[i] = farm_number(&at, 10);
        at += *at == ' ';
    }
    p->vsz_kb = pages[0] * (FARM_PAGE / 1024);
    p->rss_kb = pages[1] * (FARM_PAGE / 1024);
    p->anon_kb = pages[2] < pages[1] ? (pages[1] - pages[2]) * (FARM_PAGE / 1024) : 0;
    p->rss_peak_kb = p->rss_kb;
}

static void read_disk(struct farm_point *p)
{
    read_text(series.io_fd);
    for (const char *at = buffer; at; at = next_line(at)) {
        const char *read = at + 12, *written = at + 13;
        if (farm_starts(at, "read_bytes: "))
            p->read_bytes = farm_number(&read, 10);
        else if (farm_starts(at, "write_bytes: "))
            p->write_bytes = farm_number(&written, 10);
    }
}

static void fill(struct farm_point *p, uint64_t age)
{
    struct farm_core *core = (void *)(p + 1);
    uint32_t *thread = (void *)(core + series.cores);
    farm_zero(p, series.row_len);
    p->time_ns = age;
    p->user_ns = farm_it.header->user_ns;
    p->sys_ns = farm_it.header->sys_ns;
    p->steps = farm_marks_steps();
    read_memory(p);
    read_disk(p);
    farm_threads_look(series.task_dir, age, (struct farm_core_use){series.own, CORES_MAX});
    p->threads = farm_threads_alive();
    read_cores(core);
    for (uint32_t i = 0; i < series.cores; i++)
        core[i].own = series.own[i];
    for (uint32_t i = 0; i < FARM_POINT_THREADS; i++)
        thread[i] = farm_threads_cpu(i);
}

/* The end of a sleep, where the point before it is older: nothing but time has changed. */
static void repeat_last(uint64_t age)
{
    struct farm_point *p = new_point();
    if (!p)
        return;
    farm_copy(p, point_at(series.count - 1), series.row_len);
    p->time_ns = age;
    set_count(series.count + 1);
}

static void add_point(uint64_t now)
{
    if (!series.open) {
        open_files();
        series.cores = read_cores(NULL);
        series.row_len = (uint32_t)(sizeof(struct farm_point) + series.cores * sizeof(struct farm_core) +
                                    FARM_POINT_THREADS * sizeof(uint32_t));
        series.broken = series.task_dir < 0;
    }
    struct farm_point *p = series.broken ? NULL : new_point();
    if (!p) {
        series.broken = true;
        return;
    }
    fill(p, now - farm_it.start_mono);
    set_count(series.count + 1);
}

static uint64_t process_cpu(void)
{
    return farm_clock(~farm_it.pid * 8 + 2);
}

void farm_series_look(uint64_t now, uint64_t looks_since)
{
    if (now < series.due)
        return;
    uint64_t cpu = process_cpu();
    if (cpu == series.last_cpu) {
        series.slept_until = now;
        farm_threads_sleep(now - farm_it.start_mono);
        series.due = now + (series.interval > SLEEPING_NS ? series.interval : SLEEPING_NS);
        return;
    }
    if (series.slept_until && series.count)
        repeat_last(series.slept_until - farm_it.start_mono);
    series.slept_until = 0;
    series.last_cpu = cpu;
    add_point(now);
    farm_pmu_read();
    uint64_t cost = (farm_clock(CLOCK_THREAD_CPUTIME_ID) - looks_since) * COST_SHARE;
    series.due = now + (cost > series.interval ? cost : series.interval);
}

void farm_series_end(uint64_t now)
{
    farm_pmu_read();
    if (series.open && !series.broken)
        add_point(now);
}
