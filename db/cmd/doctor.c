/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why is nothing recorded, and how well can it be? Looks, and changes nothing.
 */
#include <errno.h>
#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/elf.h"
#include "base/file.h"
#include "base/sites.h"
#include "db/cmd.h"
#include "db/intake/debug.h"
#include "db/intake/ingest.h"
#include "runtime/format.h"

static const struct column columns[] = {
    {"Checked", "check", COLUMN_TEXT, USE_ALL},
    {"State", "state", COLUMN_TEXT, USE_ALL},
    {"Found", "found", COLUMN_WORDS, USE_ALL},
};

struct checks {
    struct table *table;
    int problems;
};

enum state { FINE, LIMITED, PROBLEM };

static void say(struct checks *k, const char *check, enum state state, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void say(struct checks *k, const char *check, enum state state, const char *format, ...)
{
    static const char *const words[] = {"ok", "limited", "problem"};
    struct str found = STR_INIT;
    va_list args;
    va_start(args, format);
    str_vaddf(&found, format, args);
    va_end(args);
    table_text(k->table, check);
    table_text(k->table, words[state]);
    table_text(k->table, found.data);
    if (state == PROBLEM) {
        table_hot(k->table);
        k->problems++;
    }
    str_release(&found);
}

/* The nearest folder above that exists: where the records' folder would be made. */
static char *existing_folder(const char *path)
{
    char *folder = str_copy(path);
    while (!file_exists(folder) && strcmp(folder, "/") != 0) {
        char *up = file_folder(folder);
        free(folder);
        folder = up;
    }
    return folder;
}

static void check_store(struct checks *k, const struct store *s)
{
    const char *bad = store_bad_filesystem(s->path);
    char *folder = existing_folder(s->records);
    if (bad)
        say(k, "store", PROBLEM, "%s is on %s; set FARM_DB to a local folder", s->path, bad);
    else if (access(folder, W_OK) != 0)
        say(k, "store", PROBLEM, "%s cannot be written (%s); set FARM_DB elsewhere", folder, strerror(errno));
    else
        say(k, "store", FINE, "%s%s", s->path, store_exists(s) ? "" : " (not there yet)");
    size_t waiting = ingest_waiting(s);
    say(k, "records", FINE, "%zu wait in %s", waiting, s->records);
    free(folder);
}

static void check_environment(struct checks *k)
{
    const char *off = getenv("FARM_OFF"), *hz = getenv("FARM_HZ");
    if (off && strcmp(off, "1") == 0)
        say(k, "FARM_OFF", PROBLEM, "is 1: programs record nothing");
    if (hz && strtod(hz, NULL) <= 0)
        say(k, "FARM_HZ", LIMITED, "is %s: hits are counted, time is not", hz);
}

static bool perf_works(void)
{
    struct perf_event_attr attr = {.type = PERF_TYPE_SOFTWARE, .size = sizeof attr, .config = PERF_COUNT_SW_CPU_CLOCK,
                                   .exclude_kernel = 1, .exclude_hv = 1, .sample_period = 1000000};
    long fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
    if (fd >= 0)
        close((int)fd);
    return fd >= 0;
}

/* Instructions and cache misses of runs; virtual machines often have no counters for them. */
static void check_counters(struct checks *k)
{
    struct perf_event_attr attr = {.type = PERF_TYPE_HARDWARE, .size = sizeof attr,
                                   .config = PERF_COUNT_HW_INSTRUCTIONS, .exclude_kernel = 1, .exclude_hv = 1};
    long fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
    if (fd >= 0) {
        say(k, "counters", FINE, "instructions, cycles and cache misses of each run");
        close((int)fd);
    } else {
        say(k, "counters", LIMITED, "none (%s): runs have no instructions and cache misses",
            errno == ENOENT || errno == EOPNOTSUPP ? "this machine offers none, as virtual machines often do"
                                                   : strerror(errno));
    }
}

static void check_sampler(struct checks *k)
{
    const char *asked = getenv("FARM_SAMPLER");
    struct str paranoid = STR_INIT, err = STR_INIT;
    bool known = file_read("/proc/sys/kernel/perf_event_paranoid", &paranoid, &err);
    paranoid.data[strcspn(paranoid.data, "\n")] = 0;
    bool works = perf_works();
    const char *why = strerror(errno);
    if (asked && *asked && strcmp(asked, "auto") != 0)
        say(k, "sampler", strcmp(asked, "none") == 0 ? LIMITED : FINE, "%s, by FARM_SAMPLER", asked);
    else
        say(k, "sampler", works ? FINE : LIMITED,
            works ? "perf" : "timer: signals on CPU time, at most about 265 a second");
    if (!works && known && strtol(paranoid.data, NULL, 10) > 2)
        say(k, "perf", LIMITED,
            "forbidden: kernel.perf_event_paranoid is %s; allow it by: sysctl kernel.perf_event_paranoid=2",
            paranoid.data);
    else if (!works)
        say(k, "perf", LIMITED, "not to be had: %s (a container may forbid it)", why);
    else
        say(k, "perf", FINE, "kernel.perf_event_paranoid is %s", known ? paranoid.data : "not readable");
    str_release(&paranoid);
    str_release(&err);
}

struct tally {
    size_t units, units_out, functions, functions_out;
    char *reason;                /* the first that was met */
};

static void tally_add(struct tally *t, const struct sites *s)
{
    const char *reason = s->reason;
    t->units++;
    t->units_out += s->reason != NULL;
    for (size_t i = 0; i < s->function_count; i++) {
        t->functions++;
        t->functions_out += !s->functions[i].instrumented;
        if (!s->functions[i].instrumented && !reason)
            reason = s->functions[i].reason;
    }
    if (reason && !t->reason)
        t->reason = str_copy(reason);
}

static void tally_read(struct tally *t, const struct str *section)
{
    for (size_t at = 0; at + sizeof(struct farm_sites_head) <= section->len;) {
        struct sites s;
        struct str err = STR_INIT;
        size_t taken = 8;
        if (memcmp(section->data + at, &(uint32_t){FARM_SITES_MAGIC}, 4) == 0 &&
            sites_decode(section->data + at, section->len - at, &s, &taken, &err)) {
            tally_add(t, &s);
            sites_release(&s);
        }
        at += taken ? taken : 8;
        str_release(&err);
    }
}

static void check_tables(struct checks *k, struct elf *e)
{
    struct str section = STR_INIT;
    struct tally t = {0};
    if (elf_section(e, FARM_SITES_SECTION, &section))
        tally_read(&t, &section);
    if (!t.units)
        say(k, "instrumented", PROBLEM, "no: it holds no site table; was it built with CC=farmcc?");
    else if (t.units == t.units_out)
        say(k, "instrumented", PROBLEM, "no: none of its %zu files could be (%s)", t.units, t.reason);
    else
        say(k, "instrumented", t.functions_out || t.units_out ? LIMITED : FINE,
            "%zu of %zu files, %zu of %zu functions%s%s%s", t.units - t.units_out, t.units,
            t.functions - t.functions_out, t.functions, t.reason ? " (not: " : "", t.reason ? t.reason : "",
            t.reason ? ")" : "");
    free(t.reason);
    str_release(&section);
}

static void check_program(struct checks *k, const char *path)
{
    struct str err = STR_INIT;
    struct elf *e = elf_open(path, &err);
    if (!e) {
        say(k, path, PROBLEM, "%s", err.data);
        str_release(&err);
        return;
    }
    uint8_t id[ELF_BUILD_ID_MAX];
    char hex[2 * ELF_BUILD_ID_MAX + 1] = "";
    size_t len = elf_build_id(e, id);
    for (size_t i = 0; i < len; i++)
        snprintf(hex + 2 * i, 3, "%02x", id[i]);
    check_tables(k, e);
    if (elf_defines(e, "__farm_register"))
        say(k, "runtime", FINE, "linked");
    else
        say(k, "runtime", PROBLEM, "not linked: counts go nowhere; link with farmcc, or with FARM_LINK=g++ for C++");
    if (len)
        say(k, "build-id", FINE, "%s", hex);
    else
        say(k, "build-id", LIMITED,
            "none: a report after the next build cannot tell its lines; link with -Wl,--build-id");
    char *kept = len ? debug_cache_path(hex) : NULL;
    if (kept && file_exists(kept))
        say(k, "kept copy", FINE, "%s", kept);
    else if (elf_has_section(e, ".debug_line"))
        say(k, "line tables", FINE, "in the program; no copy is kept for after the next build");
    else
        say(k, "line tables", PROBLEM, "none, and no copy kept: stripped? times by line cannot be told");
    free(kept);
    elf_close(e);
}

static int run(struct context *c, int argc, char **argv)
{
    struct doc d;
    struct checks k = {0};
    doc_init(&d, "doctor");
    k.table = doc_table(&d, "checks", NULL, columns, sizeof columns / sizeof *columns);
    check_store(&k, &c->store);
    check_environment(&k);
    check_sampler(&k);
    check_counters(&k);
    for (int i = 0; i < argc; i++)
        check_program(&k, argv[i]);
    cmd_answer(c, &d);
    return k.problems ? EXIT_UNDECIDED : EXIT_OK;
}

const struct cmd cmd_doctor = {
    "doctor", "[PROGRAM...]", "why is nothing recorded?",
    "Exit status 3 where something keeps programs from being recorded.", NULL, NEEDS_NOTHING, false, run};
