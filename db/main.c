/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/nearest.h"
#include "base/vec.h"
#include "db/cmd.h"
#include "db/intake/ingest.h"
#include "db/pager.h"

/* In the order of the help: making runs, looking at one, telling several apart, a study, the store, everything else. */
static const struct cmd *const commands[] = {
    &cmd_record, &cmd_sweep,
    &cmd_report, &cmd_top, &cmd_leaks, &cmd_flame, &cmd_show, &cmd_html, &cmd_live,
    &cmd_compare, &cmd_check, &cmd_log, &cmd_scale,
    &cmd_study, &cmd_matrix, &cmd_plan,
    &cmd_runs, &cmd_label, &cmd_rm, &cmd_gc, &cmd_merge, &cmd_ingest, &cmd_sql,
    &cmd_export, &cmd_import, &cmd_env, &cmd_doctor,
    NULL,
};
#define MANY 1e15                /* more than there are of anything; fits any integer */
enum { COMMAND_COUNT = sizeof commands / sizeof *commands - 1 };

static const char *db_option, *format_option = "text", *color_option = "auto";
static double watch_option = NAN;
static bool want_help, want_version;

static const struct opt global_options[] = {
    {0, "db", OPT_TEXT, &db_option, "FILE", "the store (else FARM_DB, the nearest farm.db)"},
    {0, "format", OPT_TEXT, &format_option, "FORMAT", "text, csv, json, md, html or quickfix"},
    {0, "color", OPT_TEXT, &color_option, "WHEN", "auto, always or never"},
    {0, "watch", OPT_NUMBER, &watch_option, "SECONDS", "answer again and again: report, top, runs, show"},
    {'h', "help", OPT_FLAG, &want_help, NULL, "this text"},
    {0, "version", OPT_FLAG, &want_version, NULL, "the version"},
    {0},
};

static void print_commands(FILE *out)
{
    fprintf(out, "farmdb: what a program built with farmcc did, line by line\n\n"
                 "usage: farmdb [OPTION...] COMMAND [ARGUMENT...]\n\ncommands:\n");
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
    fprintf(out, "\noptions of every command:\n");
    opt_usage(global_options, out);
    fprintf(out,
            "\nRUN is a number from `farmdb runs`, 3..9, a label or a pattern of labels (all\n"
            "their runs), @latest, @latest~N, a git commit (HEAD~N, commit:REV),\n"
            "experiment:N, several of these with commas, and with PARAMETER=VALUE only runs\n"
            "with it; NAME=RUN gives it a name. Without it the latest run is meant.\n"
            "`farmdb help COMMAND` tells more.\n"
            "Exit status: 0 fine, 1 worse (check), 2 usage, 3 undecided, 4 data.\n");
}

static void print_command(const struct cmd *cmd, FILE *out)
{
    fprintf(out, "usage: farmdb %s%s%s\n\n%s\n", cmd->name, *cmd->args ? " " : "", cmd->args, cmd->summary);
    if (cmd->options) {
        fprintf(out, "\noptions:\n");
        opt_usage(cmd->options, out);
    }
    if (cmd->details)
        fprintf(out, "\n%s\n", cmd->details);
}

static const struct cmd *find_command(const char *name)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return strcmp(name, cmd_completion.name) == 0 ? &cmd_completion : NULL;
}

static const struct cmd *must_find(const char *name)
{
    const struct cmd *found = find_command(name);
    if (found)
        return found;
    struct nearest near = nearest_to(name, strlen(name));
    for (int i = 0; i < COMMAND_COUNT; i++)
        nearest_offer(&near, commands[i]->name);
    die(EXIT_USAGE, "no command '%s'%s%s%s; `farmdb help` lists them", name, near.name ? " (" : "",
        near.name ? near.name : "", near.name ? "?)" : "");
}

static size_t terminal_width(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO))
        return 0;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

static bool color_wanted(void)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    if (strcmp(color_option, "always") == 0)
        return true;
    if (strcmp(color_option, "never") == 0 || (no && *no))
        return false;
    return isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0;
}

static void context_init(struct context *c)
{
    *c = (struct context){0};
    c->format = format_find(format_option);
    if (!c->format)
        die(EXIT_USAGE, "no format '%s': %s", format_option, format_names());
    if (strcmp(color_option, "auto") != 0 && strcmp(color_option, "always") != 0 && strcmp(color_option, "never") != 0)
        die(EXIT_USAGE, "--color is auto, always or never, not '%s'", color_option);
    c->look = (struct look){color_wanted(), terminal_width()};
    if (db_option && !*db_option)
        die(EXIT_USAGE, "--db takes the name of a file");
    store_locate(&c->store, db_option);
}

const struct cmd *const *cmd_all(void)
{
    return commands;
}

const struct opt *cmd_global_options(void)
{
    return global_options;
}

size_t cmd_count(const char *option, double value)
{
    if (!(value >= 1) || value != floor(value))
        die(EXIT_USAGE, "--%s takes a whole number from 1 on, not %g", option, value);
    return value < MANY ? (size_t)value : (size_t)MANY;
}

void cmd_draw(struct chart *chart, const char *path)
{
    struct str err = STR_INIT;
    if (!chart_write(chart, path, &err))
        die(EXIT_DATA, "%s", err.data);
    chart_release(chart);
}

void cmd_answer(struct context *c, struct doc *d)
{
    FILE *pager = c->paged && !c->format->programs ? pager_open() : NULL;
    if (pager)
        c->format->write(d, &c->look, pager);
    if (!pager || !pager_close(pager))
        c->format->write(d, &c->look, stdout);
    doc_release(d);
}

void cmd_open_store(struct context *c)
{
    struct str err = STR_INIT;
    size_t unread = 0;
    if (!store_exists(&c->store) && !ingest_waiting(&c->store))
        die(EXIT_UNDECIDED,
            "nothing recorded: there is no %s; run a program that was built with farmcc, or `farmdb doctor`",
            c->store.path);
    if (!store_open(&c->store, &err))
        die(EXIT_DATA, "%s", err.data);
    if (c->store.writable)
        c->living = ingest_pending(&c->store).living;
    else
        unread = ingest_waiting(&c->store);
    if (unread)
        warn("the store %s cannot be written to: %zu record%s beside it not included", c->store.path, unread,
             unread > 1 ? "s" : "");
    if (c->living)
        warn("%zu recorded process%s still run%s: not included", c->living, c->living > 1 ? "es" : "",
             c->living > 1 ? "" : "s");
}

void cmd_must_write(const struct context *c)
{
    if (!c->store.writable)
        die(EXIT_DATA, "the store %s cannot be written to: no permission for it or its folder", c->store.path);
}

/* A full disk must not look like success. */
static int finish(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    warn("cannot write the answer: %s", strerror(errno));
    return status == EXIT_OK ? EXIT_DATA : status;
}

/* The command's own options and the global ones in one table, since both may stand anywhere. */
static void parse_options(const struct cmd *cmd, int *argc, char **argv)
{
    VEC(struct opt) table = {0};
    struct str err = STR_INIT;
    for (const struct opt *o = cmd->options; o && o->name; o++)
        *vec_push(&table) = *o;
    for (const struct opt *o = global_options; o->name; o++)
        *vec_push(&table) = *o;
    vec_push(&table);
    if (!opt_parse(table.items, cmd->stops_at_word, argc, argv, &err))
        die(EXIT_USAGE, "%s: %s", cmd->name, err.data);
    vec_release(&table);
}

/* Becomes `man` with the command's page; returns where there is no man, or no page beside the program. */
static void show_page(const struct cmd *cmd)
{
    static const char *const endings[] = {"", ".gz"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char *below = str_format("share/man/man1/farmdb-%s.1%s", cmd->name, endings[i]), *page = file_in_prefix(below);
        char *const words[] = {"man", "-l", page, NULL};
        if (file_exists(page))
            execvp(words[0], words);
        free(below);
        free(page);
    }
}

static int help(int argc, char **argv)
{
    const struct cmd *cmd = argc ? must_find(argv[0]) : NULL;
    if (cmd && !want_help)
        show_page(cmd);
    if (cmd)
        print_command(cmd, stdout);
    else
        print_commands(stdout);
    return EXIT_OK;
}

static int answer(const struct cmd *cmd, int argc, char **argv)
{
    struct context c;
    context_init(&c);
    c.paged = cmd != &cmd_live;          /* which draws over its own answers */
    if (cmd->needs == NEEDS_STORE)
        cmd_open_store(&c);
    int status = cmd->run(&c, argc, argv);
    store_release(&c.store);
    return status;
}

/* Each answer is that of a child, so that it begins afresh; ours is the loop. */
static int watch(const struct cmd *cmd, int argc, char **argv)
{
    static const struct cmd *const watched[] = {&cmd_report, &cmd_top, &cmd_runs, &cmd_show, &cmd_leaks};
    size_t i = 0, count = sizeof watched / sizeof *watched;
    while (i < count && watched[i] != cmd)
        i++;
    if (i == count || !(watch_option >= 0.1))
        die(EXIT_USAGE, i == count ? "--watch goes with report, top, runs, show and leaks"
                                   : "--watch takes a number of seconds from 0.1 on");
    setenv("FARM_PAGER", "", 1);
    for (;;) {
        printf(isatty(STDOUT_FILENO) ? "\033[H\033[2J" : "");
        fflush(stdout);
        pid_t child = fork();
        if (child == 0)
            exit(finish(answer(cmd, argc, argv)));
        int status = 0;
        if (child < 0 || waitpid(child, &status, 0) != child)
            return EXIT_DATA;
        if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_USAGE)
            return EXIT_USAGE;
        nanosleep(&(struct timespec){(time_t)watch_option, (long)(fmod(watch_option, 1) * 1e9)}, NULL);
    }
}

static int run(const struct cmd *cmd, int argc, char **argv)
{
    parse_options(cmd, &argc, argv);
    if (want_help) {
        print_command(cmd, stdout);
        return EXIT_OK;
    }
    return isnan(watch_option) ? answer(cmd, argc, argv) : watch(cmd, argc, argv);
}

int main(int argc, char **argv)
{
    struct str err = STR_INIT;
    msg_tool = "farmdb";
    argc--;
    argv++;
    if (!opt_parse(global_options, true, &argc, argv, &err))
        die(EXIT_USAGE, "%s", err.data);
    if (!argc || (strcmp(argv[0], cmd_record.name) != 0 && strcmp(argv[0], cmd_sweep.name) != 0))
        signal(SIGPIPE, SIG_DFL);        /* whoever reads has seen enough; record's program finds it as it was */
    if (want_version) {
        printf("farmdb %s\n", FARM_TOOL_VERSION);
        return finish(EXIT_OK);
    }
    if (want_help || (argc && strcmp(argv[0], "help") == 0))
        return finish(help(argc ? argc - 1 : 0, argv + 1));
    if (!argc) {
        print_commands(stderr);
        return EXIT_USAGE;
    }
    return finish(run(must_find(argv[0]), argc - 1, argv + 1));
}
