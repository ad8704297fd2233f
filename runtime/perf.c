/* SPDX-License-Identifier: MIT
 *
 * Sampling by the kernel: one cpu-clock event and one ring per CPU, inherited by threads and not by forked children.
 * Nobody is interrupted by a signal. Rings are small: an ordinary user may lock about half a megabyte per CPU in all,
 * and several programs share it.
 *
 * A clock that starts with the process never hits one that ends within a period. So the first samples are those of
 * events of their own, for one sample each: after a part of the period that is drawn by lot, and one, two, three
 * periods later. They are the first thread's alone. The others start when the helper comes, START_NS after the start
 * or later on a busy machine. The kernel has no event that is spent by a hit in kernel mode, where it must not tell
 * us: such an event goes on, and what its count shows to be a later hit is dropped.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <sys/mman.h>
#include <time.h>

#include "runtime/internal.h"
#include "runtime/sampler.h"
#include "runtime/sys.h"

#define STACK_BYTES 4096u
#define RECORD_MAX 65536u
#define REG_BP 6
#define REG_SP 7
#define LATE_NS 5000u            /* by which an interrupt may come late */
#define FIRST_EVENTS 4u
#define FIRST_PAGES 8u           /* a sample of each fits */

static uint32_t ring_pages = 32;         /* of data; halved until the kernel agrees */
static uint32_t first_event, event_count;        /* among the helper's descriptors */
static struct {
    uint64_t part;               /* of the period, drawn by lot; 0: there are no first events */
    long fds[FIRST_EVENTS];
    struct farm_ring ring;       /* of all of them */
    bool waiting;                /* the others have not started */
} lot;
static char *record_copy;                /* a record that runs over the end of its ring */

static void fill_attr(struct perf_event_attr *a)
{
    uint64_t data_len = (uint64_t)ring_pages * FARM_PAGE;
    farm_zero(a, sizeof *a);
    a->size = sizeof *a;
    a->type = PERF_TYPE_SOFTWARE;
    a->config = PERF_COUNT_SW_CPU_CLOCK;
    a->sample_period = FARM_SECOND / farm_it.options.hz;
    a->sample_type = PERF_SAMPLE_IP | PERF_SAMPLE_TIME | PERF_SAMPLE_CALLCHAIN | PERF_SAMPLE_REGS_USER |
                     PERF_SAMPLE_STACK_USER;
    a->sample_regs_user = 1u << REG_BP | 1u << REG_SP;
    a->sample_stack_user = STACK_BYTES;
    a->exclude_kernel = a->exclude_hv = a->exclude_callchain_kernel = 1;
    a->inherit = a->inherit_thread = a->remove_on_exec = 1;
    a->use_clockid = a->disabled = 1;
    a->clockid = CLOCK_MONOTONIC;
    a->watermark = 1;
    a->wakeup_watermark = (uint32_t)(data_len / 4);
}

static long open_event(int tid, int cpu)
{
    struct perf_event_attr attr;
    fill_attr(&attr);
    return farm_sys(SYS_perf_event_open, &attr, tid, cpu, -1, PERF_FLAG_FD_CLOEXEC);
}

static long map_ring(long fd)
{
    long at;
    do
        at = farm_sys(SYS_mmap, NULL, (ring_pages + 1) * FARM_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    while (farm_sys_failed(at) && ring_pages > 8 && (ring_pages /= 2));
    return at;
}

static long open_ring(int tid, int cpu)
{
    long fd = open_event(tid, cpu);
    if (fd < 0)
        return fd;
    long at = map_ring(fd);
    if (farm_sys_failed(at)) {
        farm_sys(SYS_close, fd);
        return at;
    }
    farm_fds_keep(fd);
    struct perf_event_mmap_page *page = (void *)at;
    struct farm_ring ring = {page, (char *)at + page->data_offset, page->data_size, (int)fd};
    farm_it.rings[farm_it.ring_count++] = ring;
    return 0;
}

static long open_for_task(int tid, int cpu, uint32_t ring)
{
    if (ring == farm_it.ring_count)
        return open_ring(tid, cpu);
    long fd = open_event(tid, cpu);
    if (fd < 0)
        return fd == -ESRCH ? 0 : fd;
    farm_fds_keep(fd);
    return farm_sys(SYS_ioctl, fd, PERF_EVENT_IOC_SET_OUTPUT, farm_it.rings[ring].fd);
}

static long open_on_cpu(int cpu, const int *tids, uint32_t tid_count)
{
    uint32_t ring = farm_it.ring_count;
    for (uint32_t i = 0; i < tid_count; i++) {
        long result = open_for_task(tids[i], cpu, ring);
        if (result < 0)
            return result == -ENODEV ? 0 : result;       /* that CPU has gone offline */
    }
    return 0;
}

static uint32_t list_tasks(int pid, int *tids, uint32_t most)
{
    char path[64], entries[4096];
    struct farm_text t = {path, 0, sizeof path};
    farm_add(&t, "/proc/");
    farm_add_number(&t, (uint64_t)pid);
    farm_add(&t, "/task");
    long fd = farm_sys(SYS_openat, AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0), got;
    uint32_t count = 0;
    while (fd >= 0 && (got = farm_sys(SYS_getdents64, fd, entries, sizeof entries)) > 0)
        for (long at = 0; at < got;) {
            const struct dirent *e = (const void *)(entries + at);      /* the same layout as the kernel's */
            const char *name = e->d_name;
            if (*name != '.' && count < most)
                tids[count++] = (int)farm_number(&name, 10);
            at += e->d_reclen;
        }
    if (fd >= 0)
        farm_sys(SYS_close, fd);
    if (!count)
        tids[count++] = pid;
    return count;
}

static const char *sentence(long error)
{
    if (error == -EACCES || error == -EPERM)
        return "perf_event_open is not permitted here (sysctl kernel.perf_event_paranoid is above 2, a container "
               "forbids it, or kernel.perf_event_mlock_kb is used up)";
    if (error == -EMFILE || error == -ENFILE)
        return "perf needs a descriptor for each processor, and there are not so many";
    if (error == -EINVAL)
        return "this kernel's perf cannot follow the threads of one process (needs Linux 5.13)";
    return "this kernel offers no perf events";
}

/* As the kernel lists them, "0-3,6". Where /sys is not there, as in a chroot, those that the process may run on. */
static bool list_cpus(char *text, size_t cap)
{
    uint64_t mask[FARM_CPUS_MAX / 64];
    struct farm_text t = {text, 0, cap};
    if (farm_read_file("/sys/devices/system/cpu/online", text, cap) > 0)
        return true;
    long len = farm_sys(SYS_sched_getaffinity, 0, sizeof mask, mask);
    for (long i = 0; i < len * 8; i++)
        if (mask[i / 64] >> i % 64 & 1) {
            farm_add(&t, t.len ? "," : "");
            farm_add_number(&t, (uint64_t)i);
        }
    return t.len;
}

static long open_all(int pid)
{
    char online[8 * FARM_CPUS_MAX];
    int tids[256];
    uint32_t tid_count = list_tasks(pid, tids, 256);
    if (!list_cpus(online, sizeof online))
        return -ENOENT;
    for (const char *at = online; *at >= '0' && *at <= '9'; at += *at == ',') {
        uint64_t cpu = farm_number(&at, 10), last = cpu;
        if (*at == '-') {
            at++;
            last = farm_number(&at, 10);
        }
        for (; cpu <= last && farm_it.ring_count < FARM_CPUS_MAX; cpu++) {
            long result = open_on_cpu((int)cpu, tids, tid_count);
            if (result < 0)
                return result;
        }
    }
    return farm_it.ring_count ? 0 : -ENOENT;
}

/* ---- the first samples ---- */

static uint64_t period_ns(void)
{
    return FARM_SECOND / farm_it.options.hz;
}

static long open_first(int tid, uint32_t number)
{
    struct perf_event_attr attr;
    fill_attr(&attr);
    attr.sample_period = lot.part + number * period_ns();
    attr.sample_type |= PERF_SAMPLE_PERIOD | PERF_SAMPLE_READ;
    attr.inherit = attr.inherit_thread = 0;
    return farm_sys(SYS_perf_event_open, &attr, tid, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

static bool map_first(long fd)
{
    long at = farm_sys(SYS_mmap, NULL, (FIRST_PAGES + 1) * FARM_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (farm_sys_failed(at))
        return false;
    struct perf_event_mmap_page *page = (void *)at;
    lot.ring = (struct farm_ring){page, (char *)at + page->data_offset, page->data_size, (int)fd};
    return true;
}

static bool open_first_events(int tid)
{
    for (uint32_t i = 0; i < FIRST_EVENTS; i++) {
        long fd = lot.fds[i] = open_first(tid, i);
        if (fd < 0)
            return i > 0;
        farm_fds_keep(fd);
        if (i ? farm_sys(SYS_ioctl, fd, PERF_EVENT_IOC_SET_OUTPUT, lot.fds[0]) < 0 : !map_first(fd))
            return i > 0;
    }
    for (uint32_t i = 0; i < FIRST_EVENTS; i++)
        farm_sys(SYS_ioctl, lot.fds[i], PERF_EVENT_IOC_REFRESH, 1);
    return true;
}

static uint64_t draw(uint64_t below)
{
    uint64_t drawn = 0;
    farm_sys(SYS_getrandom, &drawn, sizeof drawn, 0);
    return drawn % below;
}

/* Those of the others start a period from now. So the next first event must hit or not, and all later ones must not: it
 * may with the probability of the part of a period that has passed since one was due, which makes up, on average, for
 * the time until the others hit. */
static void start_others(void)
{
    uint64_t count = 0;
    if (lot.part)
        farm_sys(SYS_read, lot.fds[FIRST_EVENTS - 1], &count, sizeof count);
    uint64_t past = count + period_ns() - lot.part, next = past / period_ns();
    bool keeps = draw(period_ns()) < past % period_ns();
    for (uint32_t i = 0; lot.part && i < FIRST_EVENTS; i++)
        if (i != next || !keeps)
            farm_sys(SYS_ioctl, lot.fds[i], PERF_EVENT_IOC_DISABLE, 0);
    for (uint32_t i = 0; i < event_count; i++)
        farm_sys(SYS_ioctl, farm_it.fds[first_event + i], PERF_EVENT_IOC_ENABLE, 0);
    lot.waiting = false;
}

/* By the task that opened the others, which hands its descriptors on. */
static void draw_first(int tid)
{
    lot.part = 1 + draw(period_ns());
    lot.waiting = true;
    if (open_first_events(tid))
        return;
    lot.part = 0;
    start_others();
}

bool farm_perf_waits(void)
{
    return lot.waiting;
}

void farm_perf_settle(uint64_t age)
{
    if (lot.waiting && age >= FARM_PERF_START_NS)
        start_others();
}

const char *farm_perf_open(int pid)
{
    if (!farm_it.rings)
        farm_it.rings = farm_pages(FARM_CPUS_MAX * sizeof *farm_it.rings + RECORD_MAX);
    if (!farm_it.rings)
        return "there is no memory for perf's rings";
    record_copy = (char *)(farm_it.rings + FARM_CPUS_MAX);
    farm_it.ring_count = 0;
    lot.waiting = false;
    lot.part = 0;
    first_event = farm_it.fd_count;
    uint32_t kept = farm_it.fd_count;
    long result = open_all(pid);
    event_count = farm_it.fd_count - first_event;
    if (result >= 0) {
        draw_first(pid);
        return NULL;
    }
    farm_fds_drop(kept);
    farm_perf_unmap();
    return sentence(result);
}

void farm_perf_forget(void)
{
    lot.part = 0;
    lot.waiting = false;
    farm_it.ring_count = 0;
}

void farm_perf_unmap(void)
{
    for (uint32_t i = 0; i < farm_it.ring_count; i++)
        farm_sys(SYS_munmap, farm_it.rings[i].page, farm_it.rings[i].len + FARM_PAGE);
    if (lot.part)
        farm_sys(SYS_munmap, lot.ring.page, lot.ring.len + FARM_PAGE);
    farm_perf_forget();
}

/* ---- what comes out of a ring ---- */

static void take_sample(const uint64_t *at, bool is_first)
{
    struct farm_stack s = {.pc = *at++};
    uint64_t time = *at++, chain_count;
    if (is_first) {
        uint64_t period = *at++, count = *at++;
        if (count > period + period / 2 + LATE_NS)
            return;
    }
    chain_count = *at++;
    s.chain = at;
    s.chain_count = (uint32_t)chain_count;
    at += chain_count;
    while (s.chain_count && (*s.chain >= (uint64_t)-4095 || *s.chain == s.pc))
        s.chain++, s.chain_count--;      /* the marker of user frames, and the innermost frame */
    if (*at++ != PERF_SAMPLE_REGS_ABI_NONE) {
        s.bp = *at++;
        s.sp = *at++;
    }
    uint64_t size = *at++;
    s.bytes = (const char *)at;
    if (size) {
        s.len = at[size / 8];
        s.len = s.len < size ? s.len : size;
    }
    if (!farm_modules_at(s.pc))
        __atomic_fetch_add(&farm_it.unknown_pcs, 1, __ATOMIC_RELAXED);
    uint64_t frames[FARM_FRAMES_MAX];
    farm_tree_add(frames, farm_scan(&s, frames), time);
}

static void take_record(const struct perf_event_header *record, bool is_first)
{
    const uint64_t *body = (const void *)(record + 1);
    if (record->type == PERF_RECORD_SAMPLE)
        take_sample(body, is_first);
    else if (record->type == PERF_RECORD_LOST)
        __atomic_fetch_add(&farm_it.header->samples_lost, body[1], __ATOMIC_RELAXED);
}

static const void *in_one_piece(const struct farm_ring *ring, uint64_t at, size_t len)
{
    uint64_t offset = at % ring->len, first = ring->len - offset;
    if (first >= len)
        return ring->data + offset;
    farm_copy(record_copy, ring->data + offset, first);
    farm_copy(record_copy + first, ring->data, len - first);
    return record_copy;
}

static void drain(struct farm_ring *ring, bool is_first)
{
    struct perf_event_mmap_page *page = ring->page;
    uint64_t head = __atomic_load_n(&page->data_head, __ATOMIC_ACQUIRE), tail = page->data_tail;
    while (tail < head) {
        const struct perf_event_header *peek = in_one_piece(ring, tail, sizeof *peek);
        size_t len = peek->size;
        if (!len)
            break;
        take_record(in_one_piece(ring, tail, len), is_first);
        tail += len;
        __atomic_store_n(&page->data_tail, tail, __ATOMIC_RELEASE);
    }
}

void farm_perf_drain(void)
{
    if (lot.part)
        drain(&lot.ring, true);
    for (uint32_t i = 0; i < farm_it.ring_count; i++)
        drain(&farm_it.rings[i], false);
}
