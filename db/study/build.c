/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/msg.h"
#include "base/proc.h"

#define TAIL_LINES 15            /* of a build that failed */

void build_put_ours_first(void)
{
    char *own = realpath("/proc/self/exe", NULL), *folder = file_folder(own ? own : "/usr/bin/farmdb");
    const char *old = getenv("PATH");
    char *path = str_format("%s:%s", folder, old ? old : "/usr/local/bin:/usr/bin:/bin");
    setenv("PATH", path, 1);
    free(path);
    free(folder);
    free(own);
}

static void print_tail(const char *text)
{
    const char *from = text + strlen(text);
    for (int lines = 0; from > text; from--)
        if (from[-1] == '\n' && ++lines > TAIL_LINES)
            break;
    fprintf(stderr, "%s%s", from, *from && text[strlen(text) - 1] != '\n' ? "\n" : "");
}

/* The functions' names as farmcc takes them: FILE:NAME without its file. */
static void ask_exact(const struct study *s)
{
    struct str names = STR_INIT;
    for (size_t i = 0; i < s->functions.count; i++) {
        const char *colon = strrchr(s->functions.items[i].is, ':');
        str_addf(&names, "%s%s", i ? "," : "", colon ? colon + 1 : s->functions.items[i].is);
    }
    setenv("FARM_TIME", "exact", 1);
    setenv("FARM_FUNCTION", names.data, 1);
    str_release(&names);
}

static void run(const struct study *s, const char *log)
{
    struct study_point defaults = {0};
    struct str said = STR_INIT, err = STR_INIT;
    char *command = study_fill(s, &defaults, s->build), *both = str_format("{ %s\n} 2>&1", command);
    char *words[] = {"sh", "-c", both, NULL};
    struct proc_result r = proc_run(words, &said, NULL);
    if (!file_write(log, said.data, said.len, &err))
        die(EXIT_DATA, "%s", err.data);
    if (proc_code(r) != 0) {
        print_tail(said.data);
        die(EXIT_DATA, "%s does not build: `%s` ended with status %d (%s)", s->name, command, proc_code(r), log);
    }
    free(command);
    free(both);
    str_release(&said);
}

void build_program(struct study *s, const char *results, bool exact)
{
    struct str err = STR_INIT;
    char *log = str_join_path(results, exact ? "build-exact.log" : "build.log");
    if (exact) {
        free(s->out);
        s->out = str_join_path(results, "build-exact");
        if (!file_make_folders(s->out, &err))
            die(EXIT_DATA, "%s", err.data);
        ask_exact(s);
    }
    if (*s->build)
        run(s, log);
    if (exact) {
        unsetenv("FARM_TIME");
        unsetenv("FARM_FUNCTION");
    }
    free(log);
}
