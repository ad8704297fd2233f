/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files come in whole and go out whole. Failures are the user's (a path, a disk): false, with a complete
 * sentence in err.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>

#include "base/str.h"

/* Appends the file's bytes to out. */
bool file_read(const char *path, struct str *out, struct str *err);

/* Writes by a temporary file in the same folder and a rename: readers see the old or the new text, never a part. Into
 * devices, pipes and what a symbolic link stands for it writes, and leaves them what they are. */
bool file_write(const char *path, const void *bytes, size_t len, struct str *err);

bool file_exists(const char *path);
bool file_is_regular(const char *path);                    /* reading ends, and waits for nobody */
bool file_make_folders(const char *path, struct str *err);   /* like mkdir -p */
char *file_folder(const char *path);                         /* yours; "." where path names none */
const char *file_name(const char *path);                     /* borrowed: the part behind the last slash */
/* PREFIX/below, where PREFIX is the folder above that of the running program. Yours. */
char *file_in_prefix(const char *below);
char *file_absolute(const char *path);                       /* yours; the working folder joined, nothing resolved */

#endif
