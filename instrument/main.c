/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * farmcc: a C compiler that counts. Decides whether a command is the real compiler's alone; build.c does the rest.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "instrument/build.h"
#include "instrument/complete.h"
#include "instrument/probe.h"
#include "instrument/stats.h"
#include "instrument/temp.h"
#include "instrument/version.h"

enum { NESTING_LIMIT = 8 };

/* A script named cc that calls farmcc, with farmcc looking for cc, would go on for ever. */
static void check_nesting(void)
{
    const char *text = getenv("FARM_NESTING");
    long depth = text ? strtol(text, NULL, 10) : 0;
    if (depth >= NESTING_LIMIT)
        die(EXIT_USAGE, "the real compiler calls farmcc again; set FARM_CC to another one");
    char *next = str_format("%ld", depth + 1);
    setenv("FARM_NESTING", next, 1);
    free(next);
}

/* Becomes the real compiler. */
static _Noreturn void pass_on(const struct job *j, const char *why)
{
    struct words command = {0};
    job_say(j, "passed on: %s", why);
    job_command(j, &command);
    for (char **word = j->words; *word; word++)
        job_word(&command, *word);
    *vec_push(&command.list) = NULL;
    execvp(command.list.items[0], command.list.items);
    die(EXIT_NOT_FOUND, "cannot run '%s'", command.list.items[0]);
}

/* Why the command needs nothing from us; NULL if it does. */
static const char *why_pass(const struct job *j)
{
    const struct args *a = &j->args;
    if (j->settings.off)
        return "switched off";
    if (a->pass)
        return a->pass;
    if (probe_is(a, j->directory))
        return "a configure probe";
    if (a->untouched && a->mode == ARGS_LINK && (args_c_count(a) || !(a->seen & CC_SHARED)))
        return a->untouched;
    return NULL;
}

/* Meson takes every name with "armcc" in it for Arm's compiler, whose way to ask for the version no other one knows. */
static void ask_plainly(char **words)
{
    static char version[] = "--version";
    if (words[0] && !words[1] && strcmp(words[0], "--vsn") == 0)
        words[0] = version;
}

static int tell(const char *called_as, const struct settings *s)
{
    if (s->help)
        settings_help(stdout);
    else if (!s->completion)
        version_print(called_as, s, stdout);
    else if (!complete_print(s->completion, stdout))
        die(EXIT_USAGE, "--farm-completion takes bash or zsh, not '%s'", s->completion);
    return fflush(stdout) == 0 ? EXIT_OK : EXIT_DATA;
}

int main(int argc, char **argv)
{
    msg_tool = "farmcc";
    struct job j = {0};
    struct str err = STR_INIT;
    if (!settings_read(&j.settings, argv, &err))
        die(EXIT_USAGE, "%s", err.data);
    if (j.settings.help || j.settings.version || j.settings.completion) {
        int code = tell(argv[0], &j.settings);
        settings_release(&j.settings);
        return code;
    }
    j.words = argv + 1;
    if (j.settings.stats) {
        if (!*j.words)
            die(EXIT_USAGE, "--farm-stats needs files: objects, archives or programs");
        int code = stats_print(j.words, j.settings.verbose, stdout);
        settings_release(&j.settings);
        return code;
    }
    check_nesting();
    if (!compiler_find(argv[0], j.settings.cc, &j.words, &j.compiler, &err))
        die(EXIT_NOT_FOUND, "%s", err.data);
    ask_plainly(j.words);
    j.directory = get_current_dir_name();
    args_parse(j.words, j.compiler.cxx, &j.args);
    const char *why = j.directory ? why_pass(&j) : "no working directory";
    if (why || !temp_open(&err))
        pass_on(&j, why ? why : err.data);
    setenv("FARMCC", "off", 1);
    int shown = j.settings.show ? build_show(&j) : EXIT_OK;
    struct proc_result r = j.settings.show ? (struct proc_result){.started = true} : build_run(&j);
    temp_close();
    args_release(&j.args);
    compiler_release(&j.compiler);
    settings_release(&j.settings);
    free(j.directory);
    if (j.settings.show)
        return fflush(stdout) == 0 ? shown : EXIT_DATA;
    proc_exit_like(r);
}
