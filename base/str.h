/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A growable byte string. `data` is never NULL and always NUL-terminated after str_init or STR_INIT, also when empty;
 * it may hold NUL bytes, `len` counts them. Running out of memory ends the program (base/msg.h).
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct str {
    char *data;
    size_t len, cap;             /* cap 0: data points to a constant empty string */
};

extern char str_empty[1];
#define STR_INIT {str_empty, 0, 0}

void str_init(struct str *s);
void str_release(struct str *s);                       /* frees, then as after str_init; accepts a zeroed struct */
void str_clear(struct str *s);                         /* empty, memory kept */
void str_reserve(struct str *s, size_t more);
void str_add(struct str *s, const char *text);
void str_add_bytes(struct str *s, const void *bytes, size_t len);
void str_add_char(struct str *s, char c);
void str_addf(struct str *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(struct str *s, const char *format, va_list args);
char *str_detach(struct str *s);                       /* yours to free; s is empty afterwards */

/* One allocation each; yours to free; never NULL. */
char *str_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *str_copy(const char *text);
char *str_copy_bytes(const char *bytes, size_t len);
char *str_join_path(const char *directory, const char *name);   /* name alone where it is absolute */

bool str_ends(const char *text, const char *end);

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t size);

#endif
