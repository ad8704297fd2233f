/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/path.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

/* Takes the last component off `out`; a leading ".." of a relative path stays. */
static void step_up(struct str *out)
{
    const char *slash = strrchr(out->data, '/');
    const char *last = slash ? slash + 1 : out->data;
    if (!*last || strcmp(last, "..") == 0) {
        if (out->len != 1 || out->data[0] != '/')
            str_add(out, out->len ? "/.." : "..");
        return;
    }
    size_t len = slash ? (size_t)(slash - out->data) : 0;
    out->len = slash == out->data ? 1 : len;
    out->data[out->len] = 0;
}

char *path_normal(const char *folder, const char *path)
{
    char *whole = str_join_path(folder, path);
    struct str out = STR_INIT;
    if (whole[0] == '/')
        str_add_char(&out, '/');
    for (const char *at = whole; *at;) {
        size_t len = strcspn(at, "/");
        if (len == 2 && at[0] == '.' && at[1] == '.') {
            step_up(&out);
        } else if (len && !(len == 1 && at[0] == '.')) {
            if (out.len && out.data[out.len - 1] != '/')
                str_add_char(&out, '/');
            str_add_bytes(&out, at, len);
        }
        at += len + strspn(at + len, "/");
    }
    free(whole);
    if (!out.len)
        str_add_char(&out, '.');
    return str_detach(&out);
}

const char *path_inside(const char *folder, const char *path)
{
    size_t len = strlen(folder);
    if (len > 1 && strncmp(path, folder, len) == 0 && path[len] == '/')
        return path + len + 1;
    return path;
}

bool path_ends(const char *path, const char *tail)
{
    size_t path_len = strlen(path), tail_len = strlen(tail);
    if (tail_len > path_len || strcmp(path + path_len - tail_len, tail) != 0)
        return false;
    return tail_len == path_len || tail[0] == '/' || path[path_len - tail_len - 1] == '/';
}
