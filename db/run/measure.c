/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/measure.h"

#include <stdlib.h>
#include <unistd.h>

void measure_init(struct measure *m, const struct watch *w)
{
    *m = (struct measure){.job = {.in = -1, .out = -1, .err = -1}, .out = -1, .err = -1, .contaminated = STR_INIT,
                          .recorded = {.label = "", .others = -1}};
    recorded_uuid(m->recorded.uuid);
    measure_set(m, "FARM_RUN", m->recorded.uuid);
    measure_set(m, "FARM_DB", w->store);
}

static void close_file(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void measure_release(struct measure *m)
{
    for (size_t i = 0; i < m->environment.count; i++)
        free(m->environment.items[i]);
    vec_release(&m->environment);
    settings_release(&m->found);
    str_release(&m->contaminated);
    close_file(&m->out);
    close_file(&m->err);
}

void measure_set(struct measure *m, const char *name, const char *value)
{
    *vec_push(&m->environment) = value ? str_format("%s=%s", name, value) : str_copy(name);
}

bool measure_start(struct measure *m, struct watch *w, struct launcher *l)
{
    *vec_push(&m->environment) = NULL;
    m->job.environment = m->environment.items;
    m->recorded.argv = m->job.argv;
    m->recorded.load = load_average();
    load_read(&m->before);
    if (!w->earlier.clock_ns)
        w->earlier = m->before;
    return l->start(l, &m->job);
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* Short runs are judged by what went on since the last judgement. */
static double others(struct measure *m, struct watch *w)
{
    struct load_reading now;
    load_read(&now);
    double alone = load_others(&m->before, &now), since = load_others(&w->earlier, &now);
    if (alone >= 0 || since >= 0)
        w->earlier = now;
    return alone >= 0 ? alone : since;
}

static void judge_load(struct measure *m, struct watch *w)
{
    const struct outcome *o = &m->job.outcome;
    int cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
    double own = (seconds(o->usage.ru_utime) + seconds(o->usage.ru_stime)) / ((double)o->wall_ns / 1e9);
    m->recorded.others = others(m, w);
    if (load_disturbs(m->recorded.others, own, cores))
        str_addf(&m->contaminated, "others kept %.1f of %d cores busy", m->recorded.others, cores);
}

void measure_end(struct measure *m, struct watch *w, bool alone)
{
    const struct outcome *o = &m->job.outcome;
    m->recorded.started_ns = o->started_ns;
    m->recorded.wall_ns = o->wall_ns;
    m->recorded.status = o->status;
    m->recorded.timed_out = o->timed_out ? m->job.time_limit : 0;
    m->recorded.usage = o->usage;
    if (!w->beside)
        judge_load(m, w);
    if (!alone)
        str_addf(&m->contaminated, "%sanother recording went on", m->contaminated.len ? "; " : "");
    m->recorded.contaminated = m->contaminated.data;
    if (m->out >= 0)
        metrics_find(&w->metrics, m->out, &m->found);
    if (m->err >= 0)
        metrics_find(&w->metrics, m->err, &m->found);
}
