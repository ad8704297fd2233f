/* SPDX-License-Identifier: MIT
 *
 * The one description of everything that crosses a border of the project:
 *   1. the ABI between the text that farmcc inserts and the runtime,
 *   2. the record file that a running program leaves behind,
 *   3. the names of the sections that travel inside objects.
 * Writers: runtime/ (record), instrument/ (sections). Reader: db/. Nobody else has structs of their own for these.
 *
 * RECORD FILE  (host byte order; the reader refuses another)
 *   record  = header chunk*                 header fills the first FARM_PAGE bytes
 *   chunk   = farm_chunk body               starts on a page, chunk.len is a multiple of the page size
 *   A reader walks chunks from FARM_PAGE to header.file_len by chunk.len and skips kinds that it does not know.
 *   chunk.used says how many bytes of the body hold data; it is raised, with release order, after the data stands,
 *   so a file cut off at any moment is readable up to there. Bytes behind `used` are zero.
 *   The file is written through a shared mapping only: what was counted survives any death of the process.
 */
#ifndef FARM_FORMAT_H
#define FARM_FORMAT_H

#include <stdint.h>

/* ---- 1. inserted text <-> runtime ------------------------------------------------------------------------------
 * Each rewritten unit holds one `struct __farm_unit` and one weak definition of `__farm_tls`, or of `__farm_near` where
 * it was compiled for a program; the inserted text spells the struct out itself, so a change here must raise FARM_ABI.
 * At the entry of a function the text computes c = __farm_tls ? (counter *)(__farm_tls + unit.shift) : slow(&unit)
 * and counts with ++c[k]. A constructor of the unit calls __farm_register(&unit, &__farm_tls) where a runtime is
 * linked. A library that hides its symbols has a __farm_tls of its own, a program a __farm_near, filled as well.
 *
 * DIRECT COUNTERS  A unit for programs alone has its counters in FARM_COUNTERS_SECTION and counts with one instruction,
 *     ++%gs:c[k]: in each thread %gs is the way from the section to the thread's block (runtime/direct.h, begin.h).
 * TIMED CALLS  A function worth it has three counters in a row: S, B, W. W counts calls downward, and when it falls
 *     below zero the text jumps to __farm_call, with the function's arguments where they were and a __farm_again in
 *     r10. That takes the count back, calls the function again, timing the call or not, and returns its value. The
 *     runtime raises B and W by the same amount, so calls = B - W at any moment. S is the runtime's (an address or 0).
 *
 * TIMED LINES  A function whose lines are timed has a farm_lap_state among its counters, and two counters for each
 *     line behind it: ticks, and what of them reading the clock has cost. Only its outermost activation in a thread is
 *     timed. __farm_lines_enter begins it, a lap ends the time of one line and begins that of another,
 *     __farm_lines_leave ends it. What leaves functions without that is told by __farm_lines_jump before, else noticed
 *     by later entries.
 */
#define FARM_ABI 4
#define FARM_LAP_WORDS 10        /* of a farm_lap_state (runtime/format_time.h) */

struct __farm_unit {
    uint32_t abi;        /* FARM_ABI */
    uint32_t counters;   /* how many 64-bit counters the unit has */
    uint64_t id;         /* of its site table */
    int64_t shift;       /* set by __farm_register: bytes from a thread's block to this unit's counters */
    uint64_t *dummy;     /* counters of the unit where no runtime is linked, or none could be had */
    int64_t tls;         /* set by __farm_register: bytes from the runtime's __farm_tls to the unit's */
    char *first, *end;   /* of FARM_COUNTERS_SECTION, which holds `dummy`; NULL where counters are reached by pointer */
};

struct __farm_again {
    void *function;
    struct __farm_unit *unit;
    uint64_t counter;    /* of the unit: W */
};

/* The mark in functions that allocate for their callers: a nop of seven bytes that no compiler writes. */
#define FARM_HEAP_WRAPPER {0x0f, 0x1f, 0x80, 0x46, 0x41, 0x52, 0x4d}

/* ---- 2. record file -------------------------------------------------------------------------------------------- */
#define FARM_MAGIC "FARMREC"     /* 8 bytes with the NUL */
#define FARM_VERSION 1
#define FARM_BYTE_ORDER_MARK 0x01020304u
#define FARM_PAGE 4096

enum farm_state {                /* header.state: how the process ended, as far as it could say so itself */
    FARM_RUNNING = 0,            /* still running, or died without a word (SIGKILL): pid and start time tell */
    FARM_EXITED = 1,             /* exit() or return from main; end_value = status where known, else -1 */
    FARM_EXITED_FAST = 2,        /* _exit, _Exit, quick_exit; end_value = status */
    FARM_SIGNALED = 3,           /* a fatal signal; end_value = its number */
    FARM_EXECED = 4,             /* replaced itself by another program */
    FARM_DUMPED = 5              /* goes on: a copy made by farm_dump */
};

enum farm_sampler { FARM_SAMPLER_NONE = 0, FARM_SAMPLER_PERF = 1, FARM_SAMPLER_TIMER = 2 };

struct farm_header {
    char magic[8];
    uint32_t version, header_len, byte_order, page;
    uint8_t uuid[16];            /* of this process image; also the record's file name */
    uint8_t parent_uuid[16];     /* of the recorded process it was forked from; zero: of none */
    char boot_id[40];            /* text; with pid and start_ticks it tells the living from the dead */
    uint64_t pid, ppid;
    uint64_t start_ticks;        /* field 22 of /proc/PID/stat */
    uint64_t start_ns, end_ns;   /* realtime clock; end_ns 0 while running */
    uint64_t last_ns;            /* refreshed by the helper, each 100 ms while it runs: an end for the killed */
    uint64_t wall_ns;            /* monotonic duration, refreshed with last_ns */
    uint64_t state;              /* enum farm_state */
    int64_t end_value;
    uint64_t user_ns, sys_ns;    /* of the process, refreshed with last_ns */
    uint64_t max_rss_kb, minor_faults, major_faults, voluntary_switches, involuntary_switches;
    uint64_t sampler;            /* enum farm_sampler */
    uint64_t sample_hz;          /* asked for */
    uint64_t samples, samples_lost;
    uint64_t threads_peak;
    uint64_t file_len;           /* bytes in use, header included */
    char sampler_note[160];      /* why the sampler is not perf, or is none; empty otherwise */
    char note[256];              /* what went wrong in recording, one sentence; empty if nothing did */
    uint64_t helper;             /* pid of the task that completes the record of a dead process; 0: it is complete */
    uint64_t cut_short;          /* 1: other threads ran when the process ended: counts in their registers are lost */
    uint64_t collecting;         /* enum farm_collecting, by farm_start and farm_stop (farm.h) */
    uint64_t switches;           /* calls of farm_start, farm_stop and farm_reset that had an effect */
    uint64_t resets;             /* calls of farm_reset: FARM_MARKS of an earlier arg1 are void */
    uint64_t user_base_ns, sys_base_ns;      /* CPU time not collected, by the rule of FARM_BASE */
    uint64_t steps;              /* begun, of the step that was marked first */
    uint64_t pmu_known;          /* bits by enum farm_pmu */
    uint64_t pmu[4];             /* counted in user mode, by enum farm_pmu */
    char dump_label[64];         /* of a record made by farm_dump */
    uint64_t clock;              /* enum farm_clock_kind: what ticks are */
    uint64_t ticks_start;        /* read together with start_ns; ticks in a second = (last - start) / wall_ns */
    uint64_t ticks_last;         /* read together with wall_ns */
    uint64_t call_ticks, call_ticks_spread;      /* what timing adds to a call: median, quartile distance */
    uint64_t thin_below_ns;      /* functions whose calls are shorter are timed every Nth time */
    uint64_t off_ticks, off_since;       /* ticks of whole spans without collection; start of the one at hand, or 0 */
    uint64_t lap_ticks, lap_ticks_spread;        /* what timing adds to a line each time: median, quartile distance */
};
enum farm_collecting { FARM_ON = 0, FARM_OFF_NOW = 1, FARM_CHANGING = 2 };
enum farm_pmu { FARM_INSTRUCTIONS, FARM_CYCLES, FARM_CACHE_REFERENCES, FARM_CACHE_MISSES, FARM_PMU_COUNT };
_Static_assert(sizeof(struct farm_header) <= FARM_PAGE, "the header must fit its page");

enum farm_kind {
    FARM_INFO = 1,               /* body: "key\0value\0"...; keys below */
    FARM_MODULES = 2,            /* body: farm_module, one behind the other, each padded to 8 bytes */
    FARM_UNITS = 3,              /* body: farm_unit_entry[] */
    FARM_COUNTERS = 4,           /* body: uint64_t[]: bytes arg1 .. arg1+body of block arg0; used = body length */
    FARM_NODES = 5,              /* body: farm_node[]: the calling-context tree of samples; ids run on over chunks */
    FARM_HEAP = 6,               /* body: one farm_heap: allocations are counted */
    FARM_HEAP_SITES = 7,         /* body: farm_heap_site[]; site i, over all chunks, has number i + 1 */
    FARM_HEAP_NODES = 8,         /* body: farm_node[], as FARM_NODES, of allocations: `count` of them came that way */
    FARM_SERIES = 10,            /* of farm_point; this and the next two are described in runtime/format_course.h */
    FARM_THREADS = 11,           /* of farm_thread */
    FARM_MARKS = 12,             /* of farm_mark */
    FARM_BASE = 13,              /* body: uint64_t[]: bytes arg1 .. arg1+body of block arg0, see below */
    FARM_TIMINGS = 14            /* of farm_timing (runtime/format_time.h); entries with offset 0 are not in use */
};

struct farm_chunk {
    uint32_t kind;
    uint32_t head_len;           /* offset of the body from the start of the chunk */
    uint64_t len;                /* whole chunk */
    uint64_t used;               /* bytes of body that hold data */
    uint64_t arg0, arg1;         /* by kind */
};

/* FARM_INFO keys: exe, cwd, argv (elements joined by 0x1f), run (FARM_RUN), label (FARM_LABEL), host, kernel, cpu,
 * cores, pid_ns (link text of /proc/self/ns/pid: pid means something there only), and env.NAME for each
 * FARM_PARAM_NAME. */

/* Where a module lies at addresses that another one had before (dlclose, then dlopen), its addresses here, in this
 * struct and in samples, are the run-time addresses plus how many were there before << FARM_LIVES_SHIFT. */
#define FARM_LIVES_SHIFT 48
struct farm_module {
    uint32_t len;                /* of this entry, path and padding included */
    uint32_t index;              /* number of the module, from 0 in order of appearance */
    uint64_t bias;               /* run-time address minus address in the file (dlpi_addr) */
    uint64_t low, high;          /* run-time addresses of its executable segments */
    uint32_t build_id_len;
    uint32_t instrumented;       /* 1 if it registered a unit */
    uint8_t build_id[32];
    char path[];                 /* NUL-terminated, absolute where the system knows it */
};

struct farm_unit_entry {
    uint64_t id;                 /* of the site table in the module */
    uint32_t module;             /* farm_module.index */
    uint32_t counters;
    uint64_t offset;             /* of its counters, in bytes from the start of every block */
};

/* A sample's stack is a path from a root (parent FARM_NO_NODE) to its leaf. `count` is the number of samples whose
 * innermost frame is this node. pc is a run-time address: for the innermost frame the instruction that ran, for the
 * others the return address less one. Frames between an instrumented caller and a leaf in a library may be missing. */
#define FARM_NO_NODE 0xffffffffu
struct farm_node {
    uint64_t pc;
    uint32_t parent;             /* index of the calling frame's node */
    uint32_t count;
};

/* Allocations are counted by site, a chain of return addresses up to the innermost instrumented frame. Each thread's
 * block has a row for each site; totals are sums over blocks. A block that ends before a row does has none of it. */
#define FARM_HEAP_FRAMES 12
enum farm_heap_reach {
    FARM_HEAP_ALL = 0,           /* every call of the process is seen */
    FARM_HEAP_OWN = 1,           /* the program has an allocator of its own: calls from libraries are not seen */
    FARM_HEAP_PLUGIN = 2         /* only the calls of the library that the runtime is linked into */
};

struct farm_heap {
    uint64_t epoch;              /* raised with each new peak */
    int64_t live, peak;          /* bytes of the process; live only where `several` */
    uint64_t several;            /* 1: several threads have allocated; peaks then have a resolution (see `top`) */
    uint64_t early;              /* allocations before the runtime started */
    uint64_t unfollowed;         /* allocations whose end cannot be seen: there was no memory to note them */
    uint64_t unseen_frees;       /* freed past us: noticed when the address was handed out again */
    uint64_t reach;              /* enum farm_heap_reach */
};

struct farm_heap_site {
    uint64_t offset;             /* of its row, in bytes from the start of every block */
    int64_t live, peak;          /* bytes over all threads, as far as told: see `top` */
    uint64_t failed;             /* calls that got no memory */
    uint64_t frames;             /* how many of pc[] are used; 0: what no other site could be made for */
    uint64_t pc[FARM_HEAP_FRAMES];       /* return addresses less one, innermost first; the last is the instrumented */
};

struct farm_heap_row {
    uint64_t allocs, bytes, frees, freed;        /* a thread may free more than it allocated */
    uint64_t temporary;          /* freed before the thread's next allocation */
    int64_t top;                 /* shared 0: most live bytes so far. 1: what the thread has added to the site's `live`:
                                  * told again when its own live bytes are 1/64 above, or 1/64 and 64 KiB below it */
    int64_t at_peak;             /* live bytes at the process's peak, if `epoch` is the newest; else what is live now */
    union {
        struct { uint64_t epoch : 63, shared : 1; };
        uint64_t alone;          /* both, which is the epoch while shared is 0 */
    };
};
_Static_assert(sizeof(struct farm_heap_row) == 64, "rows must not straddle pages");

/* FARM_BASE: what farm_stop, farm_start and farm_reset leave of each counter c. While header.collecting is FARM_ON its
 * hits are c - base; while it is FARM_OFF_NOW they are base itself. No base: 0. So one rule, base = c - base, serves
 * both ways. Killed at FARM_CHANGING nothing is known. The base of the CPU times in the header is to be read alike. */

/* ---- 3. sections inside objects --------------------------------------------------------------------------------
 * Neither is loaded. FARM_SITES_SECTION: site tables, one behind the other (base/sites.h has the codec).
 * FARM_SOURCE_SECTION: source texts as `farm_source` + zlib data, one comdat group per content hash. */
#define FARM_COUNTERS_SECTION "farm_counters"   /* loaded: counters of a program that name themselves; see 1. */
#define FARM_SITES_SECTION ".farm_sites"
#define FARM_SOURCE_SECTION ".farm_src"
#define FARM_SITES_MAGIC 0x34545346u   /* "FST4" */
#define FARM_SOURCE_MAGIC 0x31525346u  /* "FSR1" */

struct farm_sites_head {
    uint32_t magic;              /* FARM_SITES_MAGIC; readers search the section in steps of 8 bytes for the next one */
    uint32_t len;                /* of the payload behind this head; the next table starts at the next multiple of 8 */
    uint64_t id;
};

struct farm_source_head {
    uint32_t magic;              /* FARM_SOURCE_MAGIC */
    uint32_t len;                /* of the zlib data behind this head; the next text starts at the next multiple of 8 */
    uint8_t hash[16];            /* XXH3 128 bits, canonical byte order, of the raw text */
    uint64_t raw_len;
};

#endif
