/* SPDX-License-Identifier: MIT
 *
 * Strings without libc.
 */
#include <fcntl.h>

#include "runtime/internal.h"
#include "runtime/sys.h"

size_t farm_length(const char *s)
{
    size_t len = 0;
    while (s[len])
        len++;
    return len;
}

bool farm_equal(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}

bool farm_starts(const char *s, const char *prefix)
{
    while (*prefix && *s == *prefix)
        s++, prefix++;
    return !*prefix;
}

void farm_add_bytes(struct farm_text *t, const char *bytes, size_t len)
{
    size_t room = t->cap - 1 - t->len;
    len = len < room ? len : room;
    farm_copy(t->data + t->len, bytes, len);
    t->len += len;
    t->data[t->len] = 0;
}

void farm_add(struct farm_text *t, const char *s)
{
    farm_add_bytes(t, s, farm_length(s));
}

void farm_add_number(struct farm_text *t, uint64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + n % 10);
    while (n /= 10);
    farm_add_bytes(t, digits + at, sizeof digits - at);
}

static unsigned digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a') + 10;
    return 99;
}

uint64_t farm_number(const char **at, unsigned base)
{
    uint64_t n = 0;
    for (; digit_value(**at) < base; ++*at)
        n = n * base + digit_value(**at);
    return n;
}

long farm_read_file(const char *path, char *buffer, size_t cap)
{
    long fd = farm_sys(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
    if (fd < 0)
        return fd;
    size_t len = 0;
    long got = 0;
    while (len < cap - 1 && (got = farm_sys(SYS_read, fd, buffer + len, cap - 1 - len)) > 0)
        len += (size_t)got;
    farm_sys(SYS_close, fd);
    buffer[len] = 0;
    return got < 0 ? got : (long)len;
}
