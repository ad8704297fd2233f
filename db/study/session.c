/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each phase is one experiment of the store, whose points are those of the phase: so all that runners do for sweeps
 * (interleaving, locks, limits, going on) holds for studies. What was found is written after each phase.
 */
#include "db/study/session.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "base/source.h"
#include "db/intake/ingest.h"
#include "db/run/runner.h"
#include "db/run/schedule.h"
#include "db/study/build.h"
#include "db/study/guide.h"
#include "db/study/state.h"

struct session {
    struct listener listener;    /* first: hear gets this struct by it */
    struct study *study;
    struct store *store;
    const struct session_wish *wish;
    struct machine machine;
    char *results;               /* absolute */
    struct state state;
    size_t part;                 /* of state: the phase that runs */
    struct experiment *experiment;
    struct session_result result;
};

static char *now_text(void)
{
    char text[32];
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return str_copy(text);
}

static void make_folder(const char *path)
{
    struct str err = STR_INIT;
    if (!file_make_folders(path, &err))
        die(EXIT_DATA, "%s", err.data);
}

static void keep_state(struct session *s)
{
    struct str err = STR_INIT;
    if (!state_write(&s->state, s->results, &err))
        die(EXIT_DATA, "%s", err.data);
}

/* ---- the state that others can read */

static struct state_part *part_of(struct session *s)
{
    return &s->state.parts.items[s->part];
}

static void show_point(struct session *s, size_t i, struct state_point *p)
{
    const struct point *point = &s->experiment->plan.points.items[i];
    p->runs = (double)s->experiment->done.items[i].runs;
    if (point->skipped) {
        p->state = strstr(point->skipped, "time limit") ? SUMMARY_TIMEOUT : SUMMARY_FAILED;
        summary_text(&p->why, point->skipped);
    } else {
        p->state = p->runs >= p->wanted ? SUMMARY_DONE : SUMMARY_LEFT;
    }
}

static void show_points(struct session *s)
{
    for (size_t i = 0; i < part_of(s)->points.count; i++)
        show_point(s, i, &part_of(s)->points.items[i]);
    s->state.seconds_left = schedule_outlook(s->experiment).seconds;
}

static void hear(struct listener *l, size_t point)
{
    struct session *s = (struct session *)l;
    show_points(s);
    if (part_of(s)->points.items[point].state == SUMMARY_LEFT)
        part_of(s)->points.items[point].state = SUMMARY_RUNNING;
    keep_state(s);
}

static double repeats(const struct session *s, int phase)
{
    const struct study_wish *w = &s->wish->study;
    return w->check && phase == 1 ? s->study->check_repeats
         : w->quick               ? s->study->quick_repeats
                                  : s->study->repeats;
}

static void begin_part(struct session *s, const struct phase *p, const struct study_points *points)
{
    struct state_part *part = part_of(s);
    part->state = STATE_RUNNING;
    for (size_t i = 0; i < part->points.count; i++) {
        free(part->points.items[i].experiment);
        free(part->points.items[i].parameters);
        free(part->points.items[i].why);
    }
    vec_clear(&part->points);
    for (size_t i = 0; i < points->list.count; i++) {
        struct str name = STR_INIT;
        study_point_name(&points->list.items[i], &name);
        *vec_push(&part->points) =
            (struct state_point){str_copy(points->list.items[i].experiment->name), str_detach(&name), str_copy(""),
                                 SUMMARY_LEFT, 0, repeats(s, p->number)};
    }
}

/* ---- running */

static void add_point(struct session *s, struct plan *plan, const struct study_point *p)
{
    char *label = str_format("%s/%s", s->study->name, p->experiment->name);
    char *words[] = {"sh", "-c", p->command, NULL};
    struct point *point = plan_point(plan, label, words);
    point_set(point, "experiment", p->experiment->name);
    for (size_t i = 0; i < p->experiment->set.list.count; i++)
        point_set(point, p->experiment->set.list.items[i].name, p->experiment->set.list.items[i].values.items[0]);
    for (size_t i = 0; i < p->varied.count; i++)
        point_set(point, p->varied.items[i].name, p->varied.items[i].value);
    free(label);
}

static void make_plan(struct session *s, const struct phase *phase, const struct study_points *points, struct plan *p)
{
    plan_init(p, "study");
    if (getrandom(&p->seed, 4, 0) != 4)
        die(EXIT_DATA, "no random numbers to be had");
    p->runs = repeats(s, phase->number);
    /* A warm-up records nothing, and lines that are timed exactly are slow then: each entry asks whether to begin. */
    p->warmups = phase == &phase_line && s->study->exact_lines ? 0 : s->study->warmup;
    p->time_limit = s->study->timeout_s;
    p->skip_failures = true;
    for (size_t i = 0; i < s->study->metrics.count; i++)
        *vec_push(&p->metrics) = str_copy(s->study->metrics.items[i]);
    for (size_t i = 0; i < points->list.count; i++)
        add_point(s, p, &points->list.items[i]);
}

/* An experiment that was begun goes on, with the points that it has. */
static void open_experiment(struct session *s, const struct phase *p, const struct study_points *points,
                            struct experiment *e)
{
    struct str err = STR_INIT;
    struct plan plan;
    int64_t *id = &part_of(s)->experiment;
    if (!*id || !experiment_load(s->store->db, *id, "study", e, &err)) {
        make_plan(s, p, points, &plan);
        experiment_init(e, &plan);
        experiment_begin(s->store->db, e);
        *id = e->id;
    }
    str_clear(&err);
    if (!experiment_claim(s->store, e, &err))
        die(EXIT_DATA, "%s", err.data);
    for (size_t i = 0; i < points->list.count && i < e->plan.points.count; i++) {
        const struct study_point *from = &points->list.items[i];
        e->plan.points.items[i].time_limit = from->experiment->timeout_s;
        e->plan.points.items[i].prepare = study_fill(s->study, from, s->study->prepare);
    }
}

static struct runner_result run_points(struct session *s, struct experiment *e)
{
    struct launcher *launcher = launch_local();
    s->experiment = e;
    struct runner_result r = runner_run(s->store, e, launcher, &s->machine, s->wish->progress, &s->listener);
    launcher->close(launcher);
    show_points(s);
    return r;
}

/* ---- what came of it */

static void sort_runs(struct session *s, int64_t experiment, struct study_points *points)
{
    struct sql_stmt *q = store_prepare(s->store->db, "study_runs");
    sql_bind_int(q, "experiment", experiment);
    while (sql_step(q)) {
        struct study_point *p = &points->list.items[sql_int(q, 0) - 1];
        if (sql_int(q, 2))
            *vec_push(&p->runs) = sql_int(q, 1);
        else
            *vec_push(&p->failed_runs) = sql_int(q, 1);
    }
    sql_done(q);
}

static char *disproof(struct session *s, const struct study_point *p, const struct study_proof *proof, int64_t run)
{
    struct study_point one = {.experiment = p->experiment};
    struct study_results r = {.store = s->store};
    struct study_values v;
    *vec_push(&one.runs) = run;
    study_metric(&r, &one, proof->metric, &v);
    char *text = study_run_text(s->store->db, run, proof->metric), *why = NULL;
    char *said = text ? text : v.list.count ? str_format("%.15g", v.list.items[0]) : NULL;
    char *wanted = proof->equals ? study_fill(s->study, p, proof->equals) : NULL;
    if (!said)
        why = str_format("run %lld did not say %s", (long long)run, proof->metric);
    else if (wanted && strcmp(wanted, said) != 0)
        why = str_format("%s is %s in run %lld, not %s", proof->metric, said, (long long)run, wanted);
    else if (!isnan(proof->at_least) && !(strtod(said, NULL) >= proof->at_least))
        why = str_format("%s is %s in run %lld, not at least %g", proof->metric, said, (long long)run, proof->at_least);
    else if (!isnan(proof->at_most) && !(strtod(said, NULL) <= proof->at_most))
        why = str_format("%s is %s in run %lld, not at most %g", proof->metric, said, (long long)run, proof->at_most);
    free(said);
    free(wanted);
    study_values_release(&v);
    vec_release(&one.runs);
    return why;
}

static void judge_point(struct session *s, const struct state_point *shown, struct study_point *p)
{
    p->state = shown->state;
    if (*shown->why)
        p->why = str_copy(shown->why);
    for (size_t i = 0; p->state == SUMMARY_DONE && i < p->experiment->proofs.count; i++)
        for (size_t k = 0; !p->why && k < p->runs.count; k++)
            p->why = disproof(s, p, &p->experiment->proofs.items[i], p->runs.items[k]);
    if (p->state == SUMMARY_DONE && p->why)
        p->state = SUMMARY_UNPROVEN;
}

static void judge_points(struct session *s, struct study_points *points)
{
    sort_runs(s, part_of(s)->experiment, points);
    for (size_t i = 0; i < points->list.count; i++) {
        struct study_point *p = &points->list.items[i];
        struct state_point *shown = &part_of(s)->points.items[i];
        judge_point(s, shown, p);
        shown->state = p->state;
        summary_text(&shown->why, p->why ? p->why : "");
        s->result.points++;
        if (p->state == SUMMARY_DONE)
            continue;
        s->result.undone++;
        warn("%s, %s: %s: %s", p->experiment->name, shown->parameters, summary_state_name(p->state),
             p->why ? p->why : "no runs");
    }
}

static void note_points(const struct study_points *points, struct summary *out)
{
    for (size_t i = 0; i < points->list.count; i++) {
        const struct study_point *p = &points->list.items[i];
        struct summary_point *to = summary_point(out, p->experiment->name, p->state, p->why ? p->why : "");
        summary_text(&to->command, p->command);
        for (size_t k = 0; k < p->varied.count; k++)
            summary_parameter(&to->parameters, p->varied.items[k].name, p->varied.items[k].value);
        for (size_t k = 0; k < p->runs.count; k++)
            summary_run(&to->runs, p->runs.items[k]);
        for (size_t k = 0; k < p->failed_runs.count; k++)
            summary_run(&to->runs, p->failed_runs.items[k]);
    }
}

/* When its first run began and how long they went on. */
static void note_times(struct session *s, struct summary *out)
{
    struct sql_stmt *q = store_prepare(s->store->db, "study_times");
    sql_bind_int(q, "experiment", part_of(s)->experiment);
    if (sql_step(q) && !sql_is_null(q, 0)) {
        summary_text(&out->started, sql_text(q, 0));
        out->seconds = sql_real(q, 1);
    }
    sql_done(q);
}

static void note_machine(const struct session *s, struct summary *out)
{
    summary_text(&out->machine.host, s->machine.host);
    summary_text(&out->machine.kernel, s->machine.kernel);
    summary_text(&out->machine.cpu, s->machine.cpu);
    summary_text(&out->machine.governor, s->machine.governor);
    out->machine.cores = s->machine.cores;
    summary_text(&out->commit, s->machine.commit);
    out->dirty = s->machine.dirty;
}

static void evaluate(struct session *s, const struct phase *p, struct study_points *points)
{
    struct summary summary;
    struct str err = STR_INIT;
    char *folder = str_format("%s/phase%d", s->results, p->number);
    struct study_results r = {s->study, &s->wish->study, s->store, folder, points, &summary};
    summary_init(&summary, s->study->name, p->number, p->title);
    summary.quick = s->wish->study.quick;
    note_machine(s, &summary);
    note_times(s, &summary);
    note_points(points, &summary);
    make_folder(folder);
    p->evaluate(&r);
    if (!summary_write(&summary, folder, &err))
        die(EXIT_DATA, "%s", err.data);
    summary_release(&summary);
    free(folder);
}

/* What was done before the study was gone on with. */
static void count_done(struct session *s)
{
    for (size_t i = 0; i < part_of(s)->points.count; i++) {
        s->result.points++;
        s->result.undone += part_of(s)->points.items[i].state != SUMMARY_DONE;
    }
    s->result.experiments[part_of(s)->number - 1] = part_of(s)->experiment;
}

/* False: a signal came. */
static bool run_phase(struct session *s, const struct phase *p)
{
    struct study_points points;
    struct experiment e;
    bool exact = p == &phase_line && s->study->exact_lines;
    if (exact)
        build_program(s->study, s->results, true);
    phase_points(p, s->study, &s->wish->study, &points);
    if (exact)
        study_place(s->study, s->results);
    begin_part(s, p, &points);
    if (!points.list.count) {
        part_of(s)->state = STATE_DONE;
        study_points_release(&points);
        return true;
    }
    open_experiment(s, p, &points, &e);
    keep_state(s);
    s->result.experiments[p->number - 1] = e.id;
    struct runner_result r = run_points(s, &e);
    bool whole = r.end == RUNNER_FINISHED;
    part_of(s)->state = whole ? STATE_DONE : STATE_INTERRUPTED;
    if (whole) {
        s->result.living = ingest_pending(s->store).living;
        judge_points(s, &points);
        evaluate(s, p, &points);
    } else {
        s->result.code = r.code;
        warn("%s after %zu runs of phase %d; `farmdb study --resume` goes on",
             r.end == RUNNER_INTERRUPTED ? "interrupted" : "stopped", e.runs, p->number);
    }
    s->experiment = NULL;
    keep_state(s);
    experiment_release(&e);
    study_points_release(&points);
    return whole;
}

/* ---- from the beginning, or from where it was left */

static char *hash_of(const struct study *study)
{
    struct str text = STR_INIT, err = STR_INIT;
    if (!file_read(study->path, &text, &err))
        die(EXIT_DATA, "%s", err.data);
    char *hash = str_format("%016llx", (unsigned long long)source_hash64(text.data, text.len, 0));
    str_release(&text);
    return hash;
}

static void new_state(struct session *s)
{
    const struct study_wish *w = &s->wish->study;
    s->state = (struct state){str_copy(s->study->name), file_absolute(s->study->path), str_copy(s->store->path),
                              hash_of(s->study), now_text(), w->quick, w->check,
                              str_copy(w->component ? w->component : ""), str_copy(w->function ? w->function : ""),
                              0, 0, -1, {0}};
    for (int i = 0; i < STUDY_PHASES; i++)
        if (s->wish->phases[i])
            *vec_push(&s->state.parts) = (struct state_part){.number = i + 1};
}

static void old_state(struct session *s)
{
    struct str err = STR_INIT;
    if (!state_read(&s->state, s->results, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    char *hash = hash_of(s->study);
    if (strcmp(hash, s->state.hash) != 0)
        die(EXIT_UNDECIDED, "%s changed since its study began: begin anew, without --resume", s->study->path);
    free(hash);
}

static void claim(struct session *s)
{
    struct state other;
    struct str err = STR_INIT;
    if (state_read(&other, s->results, &err) && state_alive(&other) && other.pid != getpid())
        die(EXIT_DATA, "process %lld is at work on a study in %s", (long long)other.pid, s->results);
    state_release(&other);
    str_release(&err);
}

static void open_session(struct session *s)
{
    struct str err = STR_INIT;
    make_folder(s->results);
    study_place(s->study, s->results);
    make_folder(s->study->out);
    make_folder(s->study->scratch);
    claim(s);
    if (s->wish->resume)
        old_state(s);
    else
        new_state(s);
    s->state.pid = getpid();
    s->state.pid_started = state_process_start(getpid());
    guide_write(s->results);
    if (!store_open(s->store, &err))
        die(EXIT_DATA, "%s", err.data);
    if (!s->store->writable)
        die(EXIT_DATA, "the store %s cannot be written to: no permission for it or its folder", s->store->path);
    if (chdir(s->study->folder) != 0)
        die(EXIT_DATA, "cannot go to %s: %s", s->study->folder, strerror(errno));
    machine_look(&s->machine);
    build_put_ours_first();
}

/* Phase 3 has a program of its own where lines are timed exactly. */
static bool only_exact(const struct session *s)
{
    bool others = false;
    for (size_t i = 0; i < s->state.parts.count; i++)
        others = others || s->state.parts.items[i].number != phase_line.number;
    return s->study->exact_lines && !others;
}

struct session_result session_run(struct study *study, struct store *store, const struct session_wish *wish)
{
    struct session s = {.listener = {hear}, .study = study, .store = store, .wish = wish,
                        .results = file_absolute(wish->results)};
    open_session(&s);
    if (!only_exact(&s))
        build_program(study, s.results, false);
    bool whole = true;
    for (s.part = 0; whole && s.part < s.state.parts.count; s.part++)
        if (part_of(&s)->state == STATE_DONE)
            count_done(&s);
        else
            whole = run_phase(&s, phase_find(part_of(&s)->number));
    s.state.pid = 0;
    keep_state(&s);
    if (whole && s.result.undone)
        s.result.code = EXIT_UNDECIDED;
    state_release(&s.state);
    machine_release(&s.machine);
    free(s.results);
    return s.result;
}
