/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(struct str *err, const char *what, const char *path)
{
    str_addf(err, "%s %s: %s", what, path, strerror(errno));
    return false;
}

bool file_read(const char *path, struct str *out, struct str *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(err, "cannot open", path);
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        str_reserve(out, (size_t)st.st_size);
    ssize_t got;
    do {
        str_reserve(out, 65536);
        got = read(fd, out->data + out->len, out->cap - out->len - 1);
        if (got > 0)
            out->len += (size_t)got;
    } while (got > 0 || (got < 0 && errno == EINTR));
    out->data[out->len] = 0;
    bool ok = got == 0 || fail(err, "cannot read", path);
    close(fd);
    return ok;
}

static bool write_all(int fd, const char *bytes, size_t len)
{
    while (len) {
        ssize_t put = write(fd, bytes, len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        len -= (size_t)put;
    }
    return true;
}

/* Devices, pipes and what a link stands for: nothing is put in their place. */
static bool write_into(const char *path, const void *bytes, size_t len, struct str *err)
{
    int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    bool ok = fd >= 0 && write_all(fd, bytes, len);
    if (fd >= 0)
        ok = close(fd) == 0 && ok;
    return ok || fail(err, "cannot write", path);
}

static bool is_to_be_replaced(const char *path)
{
    struct stat st;
    return lstat(path, &st) != 0 || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode);
}

bool file_write(const char *path, const void *bytes, size_t len, struct str *err)
{
    if (!is_to_be_replaced(path) && file_exists(path))
        return write_into(path, bytes, len, err);
    char *temporary = str_format("%s.XXXXXX", path);
    int fd = mkostemp(temporary, O_CLOEXEC);
    bool ok = fd >= 0 || fail(err, "cannot create", path);
    if (ok) {
        mode_t mask = umask(0);
        umask(mask);
        ok = write_all(fd, bytes, len) && fchmod(fd, 0666 & ~mask) == 0;
        ok = (close(fd) == 0 && ok && rename(temporary, path) == 0) || fail(err, "cannot write", path);
        if (!ok)
            unlink(temporary);
    }
    free(temporary);
    return ok;
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool file_is_regular(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool file_make_folders(const char *path, struct str *err)
{
    char *copy = str_copy(path);
    bool ok = true;
    for (char *at = copy + 1; ok; at++) {
        char keep = *at;
        if (keep != '/' && keep)
            continue;
        *at = 0;
        ok = mkdir(copy, 0777) == 0 || errno == EEXIST || fail(err, "cannot make folder", copy);
        *at = keep;
        if (!keep)
            break;
    }
    free(copy);
    return ok;
}

char *file_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return str_copy(".");
    return slash == path ? str_copy("/") : str_copy_bytes(path, (size_t)(slash - path));
}

const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *file_absolute(const char *path)
{
    if (path[0] == '/')
        return str_copy(path);
    char *folder = getcwd(NULL, 0);
    char *whole = folder ? str_join_path(folder, path) : str_copy(path);
    free(folder);
    return whole;
}

char *file_in_prefix(const char *below)
{
    char *self = realpath("/proc/self/exe", NULL);
    char *bin = self ? file_folder(self) : str_copy("."), *prefix = file_folder(bin);
    char *path = str_format("%s/%s", prefix, below);
    free(self);
    free(bin);
    free(prefix);
    return path;
}
