/* SPDX-License-Identifier: MIT
 *
 * The exec functions, so that the record tells a program that became another one from one that was killed. Weak: a
 * program's own definitions stand. Each does what libc's does; where it fails, the process runs on as if nothing was.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <unistd.h>

#include "runtime/internal.h"
#include "runtime/sys.h"

#define WEAK __attribute__((weak)) FARM_PUBLIC

static int replace_at(int fd, const char *path, char *const argv[], char *const envp[], int flags)
{
    bool marked = farm_exec_begins();
    long result = fd == AT_FDCWD && !flags ? farm_sys(SYS_execve, path, argv, envp)
                                           : farm_sys(SYS_execveat, fd, path, argv, envp, flags);
    if (marked)
        farm_exec_failed();
    errno = (int)-result;
    return -1;
}

static int replace(const char *path, char *const argv[], char *const envp[])
{
    return replace_at(AT_FDCWD, path, argv, envp, 0);
}

/* A file without a format of its own is a script for sh; path and argv[1...] become its arguments. */
static int run_script(const char *path, char *const argv[], char *const envp[])
{
    size_t count = 0;
    while (argv[count])
        count++;
    const char **all = __builtin_alloca((count + 3) * sizeof *all);
    all[0] = "/bin/sh";
    all[1] = path;
    for (size_t i = 1; i < count; i++)
        all[i + 1] = argv[i];
    all[count > 1 ? count + 1 : 2] = NULL;
    return replace(all[0], (char *const *)all, envp);
}

static int replace_or_script(const char *path, char *const argv[], char *const envp[])
{
    int result = replace(path, argv, envp);
    return errno == ENOEXEC ? run_script(path, argv, envp) : result;
}

static const char *search_path(void)
{
    for (char **e = environ; e && *e; e++)
        if (farm_starts(*e, "PATH="))
            return *e + 5;
    return "/bin:/usr/bin";
}

static bool has_slash(const char *file)
{
    while (*file && *file != '/')
        file++;
    return *file;
}

/* Errors that mean: look in the next folder. */
static bool goes_on(int error)
{
    return error == EACCES || error == ENOENT || error == ESTALE || error == ENOTDIR || error == ENODEV ||
           error == ETIMEDOUT;
}

WEAK int execvpe(const char *file, char *const argv[], char *const envp[])
{
    char path[PATH_MAX + NAME_MAX + 2];
    bool refused = false;
    errno = ENOENT;
    if (!*file)
        return -1;
    if (has_slash(file))
        return replace_or_script(file, argv, envp);
    errno = ENAMETOOLONG;
    if (farm_length(file) > NAME_MAX)
        return -1;
    for (const char *at = search_path(), *end;; at = end + 1) {
        for (end = at; *end && *end != ':'; end++)
            ;
        struct farm_text t = {path, 0, sizeof path};
        farm_add_bytes(&t, at, (size_t)(end - at));
        farm_add(&t, end > at ? "/" : "");
        farm_add(&t, file);
        replace_or_script(path, argv, envp);
        if (!goes_on(errno))
            return -1;
        refused |= errno == EACCES;
        if (!*end)
            break;
    }
    if (refused)
        errno = EACCES;
    return -1;
}

WEAK int execvp(const char *file, char *const argv[])
{
    return execvpe(file, argv, environ);
}

WEAK int execve(const char *path, char *const argv[], char *const envp[])
{
    return replace(path, argv, envp);
}

WEAK int execv(const char *path, char *const argv[])
{
    return replace(path, argv, environ);
}

WEAK int execveat(int fd, const char *path, char *const argv[], char *const envp[], int flags)
{
    return replace_at(fd, path, argv, envp, flags);
}

WEAK int fexecve(int fd, char *const argv[], char *const envp[])
{
    return replace_at(fd, "", argv, envp, AT_EMPTY_PATH);
}

static size_t count_rest(va_list args)
{
    size_t count = 0;
    while (va_arg(args, char *))
        count++;
    return count;
}

static void take_rest(const char **argv, const char *first, size_t count, va_list args)
{
    argv[0] = first;
    for (size_t i = 0; i <= count; i++)
        argv[i + 1] = va_arg(args, char *);
}

/* Puts the words of a call of the execl family into argv, which it declares. */
#define TAKE_WORDS(argv, first, args) \
    va_start(args, first); \
    size_t count = count_rest(args); \
    va_end(args); \
    const char **argv = __builtin_alloca((count + 2) * sizeof *argv); \
    va_start(args, first); \
    take_rest(argv, first, count, args)

WEAK int execl(const char *path, const char *first, ...)
{
    va_list args;
    TAKE_WORDS(argv, first, args);
    va_end(args);
    return replace(path, (char *const *)argv, environ);
}

WEAK int execlp(const char *file, const char *first, ...)
{
    va_list args;
    TAKE_WORDS(argv, first, args);
    va_end(args);
    return execvpe(file, (char *const *)argv, environ);
}

WEAK int execle(const char *path, const char *first, ...)
{
    va_list args;
    TAKE_WORDS(argv, first, args);
    char *const *envp = va_arg(args, char *const *);
    va_end(args);
    return replace(path, (char *const *)argv, envp);
}
