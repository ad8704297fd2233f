/* SPDX-License-Identifier: MIT
 *
 * What the runtime's files share. Rules for all of them: libc only while starting and ending (marked "libc"), system
 * calls elsewhere, because slow paths run in signal handlers and the helper shares a foreign thread pointer; never end
 * the host; every name starts with farm_.
 */
#ifndef FARM_INTERNAL_H
#define FARM_INTERNAL_H

#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/format.h"

#ifndef FARM_PUBLIC              /* hidden in what shared objects bring along */
#define FARM_PUBLIC __attribute__((visibility("default")))
#endif
#define FARM_SCRATCH (1u << 20)          /* start of every block: where units without a place count */
#define FARM_BLOCKS_MAX 16384u
#define FARM_UNITS_MAX 65536u
#define FARM_RANGES_MAX 4096u
#define FARM_NODE_CHUNKS_MAX 256u
#define FARM_CHUNK_HEAD 64u              /* head_len of all chunks but FARM_COUNTERS */
#define FARM_NODE_CHUNK 65536u
#define FARM_NODES_PER_CHUNK ((FARM_NODE_CHUNK - FARM_CHUNK_HEAD) / sizeof(struct farm_node))
#define FARM_CPUS_MAX 1024u
#define FARM_FDS_MAX 16384u
#define FARM_FRAMES_MAX 128
#define FARM_SECOND 1000000000ull

/* ---- text.c: small strings without libc; what does not fit is cut ---- */
struct farm_text {
    char *data;                  /* always NUL-terminated */
    size_t len, cap;
};
size_t farm_length(const char *s);
bool farm_equal(const char *a, const char *b);
bool farm_starts(const char *s, const char *prefix);
void farm_add(struct farm_text *t, const char *s);
void farm_add_bytes(struct farm_text *t, const char *bytes, size_t len);
void farm_add_number(struct farm_text *t, uint64_t n);
uint64_t farm_number(const char **at, unsigned base);           /* reads digits, moves *at behind them */
long farm_read_file(const char *path, char *buffer, size_t cap);  /* bytes, or a negative error; NUL-terminated */

/* ---- options.c ---- */
enum farm_choice { FARM_CHOOSE_AUTO, FARM_CHOOSE_PERF, FARM_CHOOSE_TIMER, FARM_CHOOSE_NONE };
struct farm_options {
    const char *db, *label, *run;        /* NULL where not set */
    bool off, heap, calls, starts_off;
    uint64_t hz;
    enum farm_choice sampler;
};
struct farm_option {
    const char *name, *meaning, *fallback;
};
extern const struct farm_option farm_option_table[];            /* ends with a NULL name */
void farm_options_read(struct farm_options *o);

/* ---- state ---- */
struct farm_hold {
    uint64_t mask;               /* the thread's signal mask before */
};

struct farm_range {              /* a module, for looking up addresses */
    uint64_t low, high;          /* executable addresses */
    uint64_t start, end;         /* all loaded addresses */
    uint64_t frames;             /* address of its .eh_frame_hdr; 0: none */
    bool instrumented;
    int64_t tls;                 /* bytes from the runtime's __farm_tls to that of its units */
    uint32_t index, master, lives;       /* master: of its farm_module in farm.modules; lives: modules there before */
    struct farm_module *entry;   /* the same in the record; NULL while there is none */
};

struct farm_table {              /* rows that are kept in memory too, for the records of forked children */
    enum farm_kind kind;
    char *rows;
    size_t used, cap;
    struct farm_chunk *chunk;    /* the one that takes the next row */
};

struct farm_ring {               /* of one CPU */
    void *page;                  /* perf's control page, mapped with the data behind it */
    char *data;
    uint64_t len;                /* of the data */
    int fd;
};

/* Lies in the page in front of a block's base. Owned by the thread whose __farm_tls points to the base. */
struct farm_block {
    uint32_t number;
    int pid, tid;                /* of its thread; tid 0: free */
    uint64_t usable;             /* counters up to this offset from the base can be written */
    uint64_t chunk_start, chunk_end;     /* offsets that its newest chunk covers */
    uint64_t chunk_file;         /* where that chunk's body starts in the file; 0: it is plain memory */
    bool timed;
    int timer;
    struct farm_heap_thread *heap;       /* heap.h; NULL until the thread allocates */
    struct farm_marks *marks;    /* marks.h; NULL: none made */
    struct farm_extent { uint64_t from, to, *values; } bases[8];     /* FARM_BASE by offset */
    uint32_t base_count;
    struct farm_timing *open;    /* innermost call and activation that are being timed: timing.c, lines.c */
    struct farm_lap_state *lines;
    uint64_t frames[FARM_FRAMES_MAX];    /* of the tick at work: signal stacks may be small */
};
_Static_assert(sizeof(struct farm_block) <= FARM_PAGE, "it must fit the page in front");

struct farm_tree {
    struct farm_node *nodes[FARM_NODE_CHUNKS_MAX];
    struct farm_chunk *node_chunk;
    uint32_t node_count;
    uint32_t *index;             /* open addressing; FARM_NO_NODE is empty */
    uint32_t index_cap;
};

struct farm {
    bool started, on;            /* on: counting is possible */
    bool recording;              /* the record file is there and may grow */
    bool said;                   /* the one line on stderr is used up */
    bool finished;               /* the end is in the header */
    bool ending;                 /* tells the helper to stop */
    bool emulated;               /* runs under Valgrind: only counts */
    bool sandboxed;              /* the program has put itself under seccomp: a system call of ours may kill it */
    int pid, exit_status;
    uint32_t lock, tree_lock;    /* id of the task that holds it, or 0 */
    uint32_t *born_here;         /* 1; a forked child that nobody told us of reads 0 */
    struct farm_options options;
    uint64_t start_mono;
    uint64_t stderr_dev, stderr_ino, stderr_rdev;

    char folder[PATH_MAX], path[PATH_MAX], cwd[PATH_MAX], exe[PATH_MAX];
    char boot_id[40];
    uint64_t dev, ino;           /* of the record file */
    struct farm_header *header;  /* in the file, or plain memory */
    uint8_t parent_uuid[16];
    char *info;
    size_t info_len;
    struct farm_table modules, units;
    void *core;                  /* the first mapping of the record */
    size_t core_len;
    struct { void *at; size_t len; } chunks[512];                /* further mappings, for a child to drop */
    uint32_t chunk_count;

    struct farm_range *ranges;
    uint32_t range_count;
    uint64_t module_changes;     /* of the dynamic loader, when ranges were last noted */
    uint64_t unknown_pcs;        /* samples outside all ranges since then */

    uint32_t unit_count;
    uint64_t layout_end, reserve;        /* of every block */
    struct farm_block **blocks;
    uint32_t block_count, block_probe;

    struct farm_tree samples, allocs;

    struct farm_ring *rings;
    uint32_t ring_count, fd_count;
    int *fds;                    /* what the helper keeps open */
    bool perf_wanted;            /* in a forked child: the parent had it */
    int signo;                   /* of the timer sampler; 0: not in use */
    int helper;                  /* its id; 0: none */
    char *helper_stack;
    int *tid_word;               /* cleared by the kernel when the first thread ends or execs */
};
extern struct farm farm_it;
extern __thread char *__farm_tls __attribute__((visibility("default"), tls_model("initial-exec")));

/* ---- what inserted text calls (register.c, block.c) ---- */
FARM_PUBLIC void __farm_register(struct __farm_unit *unit, char **tls);     /* tls: its __farm_tls, of this thread */
FARM_PUBLIC uint64_t *__farm_attach(struct __farm_unit *unit);   /* async-signal-safe; never NULL */

/* ---- lock.c: both block all signals while held, so that a handler never waits for what it interrupted ---- */
void farm_lock(uint32_t *lock, struct farm_hold *hold);
void farm_unlock(uint32_t *lock, const struct farm_hold *hold);
bool farm_lock_is_mine(const uint32_t *lock);

/* ---- memory.c ---- */
bool farm_under_valgrind(void);
void *farm_pages(size_t len);                    /* zeroed, taken lazily; NULL where there is none */
bool farm_readable(uint64_t address);            /* asks the kernel; never faults */
uint64_t farm_clock(int clock);                  /* ns */

/* ---- note.c ---- */
void farm_note_init(void);
void farm_note(const char *sentence, const char *detail);       /* header.note and stderr, once; shown joined */

/* ---- modules.c, maps.c ---- */
void farm_modules_note(void);                                    /* libc */
struct farm_range *farm_modules_at(uint64_t address);            /* by executable address; NULL: unknown */
uint64_t farm_modules_recorded(uint64_t address);                /* as the record has it: FARM_LIVES_SHIFT */
struct farm_range *farm_modules_of(const void *data);            /* by any loaded address */
void farm_modules_instrumented(struct farm_range *module);       /* it has counters */
struct farm_image {
    const char *path;
    uint64_t bias;
    const void *phdr;
    uint32_t phnum;
};
void farm_modules_add(const struct farm_image *image);
void farm_maps_refresh(void);

/* ---- info.c, start.c, block.c ---- */
void farm_info_collect(void);
void farm_start(void);                                           /* libc */
bool farm_block_extend(struct farm_block *block, uint64_t end);
bool farm_block_extend_all(uint64_t end);
bool farm_block_attach(void);                    /* gives the calling thread its block; under farm_it.lock */
struct farm_block *farm_block_mine(void);
void farm_block_fork(void);                      /* in a child: keeps the calling thread's block, in the new file */

/* ---- fork.c, death.c ---- */
void farm_fork_init(void);                                       /* libc */
void farm_fork_adopt(void);
void farm_death_init(void);                                      /* libc */
void farm_finish(enum farm_state state, int64_t value);
bool farm_exec_begins(void);                     /* false: not the recorded process (a vfork child) */
void farm_exec_failed(void);

/* ---- usage.c ---- */
void farm_usage_own(void);
enum farm_life { FARM_GONE, FARM_ENDING, FARM_ALIVE };
enum farm_life farm_usage_of(int stat_fd);       /* by the helper */

/* ---- code.c ---- */
bool farm_code_is_counted(uint64_t pc);          /* in a module with counters */
bool farm_code_is_return(uint64_t address);      /* behind a call instruction */
bool farm_code_is_stub(uint64_t pc);             /* a linkage stub, which has no frame */

/* ---- scan.c, tree.c ---- */
struct farm_stack {
    uint64_t pc, sp, bp;
    const char *bytes;           /* the stack from sp upward */
    size_t len;
    bool live;                   /* bytes is the stack itself: more of it can be looked at */
    const uint64_t *chain;       /* the kernel's frame-pointer walk, pc excluded */
    uint32_t chain_count;
};
size_t farm_stack_len(uint64_t sp);              /* readable bytes of the live stack from sp on; 68 KB at most */
bool farm_stack_word(const struct farm_stack *s, uint64_t at, uint64_t *value);        /* false: not to be seen */
struct farm_frame {
    uint64_t pc, sp, bp;         /* pc less one in a caller */
};
enum farm_step { FARM_STEP_DONE, FARM_STEP_OUTERMOST, FARM_STEP_UNKNOWN, FARM_STEP_FOREIGN };
enum farm_step farm_unwind(const struct farm_stack *s, struct farm_frame *f);  /* unwind.c: to the caller's frame */
uint32_t farm_scan(const struct farm_stack *s, uint64_t frames[FARM_FRAMES_MAX]);      /* innermost first */
void farm_tree_add(const uint64_t *frames, uint32_t count, uint64_t time);     /* time: CLOCK_MONOTONIC, when taken */

#endif
