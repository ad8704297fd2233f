/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The gate of a study: `farmdb check` for each point of its first phase. It is run as a command, so that its options,
 * its words and its verdict are the same as anywhere.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/proc.h"
#include "db/cmd/study.h"
#include "db/study/summary.h"

static char *baseline_folder(const struct study *s, const struct check_wish *wish)
{
    if (wish->baseline)
        return file_absolute(wish->baseline);
    char *own = file_absolute(s->path), *beside = file_folder(own);
    char *folder = str_format("%s/%s.baseline", beside, s->name);
    free(own);
    free(beside);
    return folder;
}

/* FOLDER/EXPERIMENT_PARAMETER-VALUE.json */
static char *baseline_file(const char *folder, const struct summary_point *p)
{
    struct str name = STR_INIT;
    str_add(&name, p->experiment);
    for (size_t i = 0; i < p->parameters.list.count; i++)
        str_addf(&name, "_%s-%s", p->parameters.list.items[i].name, p->parameters.list.items[i].value);
    for (char *c = name.data; *c; c++)
        *c = strchr("/ \t'\"", *c) ? '-' : *c;
    char *path = str_format("%s/%s.json", folder, name.data);
    str_release(&name);
    return path;
}

/* "macro_n-100=7,9,11": the runs, under the name of their baseline. */
static char *runs_of(const struct summary_point *p, const char *file)
{
    struct str runs = STR_INIT;
    str_addf(&runs, "%s=", file_name(file));
    runs.data[strcspn(runs.data, ".=")] = 0;
    runs.len = strlen(runs.data);
    str_add(&runs, "=");
    for (size_t i = 0; i < p->runs.list.count; i++)
        str_addf(&runs, "%s%lld", i ? "," : "", (long long)p->runs.list.items[i]);
    return str_detach(&runs);
}

/* farmdb itself, with the same store and format. */
static int ask(const struct context *c, const char *const *words)
{
    VEC(char *) argv = {0};
    char *own = realpath("/proc/self/exe", NULL);
    const char *const head[] = {own ? own : "farmdb", "--db", c->store.path, "--format", c->format->name};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        *vec_push(&argv) = (char *)head[i];
    for (; *words; words++)
        *vec_push(&argv) = (char *)*words;
    vec_push(&argv);
    fflush(stdout);
    int code = proc_code(proc_run(argv.items, NULL, NULL));
    vec_release(&argv);
    free(own);
    return code;
}

static int update(const struct context *c, const char *file, const char *runs)
{
    const char *const words[] = {"export", "baseline", runs, "-o", file, NULL};
    int code = ask(c, words);
    if (code == EXIT_OK)
        warn("wrote %s", file);
    return code;
}

static int judge(const struct context *c, const struct study *s, const struct check_wish *wish, const char *file,
                 const char *runs)
{
    const char *words[10] = {"check", file, runs};
    size_t n = 3;
    char *tolerances = str_join_path(s->folder, s->gate);
    if (*s->gate) {
        words[n++] = "--thresholds";
        words[n++] = tolerances;
    }
    if (wish->github)
        words[n++] = "--github";
    if (wish->markdown) {
        words[n++] = "--markdown";
        words[n++] = wish->markdown;
    }
    int code = EXIT_UNDECIDED;
    if (file_exists(file))
        code = ask(c, words);
    else
        warn("there is no %s: `farmdb study check --update` writes it", file);
    free(tolerances);
    return code;
}

/* A regression is worse than what cannot be read, and that is worse than what cannot be decided. */
static int worse(int a, int b)
{
    static const int order[] = {EXIT_REGRESSION, EXIT_DATA, EXIT_USAGE, EXIT_UNDECIDED};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (a == order[i] || b == order[i])
            return order[i];
    return a ? a : b;
}

int study_check(struct context *c, const struct study *s, const char *results, const struct check_wish *wish)
{
    struct summary summary;
    struct str err = STR_INIT;
    char *path = str_format("%s/phase1/phase1_summary.json", results), *folder = baseline_folder(s, wish);
    int code = EXIT_OK;
    size_t judged = 0;
    if (!summary_read(&summary, path, &err) || (wish->update && !file_make_folders(folder, &err)))
        die(EXIT_DATA, "%s", err.data);
    for (size_t i = 0; i < summary.points.count; i++) {
        const struct summary_point *p = &summary.points.items[i];
        if (p->state != SUMMARY_DONE)
            continue;
        char *file = baseline_file(folder, p), *runs = runs_of(p, file);
        code = worse(code, wish->update ? update(c, file, runs) : judge(c, s, wish, file, runs));
        judged++;
        free(file);
        free(runs);
    }
    if (!judged)
        warn("no point of phase 1 is done: there is nothing to judge");
    summary_release(&summary);
    free(path);
    free(folder);
    return judged ? code : EXIT_UNDECIDED;
}
