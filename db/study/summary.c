/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {
    [SUMMARY_PROGRAM] = "program", [SUMMARY_COMPONENT] = "component", [SUMMARY_FUNCTION] = "function",
    [SUMMARY_LINE] = "line", [SUMMARY_SERIES] = "series",
};
static const char *const states[] = {
    [SUMMARY_LEFT] = "left", [SUMMARY_RUNNING] = "running", [SUMMARY_DONE] = "done", [SUMMARY_FAILED] = "failed",
    [SUMMARY_TIMEOUT] = "timeout", [SUMMARY_UNPROVEN] = "proof failed",
};

const char *summary_kind_name(enum summary_kind k)
{
    return kinds[k];
}

const char *summary_state_name(enum summary_state s)
{
    return states[s];
}

static bool find_name(const char *const *names, size_t count, const char *name, int *out)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            *out = (int)i;
            return true;
        }
    }
    return false;
}

bool summary_kind_find(const char *name, enum summary_kind *out)
{
    int k;
    bool found = find_name(kinds, sizeof kinds / sizeof *kinds, name, &k);
    *out = found ? (enum summary_kind)k : SUMMARY_PROGRAM;
    return found;
}

bool summary_state_find(const char *name, enum summary_state *out)
{
    int k;
    bool found = find_name(states, sizeof states / sizeof *states, name, &k);
    *out = found ? (enum summary_state)k : SUMMARY_LEFT;
    return found;
}

void summary_text(char **text, const char *value)
{
    char *copy = str_copy(value);
    free(*text);
    *text = copy;
}

void summary_parameter(struct summary_parameters *p, const char *name, const char *value)
{
    *vec_push(&p->list) = (struct setting){str_copy(name), str_copy(value)};
}

void summary_run(struct summary_runs *r, int64_t run)
{
    *vec_push(&r->list) = run;
}

void summary_file(struct summary *s, const char *path)
{
    *vec_push(&s->files) = str_copy(path);
}

void summary_init(struct summary *s, const char *study, int phase, const char *title)
{
    *s = (struct summary){.study = str_copy(study), .title = str_copy(title), .commit = str_copy(""),
                          .started = str_copy(""), .phase = phase};
    s->machine = (struct summary_machine){str_copy(""), str_copy(""), str_copy(""), str_copy(""), 0};
}

struct summary_measurement *summary_measure(struct summary *s, const char *experiment, enum summary_kind kind,
                                            const char *subject, const char *metric, double value, const char *unit)
{
    struct summary_measurement *m = vec_push(&s->measurements);
    *m = (struct summary_measurement){.experiment = str_copy(experiment), .subject = str_copy(subject),
                                      .metric = str_copy(metric), .unit = str_copy(unit), .kind = kind, .value = value,
                                      .low = NAN, .high = NAN, .place = str_copy(""), .text = str_copy("")};
    return m;
}

struct summary_finding *summary_find(struct summary *s, const char *rule, const char *subject, double value,
                                     double limit, const char *words)
{
    struct summary_finding *f = vec_push(&s->findings);
    *f = (struct summary_finding){.rule = str_copy(rule), .experiment = str_copy(""), .subject = str_copy(subject),
                                  .words = str_copy(words), .value = value, .limit = limit};
    return f;
}

struct summary_class *summary_class(struct summary *s, const char *experiment, const char *scope, const char *subject,
                                    const char *metric, const char *class)
{
    struct summary_class *c = vec_push(&s->classes);
    *c = (struct summary_class){.experiment = str_copy(experiment), .scope = str_copy(scope),
                                .subject = str_copy(subject), .metric = str_copy(metric), .class = str_copy(class),
                                .model = str_copy(""), .exponent = NAN, .low = NAN, .high = NAN};
    return c;
}

struct summary_point *summary_point(struct summary *s, const char *experiment, enum summary_state state,
                                    const char *why)
{
    struct summary_point *p = vec_push(&s->points);
    *p = (struct summary_point){.experiment = str_copy(experiment), .why = str_copy(why), .command = str_copy(""),
                                .state = state};
    return p;
}

/* ---- release */

void summary_parameters_release(struct summary_parameters *p)
{
    for (size_t i = 0; i < p->list.count; i++) {
        free(p->list.items[i].name);
        free(p->list.items[i].value);
    }
    vec_release(&p->list);
}

static void release_texts(char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(texts[i]);
}

static void release_measurements(struct summary *s)
{
    for (size_t i = 0; i < s->measurements.count; i++) {
        struct summary_measurement *m = &s->measurements.items[i];
        release_texts((char *const[]){m->experiment, m->subject, m->metric, m->unit, m->place, m->text}, 6);
        summary_parameters_release(&m->parameters);
        vec_release(&m->runs.list);
    }
    vec_release(&s->measurements);
}

static void release_rest(struct summary *s)
{
    for (size_t i = 0; i < s->points.count; i++) {
        struct summary_point *p = &s->points.items[i];
        release_texts((char *const[]){p->experiment, p->why, p->command}, 3);
        summary_parameters_release(&p->parameters);
        vec_release(&p->runs.list);
    }
    vec_release(&s->points);
    for (size_t i = 0; i < s->findings.count; i++) {
        struct summary_finding *f = &s->findings.items[i];
        release_texts((char *const[]){f->rule, f->experiment, f->subject, f->words}, 4);
        summary_parameters_release(&f->parameters);
        vec_release(&f->runs.list);
    }
    vec_release(&s->findings);
    for (size_t i = 0; i < s->classes.count; i++) {
        struct summary_class *c = &s->classes.items[i];
        release_texts((char *const[]){c->experiment, c->scope, c->subject, c->metric, c->class, c->model}, 6);
        vec_release(&c->runs.list);
    }
    vec_release(&s->classes);
}

void summary_release(struct summary *s)
{
    release_measurements(s);
    release_rest(s);
    release_texts(s->files.items, s->files.count);
    vec_release(&s->files);
    release_texts((char *const[]){s->study, s->title, s->commit, s->started, s->machine.host, s->machine.kernel,
                                  s->machine.cpu, s->machine.governor}, 8);
    *s = (struct summary){0};
}
