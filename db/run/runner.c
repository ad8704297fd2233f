/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/runner.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/proc.h"
#include "db/argv.h"
#include "db/run/meter.h"
#include "db/run/schedule.h"
#include "db/select.h"

/* What timeout(1) returns. */
#define EXIT_TIMED_OUT 124

/* Of what a failed command said last. */
#define TAIL_BYTES 2000

/* How often somebody looks whether it is their turn, and how often what is printed is passed on. */
#define LOOK_MS 50

struct running {
    struct measure *measure;
    size_t point, pass, beside;
};

struct runner {
    struct store *store;
    struct experiment *e;
    struct launcher *launcher;
    const struct machine *machine;
    struct listener *listener;   /* NULL: none */
    struct watch watch;
    struct meter meter;
    struct schedule schedule;
    VEC(struct running) running;
    VEC(bool) ready;             /* by point: setup and warm-up are over */
    int in, out;                 /* of commands; -1: ours */
    int jobs;
    int64_t began_ns;            /* monotonic; with spent_s: what we cost beside the runs themselves */
    double spent_s;
    bool stopped;
    struct runner_result result;
};

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * (int64_t)1000000000 + now.tv_nsec;
}

static const struct point *point_of(const struct runner *r, size_t point)
{
    return &r->e->plan.points.items[point];
}

static void name_point(const struct runner *r, size_t point, struct str *out)
{
    const struct point *p = point_of(r, point);
    for (size_t i = 0; i < p->settings.count; i++)
        str_addf(out, "%s%s=%s", i ? ", " : "", p->settings.items[i].name, p->settings.items[i].value);
    if (!p->settings.count && *p->label)
        str_add(out, p->label);
    else if (!p->settings.count)
        str_add(out, strcmp(p->argv[0], "sh") == 0 && p->argv[1] && p->argv[2] ? p->argv[2] : p->argv[0]);
}

static void show_progress(struct runner *r, size_t point)
{
    struct outlook left = schedule_outlook(r->e);
    struct str text = STR_INIT;
    if (!meter_due(&r->meter))
        return;
    str_addf(&text, "%zu of %zu runs", r->e->runs, r->e->runs + left.left);
    str_add(&text, ", now ");
    name_point(r, point, &text);
    if (left.seconds >= 0) {
        double elapsed = (double)(now_ns() - r->began_ns) / 1e9;
        double factor = r->spent_s > 0 ? elapsed / r->spent_s : 1;
        long seconds = (long)(left.seconds * factor);
        str_addf(&text, ", about %ld:%02ld left", seconds / 60, seconds % 60);
    }
    meter_show(&r->meter, text.data);
    str_release(&text);
}

static void stop(struct runner *r, enum runner_end end, int code)
{
    if (!r->stopped)
        r->result = (struct runner_result){end, code};
    r->stopped = true;
}

/* The first signal asks what runs to end, the second does not ask. */
static void heed_signals(struct runner *r)
{
    bool typed;
    int number = r->launcher->asked(r->launcher, &typed);
    if (!number)
        return;
    r->launcher->send(r->launcher, r->stopped ? SIGKILL : number);
    stop(r, RUNNER_INTERRUPTED, 128 + number);
}

/* The next job that ends. */
static struct job *wait_for_job(struct runner *r, size_t point)
{
    for (;;) {
        struct job *job = r->launcher->wait(r->launcher, r->meter.on ? LOOK_MS * 4 : -1);
        heed_signals(r);
        if (job)
            return job;
        show_progress(r, point);
    }
}

/* The program is named unless `what` does so. */
static void say_ended(const struct job *job, const char *what, struct str *out)
{
    const struct outcome *o = &job->outcome;
    bool named = strstr(what, job->argv[0]);
    if (!o->started)
        str_addf(out, "cannot be started: %s%s%s", named ? "" : job->argv[0], named ? "" : ": ",
                 strerror(o->error_number));
    else if (o->timed_out)
        str_add(out, "ran into its time limit");
    else {
        str_add(out, "ended with ");
        select_ended(WIFSIGNALED(o->status) ? "signal" : "exit",
                     WIFSIGNALED(o->status) ? WTERMSIG(o->status) : WEXITSTATUS(o->status), out);
    }
}

int runner_code(const struct outcome *o)
{
    struct proc_result result = {o->status, o->started, o->error_number};
    return o->timed_out ? EXIT_TIMED_OUT : proc_code(result);
}

static bool succeeded(const struct outcome *o)
{
    return o->started && !o->timed_out && WIFEXITED(o->status) && WEXITSTATUS(o->status) == 0;
}

/* Says that `what` failed, with the end of what it printed on stderr, and stops. */
static void fail(struct runner *r, const char *what, const char *hint, const struct measure *m)
{
    struct str ended = STR_INIT, tail = STR_INIT;
    say_ended(&m->job, what, &ended);
    if (m->err >= 0)
        printed_tail(m->err, TAIL_BYTES, &tail);
    meter_clear(&r->meter);
    warn("%s %s%s%s", what, ended.data, hint, tail.len ? "; it said:" : "");
    if (tail.len)
        fprintf(stderr, "%s%s", tail.data, tail.data[tail.len - 1] == '\n' ? "" : "\n");
    stop(r, RUNNER_FAILED, runner_code(&m->job.outcome));
    str_release(&ended);
    str_release(&tail);
}

static double time_limit(const struct runner *r, size_t point)
{
    double own = point_of(r, point)->time_limit;
    return own > 0 ? own : r->e->plan.time_limit;
}

static struct measure *new_measure(struct runner *r, size_t point, bool recording)
{
    const struct point *p = point_of(r, point);
    struct measure *m = xcalloc(1, sizeof *m);
    measure_init(m, &r->watch);
    m->job.argv = p->argv;
    m->job.in = r->in;
    m->job.out = r->out;
    m->job.own_group = true;
    m->job.time_limit = time_limit(r, point);
    m->err = r->out < 0 ? -1 : printed_open();
    m->job.err = m->err;
    measure_set(m, "FARM_LABEL", NULL);
    if (!recording)
        measure_set(m, "FARM_OFF", "1");
    for (size_t i = 0; i < p->settings.count; i++) {
        char *name = str_format("FARM_PARAM_%s", p->settings.items[i].name);
        measure_set(m, name, p->settings.items[i].value);
        free(name);
    }
    return m;
}

static void free_measure(struct measure *m)
{
    measure_release(m);
    free(m);
}

/* Runs to its end what is not timed; nothing else runs meanwhile. */
static void run_helper(struct runner *r, struct measure *m, size_t point)
{
    if (measure_start(m, &r->watch, r->launcher))
        wait_for_job(r, point);
}

/* One of the plan's texts, as a command. `what` it is, if it fails. */
static void run_text(struct runner *r, const char *what, const char *text, size_t point)
{
    if (!*text)
        return;
    char *filled = point_fill(point_of(r, point), text);
    char *shell[] = {"sh", "-c", filled, NULL};
    char **words = r->e->plan.no_shell ? argv_split(filled) : NULL;
    struct measure *m = new_measure(r, point, false);
    m->job.argv = words ? words : shell;
    m->job.time_limit = 0;
    run_helper(r, m, point);
    if (!succeeded(&m->job.outcome) && !(r->stopped && r->result.end == RUNNER_INTERRUPTED))
        fail(r, what, "", m);
    free_measure(m);
    argv_free(words);
    free(filled);
}

/* Runs of a point that is larger than one that took too long are not tried. */
static void skip_from(struct runner *r, size_t point)
{
    struct str why = STR_INIT, larger = STR_INIT;
    str_addf(&why, "ran into the time limit of %g s", time_limit(r, point));
    name_point(r, point, &larger);
    str_addf(&larger, " %s", why.data);
    experiment_skip(r->store->db, r->e, point, why.data);
    for (size_t i = 0; i < r->e->plan.points.count && !r->e->plan.no_skip; i++)
        if (!point_of(r, i)->skipped && point_larger(point_of(r, i), point_of(r, point)))
            experiment_skip(r->store->db, r->e, i, larger.data);
    str_release(&why);
    str_release(&larger);
}

/* The last line that it printed on stderr, where it said something. */
static void skip_failed(struct runner *r, const struct measure *m, size_t point)
{
    struct str why = STR_INIT, tail = STR_INIT;
    say_ended(&m->job, "", &why);
    if (m->err >= 0)
        printed_tail(m->err, TAIL_BYTES, &tail);
    while (tail.len && tail.data[tail.len - 1] == '\n')
        tail.data[--tail.len] = 0;
    const char *line = strrchr(tail.data, '\n');
    if (tail.len)
        str_addf(&why, ": %s", line ? line + 1 : tail.data);
    experiment_skip(r->store->db, r->e, point, why.data);
    str_release(&why);
    str_release(&tail);
}

/* What becomes of the experiment after a run of this kind; false: the run is no repeat of its point. */
static bool accept(struct runner *r, const struct measure *m, size_t point)
{
    const struct outcome *o = &m->job.outcome;
    bool limits = strcmp(r->e->plan.kind, "record") != 0 || r->e->plan.ignore_failures;
    if (r->stopped && r->result.end == RUNNER_INTERRUPTED && !succeeded(o))
        return false;
    if (o->timed_out && limits) {
        skip_from(r, point);
        return true;
    }
    if (succeeded(o) || (o->started && r->e->plan.ignore_failures))
        return true;
    if (r->e->plan.skip_failures) {
        skip_failed(r, m, point);
        return o->started;
    }
    struct str what = STR_INIT;
    name_point(r, point, &what);
    fail(r, what.data, o->started ? " (-i goes on, --output inherit shows what it prints)" : "", m);
    str_release(&what);
    return false;
}

static const char *prepare_of(const struct runner *r, size_t point)
{
    const char *own = point_of(r, point)->prepare;
    return own ? own : r->e->plan.prepare;
}

static void prepare(struct runner *r, size_t point)
{
    if (!r->stopped && !point_of(r, point)->skipped)
        run_text(r, "the prepare command", prepare_of(r, point), point);
}

static void warm_up(struct runner *r, size_t point)
{
    for (double i = 0; i < r->e->plan.warmups && !r->stopped && !point_of(r, point)->skipped; i++) {
        prepare(r, point);
        if (r->stopped)
            return;
        struct measure *m = new_measure(r, point, false);
        run_helper(r, m, point);
        accept(r, m, point);
        free_measure(m);
    }
}

/* A run that is no repeat of anything is kept all the same, without the label. */
static void keep_apart(struct runner *r, struct measure *m)
{
    struct sql *db = r->store->db;
    m->recorded.label = "";
    sql_run(db, "BEGIN IMMEDIATE");
    recorded_put(db, &m->recorded, r->machine);
    sql_run(db, "COMMIT");
}

static void keep(struct runner *r, const struct running *run)
{
    struct measure *m = run->measure;
    m->recorded.label = point_of(r, run->point)->label;
    experiment_note(r->store->db, r->e, r->machine,
                    &(struct noted){run->point, run->pass, run->beside, &m->recorded, m->found.list.items,
                                    m->found.list.count});
    r->spent_s += (double)m->recorded.wall_ns / 1e9;
}

/* Waits for one of the runs under way and keeps it. */
static void finish_one(struct runner *r)
{
    struct job *job = wait_for_job(r, r->running.items[0].point);
    size_t at = 0;
    while (&r->running.items[at].measure->job != job)
        at++;
    struct running run = r->running.items[at];
    r->running.items[at] = r->running.items[--r->running.count];
    bool alone = r->running.count > 0 || turn_end(&r->watch.turn);
    measure_end(run.measure, &r->watch, alone);
    if (accept(r, run.measure, run.point))
        keep(r, &run);
    else
        keep_apart(r, run.measure);
    free_measure(run.measure);
}

static void drain(struct runner *r)
{
    while (r->running.count)
        finish_one(r);
}

/* Until no other repeated runs of this user are timed. */
static void wait_for_turn(struct runner *r)
{
    while (!r->stopped && !turn_take(&r->watch.turn)) {
        r->launcher->wait(r->launcher, LOOK_MS);
        heed_signals(r);
        if (meter_due(&r->meter))
            meter_show(&r->meter, "waiting for the runs of another farmdb to end");
    }
}

/* What comes before a run of this point, with nothing else going on. */
static void make_ready(struct runner *r, size_t point)
{
    if (r->ready.items[point] && !*prepare_of(r, point))
        return;
    drain(r);
    if (!r->ready.items[point] && !r->stopped) {
        run_text(r, "the setup command", r->e->plan.setup, point);
        r->ready.items[point] = true;
        warm_up(r, point);
    }
    prepare(r, point);
}

static void pad(const struct runner *r, struct measure *m, size_t point, size_t pass)
{
    char filling[PLAN_PADDING];
    m->recorded.padding = (int64_t)plan_padding(&r->e->plan, point, pass);
    memset(filling, 'x', sizeof filling);
    filling[m->recorded.padding] = 0;
    measure_set(m, "FARM_PAD", filling);
}

static void start_one(struct runner *r, size_t point, size_t pass)
{
    if (r->listener && !r->running.count)
        r->listener->hear(r->listener, point);
    make_ready(r, point);
    if (!r->running.count && !r->stopped)
        wait_for_turn(r);
    if (r->stopped || point_of(r, point)->skipped) {
        if (!r->running.count)
            turn_end(&r->watch.turn);
        return;
    }
    struct measure *m = new_measure(r, point, true);
    pad(r, m, point, pass);
    if ((r->watch.metrics.list.count || r->watch.metrics.json) && r->out >= 0)
        m->job.out = m->out = printed_open();
    if (!measure_start(m, &r->watch, r->launcher)) {
        if (!r->running.count)
            turn_end(&r->watch.turn);
        accept(r, m, point);
        free_measure(m);
        return;
    }
    struct running run = {m, point, pass, r->running.count};
    for (size_t i = 0; i < r->running.count; i++)
        r->running.items[i].beside++;
    *vec_push(&r->running) = run;
    show_progress(r, point);
}

static int open_stream(const char *name, int flags)
{
    if (strcmp(name, "inherit") == 0)
        return -1;
    const char *path = strcmp(name, "null") == 0 ? "/dev/null" : name;
    int fd = open(path, flags | O_CLOEXEC, 0666);
    if (fd < 0)
        die(EXIT_USAGE, "cannot open %s for the command: %s", path, strerror(errno));
    return fd;
}

static void open_runner(struct runner *r, bool progress)
{
    struct plan *p = &r->e->plan;
    struct str err = STR_INIT;
    if (!metrics_open(&r->watch.metrics, p->metrics.items, p->metrics.count, &err))
        die(EXIT_USAGE, "%s", err.data);
    r->in = open_stream(p->input, O_RDONLY);
    r->out = open_stream(p->output, O_WRONLY | O_CREAT | O_APPEND);
    r->jobs = (int)p->jobs;
    r->watch.beside = r->jobs > 1;
    r->watch.store = r->store->path;
    turn_open(&r->watch.turn);
    meter_open(&r->meter, progress);
    schedule_open(&r->schedule, r->e);
    for (size_t i = 0; i < p->points.count; i++)
        vec_push(&r->ready);
    r->began_ns = now_ns();
}

static void close_runner(struct runner *r)
{
    for (size_t i = 0; i < r->ready.count; i++)
        if (r->ready.items[i])
            run_text(r, "the cleanup command", r->e->plan.cleanup, i);
    meter_clear(&r->meter);
    schedule_close(&r->schedule);
    turn_close(&r->watch.turn);
    metrics_close(&r->watch.metrics);
    vec_release(&r->running);
    vec_release(&r->ready);
    if (r->in >= 0)
        close(r->in);
    if (r->out >= 0)
        close(r->out);
}

struct runner_result runner_run(struct store *store, struct experiment *e, struct launcher *l, const struct machine *m,
                                bool progress, struct listener *listener)
{
    struct runner r = {.store = store, .e = e, .launcher = l, .machine = m, .listener = listener};
    size_t point, pass;
    open_runner(&r, progress);
    while (!r.stopped && schedule_next(&r.schedule, &point, &pass)) {
        start_one(&r, point, pass);
        while (r.running.count >= (size_t)r.jobs)
            finish_one(&r);
    }
    drain(&r);
    if (!r.stopped)
        experiment_finish(store->db, e);
    close_runner(&r);
    return r.result;
}

/* Ours, but for what the terminal sent to both of us. */
static void pass_on_signals(struct measure *m, struct launcher *l)
{
    bool typed;
    int number = l->asked(l, &typed);
    if (number && (!typed || m->job.own_group))
        l->send(l, number);
}

bool runner_once(struct measure *m, struct watch *w, struct launcher *l)
{
    size_t passed_on = 0;
    bool started, ended = false;
    turn_begin(&w->turn);
    started = measure_start(m, w, l);
    while (started && !ended) {
        ended = l->wait(l, m->out >= 0 ? LOOK_MS : -1) != NULL;
        if (m->out >= 0)
            printed_pass_on(m->out, &passed_on, STDOUT_FILENO);
        pass_on_signals(m, l);
    }
    bool alone = turn_end(&w->turn);
    if (started)
        measure_end(m, w, alone);
    return started;
}
