/* SPDX-License-Identifier: MIT
 *
 * The record file: created and mapped at the start, grown by opening it again by its path, so that the program never
 * sees a descriptor of ours. A hole in a mapped file is SIGBUS on a full disk, so every page is given its place on the
 * disk before it is used; where that fails, plain memory takes the place of the file and the record says so.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "runtime/clock.h"
#include "runtime/internal.h"
#include "runtime/record.h"
#include "runtime/sys.h"

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif
#define GRAIN 65536u             /* counters are mapped in multiples of it, and given disk by the page */

static uint64_t round_up(uint64_t n, uint64_t to)
{
    return (n + to - 1) / to * to;
}

/* A file that would pass the program's RLIMIT_FSIZE is not even tried: that would be a SIGXFSZ. */
static long set_length(long fd, uint64_t len)
{
    struct rlimit limit;
    if (farm_sys(SYS_prlimit64, 0, RLIMIT_FSIZE, NULL, &limit) == 0 && len > limit.rlim_cur)
        return -EFBIG;
    return farm_sys(SYS_ftruncate, fd, len);
}

static long write_zeros(long fd, uint64_t from, uint64_t len)
{
    static const char zeros[FARM_PAGE];
    long result = farm_sys(SYS_fallocate, fd, 0, from, len);
    if (result != -EOPNOTSUPP && result != -ENOSYS)
        return result;
    for (uint64_t done = 0; done < len; done += FARM_PAGE)
        if ((result = farm_sys(SYS_pwrite64, fd, zeros, FARM_PAGE, from + done)) != FARM_PAGE)
            return result < 0 ? result : -ENOSPC;
    return 0;
}

/* Gives the mapped range its place on the disk. fd may be -1: it is opened where an old kernel makes it necessary. */
static long populate(long fd, void *at, uint64_t len, uint64_t file_offset)
{
    long result = farm_sys(SYS_madvise, at, len, MADV_POPULATE_WRITE);
    if (result != -EINVAL)
        return result;
    long opened = fd < 0 ? farm_record_reopen() : fd;
    if (opened < 0)
        return opened;
    result = write_zeros(opened, file_offset, len);
    if (fd < 0)
        farm_sys(SYS_close, opened);
    return result;
}

long farm_record_reopen(void)
{
    if (!farm_it.recording || farm_it.sandboxed)
        return -ENOENT;
    long fd = farm_sys(SYS_openat, AT_FDCWD, farm_it.path, O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0);
    struct stat st;
    if (fd >= 0 && farm_sys(SYS_fstat, fd, &st) == 0 && st.st_dev == farm_it.dev && st.st_ino == farm_it.ino)
        return fd;
    if (fd >= 0)
        farm_sys(SYS_close, fd);
    return -ENOENT;
}

static void tell(long error)
{
    bool full = error == -ENOSPC || error == -EFAULT || error == -EDQUOT || error == -EFBIG;
    farm_note(full ? "the disk or a limit has no room for more of the record; what follows is not recorded"
                   : "the record file cannot be reached any more; new threads and files are not recorded", "");
}

/* Appends `len` bytes to the file and maps them at `at` (NULL: anywhere), all but the last `lazy` bytes in place. */
static long append(long fd, void *at, uint64_t file_offset, uint64_t len, uint64_t lazy)
{
    int flags = MAP_SHARED | (at ? MAP_FIXED : 0);
    long mapped = farm_sys(SYS_mmap, at, len, PROT_READ | PROT_WRITE, flags, fd, file_offset);
    if (farm_sys_failed(mapped))
        return mapped;
    long result = populate(fd, (void *)mapped, len - lazy, file_offset);
    if (result < 0) {
        if (!at)
            farm_sys(SYS_munmap, mapped, len);
        return result;
    }
    return mapped;
}

static void fill_head(struct farm_chunk *chunk, enum farm_kind kind, size_t len)
{
    chunk->kind = kind;
    chunk->head_len = FARM_CHUNK_HEAD;
    chunk->len = len;
}

static long chunk_in_file(size_t len)
{
    long fd = farm_record_reopen();
    if (fd < 0)
        return fd;
    uint64_t offset = farm_it.header->file_len;
    long result = set_length(fd, offset + len);
    if (result >= 0)
        result = append(fd, NULL, offset, len, 0);
    farm_sys(SYS_close, fd);
    return result;
}

struct farm_chunk *farm_record_chunk(enum farm_kind kind, size_t len)
{
    long at = farm_it.recording ? chunk_in_file(len) : -ENOENT;
    if (farm_sys_failed(at)) {
        if (farm_it.recording)
            tell(at);
        struct farm_chunk *plain = farm_pages(len);
        if (plain)
            fill_head(plain, kind, len);
        return plain;
    }
    fill_head((void *)at, kind, len);
    __atomic_store_n(&farm_it.header->file_len, farm_it.header->file_len + len, __ATOMIC_RELEASE);
    if (farm_it.chunk_count < sizeof farm_it.chunks / sizeof *farm_it.chunks) {
        farm_it.chunks[farm_it.chunk_count].at = (void *)at;
        farm_it.chunks[farm_it.chunk_count++].len = len;
    }
    return (void *)at;
}

static long counters_in_file(struct farm_block *block, uint64_t from, uint64_t to, uint64_t end)
{
    long fd = farm_record_reopen();
    if (fd < 0)
        return fd;
    uint64_t offset = farm_it.header->file_len, body = end - from;
    struct farm_chunk head = {FARM_COUNTERS, FARM_PAGE, FARM_PAGE + body, body, block->number, from};
    long result = set_length(fd, offset + head.len);
    if (result >= 0)
        result = farm_sys(SYS_pwrite64, fd, &head, sizeof head, offset);
    if (result >= 0)
        result = append(fd, (char *)block + FARM_PAGE + from, offset + FARM_PAGE, body, end - to);
    farm_sys(SYS_close, fd);
    if (farm_sys_failed(result))
        return result;
    __atomic_store_n(&farm_it.header->file_len, offset + head.len, __ATOMIC_RELEASE);
    return (long)(offset + FARM_PAGE);
}

static bool plain_counters(struct farm_block *block, uint64_t from, uint64_t to)
{
    long at = farm_sys(SYS_mmap, (char *)block + FARM_PAGE + from, to - from, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
    return !farm_sys_failed(at);
}

/* The part of the newest chunk that has had no place on the disk so far. */
static bool fill_chunk(struct farm_block *block, uint64_t from, uint64_t to)
{
    if (!block->chunk_file)
        return true;
    char *at = (char *)block + FARM_PAGE + from;
    long result = populate(-1, at, to - from, block->chunk_file + from - block->chunk_start);
    if (result >= 0)
        return true;
    tell(result);
    return plain_counters(block, from, to);
}

bool farm_record_counters(struct farm_block *block, uint64_t from, uint64_t to)
{
    if (from < block->chunk_end) {
        uint64_t part = to < block->chunk_end ? to : block->chunk_end;
        if (!fill_chunk(block, from, part))
            return false;
        from = part;
    }
    if (from == to)
        return true;
    uint64_t end = round_up(to, GRAIN) < farm_it.reserve ? round_up(to, GRAIN) : farm_it.reserve;
    long file = farm_it.recording ? counters_in_file(block, from, to, end) : -ENOENT;
    if (farm_sys_failed(file)) {
        if (farm_it.recording)
            tell(file);
        if (!plain_counters(block, from, end))
            return false;
        file = 0;
    }
    block->chunk_file = (uint64_t)file;
    block->chunk_start = from;
    block->chunk_end = end;
    return true;
}

/* ---- the start of a record ---- */

static void *place_chunk(char **at, enum farm_kind kind, const char *rows, size_t used, size_t spare)
{
    struct farm_chunk *chunk = (void *)*at;
    fill_head(chunk, kind, round_up(FARM_CHUNK_HEAD + used + spare, FARM_PAGE));
    farm_copy(*at + FARM_CHUNK_HEAD, rows, used);
    chunk->used = used;
    *at += chunk->len;
    return chunk;
}

static size_t core_len(void)
{
    return FARM_PAGE + round_up(FARM_CHUNK_HEAD + farm_it.info_len, FARM_PAGE) +
           round_up(FARM_CHUNK_HEAD + farm_it.modules.used + FARM_PAGE / 2, FARM_PAGE) +
           round_up(FARM_CHUNK_HEAD + farm_it.units.used + FARM_PAGE / 2, FARM_PAGE) + FARM_TIMING_CORE;
}

static void fill_core(char *core)
{
    char *at = core + FARM_PAGE;
    place_chunk(&at, FARM_INFO, farm_it.info, farm_it.info_len, 0);
    farm_it.modules.chunk = place_chunk(&at, FARM_MODULES, farm_it.modules.rows, farm_it.modules.used, FARM_PAGE / 2);
    farm_it.units.chunk = place_chunk(&at, FARM_UNITS, farm_it.units.rows, farm_it.units.used, FARM_PAGE / 2);
    for (uint32_t i = 0; i < farm_it.range_count; i++)
        farm_it.ranges[i].entry =
            (void *)((char *)farm_it.modules.chunk + FARM_CHUNK_HEAD + farm_it.ranges[i].master);
    struct farm_chunk *timings = (void *)at;
    fill_head(timings, FARM_TIMINGS, FARM_TIMING_CORE);
    farm_timings.room = farm_timings.taken = farm_timings.chunk_count = 0;
    farm_timing_place(timings);
    at += FARM_TIMING_CORE;
    farm_it.header = (struct farm_header *)core;
    farm_it.core = core;
    farm_it.core_len = (size_t)(at - core);
    farm_header_fill(farm_it.header, farm_it.core_len);
}

void farm_record_name(char *path, size_t cap, uint8_t uuid[16])
{
    static const char digits[] = "0123456789abcdef";
    struct farm_text t = {path, 0, cap};
    farm_sys(SYS_getrandom, uuid, 16, 0);
    uuid[6] = (uint8_t)((uuid[6] & 0x0f) | 0x40);
    uuid[8] = (uint8_t)((uuid[8] & 0x3f) | 0x80);
    farm_add(&t, farm_it.folder);
    farm_add(&t, "/");
    for (int i = 0; i < 16; i++) {
        farm_add_bytes(&t, i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", i == 4 || i == 6 || i == 8 || i == 10);
        farm_add_bytes(&t, &digits[uuid[i] >> 4], 1);
        farm_add_bytes(&t, &digits[uuid[i] & 15], 1);
    }
    farm_add(&t, ".rec");
}

static long create(void)
{
    int flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    long fd = farm_sys(SYS_openat, AT_FDCWD, farm_it.path, flags, 0666);
    if (fd != -ENOENT)
        return fd;
    farm_sys(SYS_mkdirat, AT_FDCWD, farm_it.folder, 0777);
    return farm_sys(SYS_openat, AT_FDCWD, farm_it.path, flags, 0666);
}

static long core_in_file(size_t len)
{
    long fd = create();
    if (fd < 0)
        return fd;
    struct stat st;
    farm_sys(SYS_fstat, fd, &st);
    farm_it.dev = st.st_dev;
    farm_it.ino = st.st_ino;
    long result = set_length(fd, len);
    if (result >= 0)
        result = append(fd, NULL, 0, len, 0);
    farm_sys(SYS_close, fd);
    if (farm_sys_failed(result))
        farm_sys(SYS_unlinkat, AT_FDCWD, farm_it.path, 0);
    return result;
}

bool farm_record_open(void)
{
    size_t len = core_len();
    uint8_t uuid[16];
    farm_record_name(farm_it.path, sizeof farm_it.path, uuid);
    long at = core_in_file(len);
    farm_it.recording = !farm_sys_failed(at);
    if (!farm_it.recording)
        at = (long)farm_pages(len);
    if (!at)
        return false;
    farm_it.chunk_count = 0;
    fill_core((void *)at);
    farm_copy(farm_it.header->uuid, uuid, sizeof uuid);
    if (!farm_it.recording)
        farm_note("nothing is recorded, because no file can be written in ", farm_it.folder);
    return true;
}

/* Frames that go on in a forked child hold addresses of entries for timed calls: they find zeros there. */
static void drop_timings(void *at, size_t len)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
    farm_sys(SYS_mmap, at, len, PROT_READ | PROT_WRITE, flags, -1, 0);
}

/* In a forked child: the parent's record, header and all, is not ours to write. */
void farm_record_drop(void)
{
    farm_copy(farm_it.parent_uuid, farm_it.header->uuid, sizeof farm_it.parent_uuid);
    for (uint32_t i = 0; i < farm_it.chunk_count; i++)
        if (((struct farm_chunk *)farm_it.chunks[i].at)->kind == FARM_TIMINGS)
            drop_timings(farm_it.chunks[i].at, farm_it.chunks[i].len);
        else
            farm_sys(SYS_munmap, farm_it.chunks[i].at, farm_it.chunks[i].len);
    drop_timings((char *)farm_it.core + farm_it.core_len - FARM_TIMING_CORE, FARM_TIMING_CORE);
    farm_sys(SYS_munmap, farm_it.core, farm_it.core_len - FARM_TIMING_CORE);
    farm_it.header = NULL;
}

void *farm_table_add(struct farm_table *t, const void *row, size_t len)
{
    if (t->used + len > t->cap)
        return NULL;
    farm_copy(t->rows + t->used, row, len);
    t->used += len;
    if (!t->chunk)
        return NULL;
    if (FARM_CHUNK_HEAD + t->chunk->used + len > t->chunk->len) {
        struct farm_chunk *more = farm_record_chunk(t->kind, round_up(FARM_CHUNK_HEAD + len, 4 * FARM_PAGE));
        if (!more)
            return NULL;
        t->chunk = more;
    }
    char *at = (char *)t->chunk + FARM_CHUNK_HEAD + t->chunk->used;
    farm_copy(at, row, len);
    __atomic_store_n(&t->chunk->used, t->chunk->used + len, __ATOMIC_RELEASE);
    return at;
}
