/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paths as text: the same file gets the same name, whoever named it (compiler, debug information, user). Nothing is
 * looked up on disk, where the file may be gone.
 */
#ifndef DB_PATH_H
#define DB_PATH_H

#include <stdbool.h>

/* folder/path without "." and ".." and double slashes; path alone where it is absolute. Yours to free. */
char *path_normal(const char *folder, const char *path);

/* Where `path` is inside `folder`: the rest; else `path` itself. Borrowed from `path`. */
const char *path_inside(const char *folder, const char *path);

/* Does `path` end with the whole components of `tail`? "src/a.c" ends with "a.c" and not with "c". */
bool path_ends(const char *path, const char *tail);

#endif
