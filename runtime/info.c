/* SPDX-License-Identifier: MIT
 *
 * Who and where: the FARM_INFO chunk, collected once and handed on to forked children, and the header of each record.
 */
#include <cpuid.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "runtime/clock.h"
#include "runtime/internal.h"
#include "runtime/lines.h"
#include "runtime/record.h"
#include "runtime/sys.h"

#define INFO_MAX (1u << 20)

static void add_value(struct farm_text *t, const char *value)
{
    farm_add(t, value);
    farm_add_bytes(t, "", 1);
}

static void add_pair(struct farm_text *t, const char *key, const char *value)
{
    if (!value || !*value)
        return;
    add_value(t, key);
    add_value(t, value);
}

static void add_cpu(struct farm_text *t)
{
    unsigned words[12], a, b, c, d;
    if (!__get_cpuid(0x80000000u, &a, &b, &c, &d) || a < 0x80000004u)
        return;
    for (unsigned i = 0; i < 3; i++)
        __cpuid(0x80000002u + i, words[4 * i], words[4 * i + 1], words[4 * i + 2], words[4 * i + 3]);
    char name[sizeof words + 1];
    farm_copy(name, words, sizeof words);
    name[sizeof words] = 0;
    const char *start = name;
    while (*start == ' ')
        start++;
    add_pair(t, "cpu", start);
}

static void add_cores(struct farm_text *t)
{
    uint64_t mask[128];
    long len = farm_sys(SYS_sched_getaffinity, 0, sizeof mask, mask);
    unsigned cores = 0;
    for (long i = 0; i < len / 8; i++)
        for (uint64_t rest = mask[i]; rest; rest &= rest - 1)
            cores++;
    char number[24];
    struct farm_text n = {number, 0, sizeof number};
    farm_add_number(&n, cores);
    add_pair(t, "cores", number);
}

static void add_argv(struct farm_text *t)
{
    add_value(t, "argv");
    size_t start = t->len;
    long fd = farm_sys(SYS_openat, AT_FDCWD, "/proc/self/cmdline", O_RDONLY | O_CLOEXEC, 0);
    long got;
    while (fd >= 0 && t->cap - 1 > t->len + 1 &&
           (got = farm_sys(SYS_read, fd, t->data + t->len, t->cap - 2 - t->len)) > 0)
        t->len += (size_t)got;
    farm_sys(SYS_close, fd);
    if (t->len == start)                 /* no /proc, as in a chroot */
        farm_add(t, program_invocation_name);
    else if (!t->data[t->len - 1])
        t->len--;
    for (size_t i = start; i < t->len; i++)
        if (!t->data[i])
            t->data[i] = 0x1f;
    farm_add_bytes(t, "", 1);
}

static void add_parameters(struct farm_text *t)
{
    for (char **e = environ; e && *e; e++) {
        if (!farm_starts(*e, "FARM_PARAM_"))
            continue;
        const char *value = *e;
        while (*value && *value != '=')
            value++;
        farm_add(t, "env.");
        farm_add_bytes(t, *e, (size_t)(value - *e));
        farm_add_bytes(t, "", 1);
        add_value(t, *value ? value + 1 : value);
    }
}

static void read_link(const char *link, char *path, size_t cap)
{
    long len = farm_sys(SYS_readlinkat, AT_FDCWD, link, path, cap - 1);
    path[len > 0 ? len : 0] = 0;
}

void farm_info_collect(void)
{
    struct farm_text t = {farm_pages(INFO_MAX), 0, INFO_MAX};
    struct utsname names;
    char pid_ns[64];
    if (!t.data)
        return;
    read_link("/proc/self/exe", farm_it.exe, sizeof farm_it.exe);
    if (farm_sys(SYS_getcwd, farm_it.cwd, sizeof farm_it.cwd) < 0)
        farm_it.cwd[0] = 0;
    farm_read_file("/proc/sys/kernel/random/boot_id", farm_it.boot_id, sizeof farm_it.boot_id);
    farm_it.boot_id[36] = 0;
    farm_sys(SYS_uname, &names);
    add_pair(&t, "exe", farm_it.exe);
    add_pair(&t, "cwd", farm_it.cwd);
    add_argv(&t);
    add_pair(&t, "run", farm_it.options.run);
    add_pair(&t, "label", farm_it.options.label);
    add_pair(&t, "host", names.nodename);
    add_pair(&t, "kernel", names.release);
    read_link("/proc/self/ns/pid", pid_ns, sizeof pid_ns);
    add_pair(&t, "pid_ns", pid_ns);
    add_cpu(&t);
    add_cores(&t);
    add_parameters(&t);
    farm_it.info = t.data;
    farm_it.info_len = t.len;
}

/* Field 22 of stat; the name before it may hold anything, brackets too, so counting starts behind the last bracket. */
static uint64_t start_ticks(void)
{
    char stat[1024];
    long len = farm_read_file("/proc/self/stat", stat, sizeof stat);
    const char *at = stat + (len > 0 ? len : 0);
    while (at > stat && *at != ')')
        at--;
    for (int field = 2; field < 22 && *at; at++)
        field += *at == ' ';
    return farm_number(&at, 10);
}

void farm_header_fill(struct farm_header *h, uint64_t file_len)
{
    farm_copy(h->magic, FARM_MAGIC, sizeof h->magic);
    h->version = FARM_VERSION;
    h->header_len = sizeof *h;
    h->byte_order = FARM_BYTE_ORDER_MARK;
    h->page = FARM_PAGE;
    farm_copy(h->parent_uuid, farm_it.parent_uuid, sizeof h->parent_uuid);
    farm_copy(h->boot_id, farm_it.boot_id, sizeof h->boot_id);
    h->pid = (uint64_t)farm_it.pid;
    h->ppid = (uint64_t)farm_sys(SYS_getppid);
    h->start_ticks = start_ticks();
    h->start_ns = h->last_ns = farm_clock(CLOCK_REALTIME);
    h->sample_hz = farm_it.options.hz;
    h->end_value = -1;
    h->file_len = file_len;
    farm_it.start_mono = farm_clock(CLOCK_MONOTONIC);
    farm_clock_fill(h);
    farm_lines_fill(h);
}
