/* SPDX-License-Identifier: MIT
 *
 * Modules that were loaded without registering anything (a plug-in without counters): found by the helper in /proc,
 * because the dynamic loader's own list cannot be read by it. The helper shares the program's memory, so /proc/self
 * is the program's map.
 */
#include <elf.h>
#include <fcntl.h>
#include <link.h>

#include "runtime/internal.h"
#include "runtime/sys.h"

struct line {
    uint64_t start, end, offset;
    bool executable;
    const char *path;            /* "" where there is none */
};

static struct line parse(const char *at)
{
    struct line l;
    l.start = farm_number(&at, 16);
    at += *at == '-';
    l.end = farm_number(&at, 16);
    l.executable = farm_length(at) > 4 && at[3] == 'x';
    at += farm_length(at) > 6 ? 6 : 0;
    l.offset = farm_number(&at, 16);
    while (*at && *at != '/')
        at++;
    l.path = at;
    return l;
}

/* The mapping with the ELF header comes before the code of the same file. */
static void add_image(const char *path, uint64_t start)
{
    const ElfW(Ehdr) *head = (const void *)start;
    if (!farm_readable(start) || !farm_starts((const char *)head, ELFMAG) || head->e_phoff > FARM_PAGE)
        return;
    const ElfW(Phdr) *ph = (const void *)(start + head->e_phoff);
    for (unsigned i = 0; i < head->e_phnum; i++)
        if (ph[i].p_type == PT_LOAD && ph[i].p_offset == 0) {
            struct farm_image image = {path, start - ph[i].p_vaddr, ph, head->e_phnum};
            farm_modules_add(&image);
            return;
        }
}

struct reader {
    long fd;
    char text[FARM_PAGE + PATH_MAX];
    size_t len, at;
};

/* The next line, NUL-terminated; NULL at the end. */
static char *next_line(struct reader *r)
{
    for (size_t i = r->at;; i++) {
        if (i == r->len) {
            farm_copy(r->text, r->text + r->at, r->len - r->at);
            i -= r->at;
            r->len -= r->at;
            r->at = 0;
            long got = farm_sys(SYS_read, r->fd, r->text + r->len, sizeof r->text - r->len);
            if (got <= 0)
                return NULL;
            r->len += (size_t)got;
        }
        if (r->text[i] == '\n') {
            char *line = r->text + r->at;
            r->text[i] = 0;
            r->at = i + 1;
            return line;
        }
    }
}

void farm_maps_refresh(void)
{
    static struct reader r;      /* only the helper comes here */
    static char path[PATH_MAX];
    uint64_t header = 0;
    r.fd = farm_sys(SYS_openat, AT_FDCWD, "/proc/self/maps", O_RDONLY | O_CLOEXEC, 0);
    r.len = r.at = 0;
    path[0] = 0;
    char *text;
    while (r.fd >= 0 && (text = next_line(&r))) {
        struct line l = parse(text);
        if (*l.path != '/')
            continue;
        if (l.offset == 0) {
            struct farm_text t = {path, 0, sizeof path};
            farm_add(&t, l.path);
            header = l.start;
        }
        if (l.executable && header && farm_equal(path, l.path) && !farm_modules_at(l.start + (l.end - l.start) / 2))
            add_image(path, header);
    }
    if (r.fd >= 0)
        farm_sys(SYS_close, r.fd);
}
