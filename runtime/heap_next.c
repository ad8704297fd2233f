/* SPDX-License-Identifier: MIT
 *
 * The allocator that the program would use without us: its own, where it defines one, else the next one in the order of
 * the dynamic linker, which may be one that was preloaded. Looked up at the very first call, before anything else runs.
 */
#include <dlfcn.h>
#include <errno.h>

#include "runtime/heap.h"
#include "runtime/sys.h"

#define LENT_BYTES 16384u

extern void *dlsym(void *handle, const char *name) __attribute__((weak));

static bool looking;

/* The dynamic linker may allocate while it looks: out of here, and never freed. */
static char lent[LENT_BYTES] __attribute__((aligned(16)));
static size_t lent_used;

static void *lend(size_t size)
{
    size_t at = (lent_used + 15) & ~(size_t)15;
    if (size > sizeof lent - at)
        return NULL;
    lent_used = at + size;
    return lent + at;
}

static bool is_lent(const void *address)
{
    return (const char *)address >= lent && (const char *)address < lent + sizeof lent;
}

static void free_others(void *address);
static void (*next_free)(void *);
static void *(*next_malloc)(size_t);
static void *(*next_realloc)(void *, size_t);

/* In place of `free` and `realloc` while and after something was lent: that is hardly ever. */
static void free_others(void *address)
{
    if (!is_lent(address) && next_free)
        next_free(address);
}

static void *realloc_others(void *old, size_t size)
{
    if (!is_lent(old))
        return next_realloc(old, size);
    size_t most = (size_t)(lent + sizeof lent - (char *)old);
    void *now = next_malloc(size);
    if (now)
        farm_copy(now, old, size < most ? size : most);
    return now;
}

static void *no_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

/* ---- the table before the first call ---- */
static bool find_all(void);

#define FIRST(type, name, parameters, arguments, otherwise) \
    static type first_##name parameters \
    { \
        return find_all() ? farm_heap_next.name arguments : otherwise; \
    }
FIRST(void *, malloc, (size_t size), (size), lend(size))
FIRST(void *, calloc, (size_t count, size_t size), (count, size), lend(count * size))
FIRST(void *, realloc, (void *old, size_t size), (old, size), old ? no_memory() : lend(size))
FIRST(void *, reallocarray, (void *old, size_t count, size_t size), (old, count, size), no_memory())
FIRST(int, posix_memalign, (void **out, size_t alignment, size_t size), (out, alignment, size), ENOMEM)
FIRST(void *, aligned_alloc, (size_t alignment, size_t size), (alignment, size), no_memory())
FIRST(void *, memalign, (size_t alignment, size_t size), (alignment, size), no_memory())
FIRST(void *, valloc, (size_t size), (size), no_memory())
FIRST(void *, pvalloc, (size_t size), (size), no_memory())

static void first_free(void *address)
{
    if (find_all())
        farm_heap_next.free(address);
}

#define FIRST_ENTRY(type, name, parameters, arguments) first_##name,
struct farm_heap_table farm_heap_next = {FARM_HEAP_CALLS(FIRST_ENTRY)};

/* ---- what it becomes ---- */
#define ABSENT(type, name, parameters, arguments) \
    static type absent_##name parameters \
    { \
        return (type)(intptr_t)no_memory(); \
    }
ABSENT(void *, reallocarray, (void *old, size_t count, size_t size), )
ABSENT(void *, aligned_alloc, (size_t alignment, size_t size), )
ABSENT(void *, memalign, (size_t alignment, size_t size), )
ABSENT(void *, valloc, (size_t size), )
ABSENT(void *, pvalloc, (size_t size), )

static int absent_posix_memalign(void **out, size_t alignment, size_t size)
{
    return ENOMEM;
}

/* A definition behind --wrap that is not ours is the program's own, or, in a static program, libc's. */
#define FIND(type, name, parameters, arguments) \
    if (&farm_heap_real_##name && !(&farm_heap_named && farm_heap_real_##name == farm_heap_named.name)) \
        found.name = farm_heap_real_##name; \
    else if (dlsym) \
        found.name = (type (*) parameters)dlsym(RTLD_NEXT, #name);
#define FILL(name) \
    if (!found.name) \
        found.name = absent_##name;

static bool find_all(void)
{
    struct farm_heap_table found;
    if (looking)
        return false;
    looking = true;
    int saved = errno;
    farm_zero(&found, sizeof found);
    FARM_HEAP_CALLS(FIND)
    FILL(reallocarray)
    FILL(posix_memalign)
    FILL(aligned_alloc)
    FILL(memalign)
    FILL(valloc)
    FILL(pvalloc)
    next_free = found.free;
    next_malloc = found.malloc;
    next_realloc = found.realloc;
    if (lent_used) {
        found.free = free_others;
        found.realloc = realloc_others;
    }
    farm_copy(&farm_heap_next, &found, sizeof found);
    looking = false;
    errno = saved;
    return true;
}

enum farm_heap_reach farm_heap_reach(void)
{
    const struct farm_range *mine = farm_modules_of(&farm_heap_next);
    if (mine && mine->index)
        return FARM_HEAP_PLUGIN;
    bool own = &farm_heap_named && &farm_heap_real_malloc && farm_heap_real_malloc != farm_heap_named.malloc;
    return own ? FARM_HEAP_OWN : FARM_HEAP_ALL;
}

/* Others take the place of nearly all names of libc's allocator, but not of this one: it lies where that lies. */
extern int malloc_info(int options, void *stream) __attribute__((weak));

bool farm_heap_is_libc(void)
{
    find_all();
    const struct farm_range *module = farm_modules_of((const void *)(uintptr_t)farm_heap_next.malloc);
    return &malloc_info && module && module == farm_modules_of((const void *)(uintptr_t)&malloc_info);
}
