/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/plan.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "db/argv.h"

enum field_kind { FIELD_NUMBER, FIELD_FLAG, FIELD_TEXT };

static const struct field {
    const char *name;
    enum field_kind kind;
    size_t offset;
} fields[] = {
    {"runs", FIELD_NUMBER, offsetof(struct plan, runs)},
    {"min_runs", FIELD_NUMBER, offsetof(struct plan, min_runs)},
    {"max_runs", FIELD_NUMBER, offsetof(struct plan, max_runs)},
    {"min_seconds", FIELD_NUMBER, offsetof(struct plan, min_seconds)},
    {"warmups", FIELD_NUMBER, offsetof(struct plan, warmups)},
    {"time_limit", FIELD_NUMBER, offsetof(struct plan, time_limit)},
    {"ignore_failures", FIELD_FLAG, offsetof(struct plan, ignore_failures)},
    {"skip_failures", FIELD_FLAG, offsetof(struct plan, skip_failures)},
    {"no_skip", FIELD_FLAG, offsetof(struct plan, no_skip)},
    {"no_shell", FIELD_FLAG, offsetof(struct plan, no_shell)},
    {"jobs", FIELD_NUMBER, offsetof(struct plan, jobs)},
    {"setup", FIELD_TEXT, offsetof(struct plan, setup)},
    {"prepare", FIELD_TEXT, offsetof(struct plan, prepare)},
    {"cleanup", FIELD_TEXT, offsetof(struct plan, cleanup)},
    {"input", FIELD_TEXT, offsetof(struct plan, input)},
    {"output", FIELD_TEXT, offsetof(struct plan, output)},
};
enum { FIELD_COUNT = sizeof fields / sizeof *fields };

static const char metric_field[] = "metric", order_field[] = "order";

void plan_init(struct plan *p, const char *kind)
{
    *p = (struct plan){.kind = str_copy(kind), .order = ORDER_SHUFFLED, .min_runs = 10, .min_seconds = 3, .jobs = 1,
                       .setup = str_copy(""), .prepare = str_copy(""), .cleanup = str_copy(""),
                       .input = str_copy("null"), .output = str_copy("null")};
}

static void point_release(struct point *p)
{
    for (size_t i = 0; i < p->settings.count; i++) {
        free(p->settings.items[i].name);
        free(p->settings.items[i].value);
    }
    vec_release(&p->settings);
    argv_free(p->argv);
    free(p->label);
    free(p->skipped);
    free(p->prepare);
}

void plan_release(struct plan *p)
{
    for (size_t i = 0; i < p->points.count; i++)
        point_release(&p->points.items[i]);
    vec_release(&p->points);
    for (size_t i = 0; i < p->metrics.count; i++)
        free(p->metrics.items[i]);
    vec_release(&p->metrics);
    for (int i = 0; i < FIELD_COUNT; i++)
        if (fields[i].kind == FIELD_TEXT)
            free(*(char **)((char *)p + fields[i].offset));
    free(p->kind);
    *p = (struct plan){0};
}

struct point *plan_point(struct plan *p, const char *label, char *const argv[])
{
    struct point *point = vec_push(&p->points);
    point->label = str_copy(label);
    point->argv = argv_copy(argv);
    return point;
}

void point_set(struct point *p, const char *name, const char *value)
{
    *vec_push(&p->settings) = (struct setting){str_copy(name), str_copy(value)};
}

/* The setting whose {NAME} begins here, or NULL. */
static const struct setting *named(const struct point *p, const char *at)
{
    for (size_t i = 0; i < p->settings.count; i++) {
        size_t len = strlen(p->settings.items[i].name);
        if (strncmp(at + 1, p->settings.items[i].name, len) == 0 && at[1 + len] == '}')
            return &p->settings.items[i];
    }
    return NULL;
}

char *point_fill(const struct point *p, const char *text)
{
    struct str out = STR_INIT;
    while (*text) {
        const struct setting *s = *text == '{' ? named(p, text) : NULL;
        if (s)
            str_add(&out, s->value);
        else
            str_add_char(&out, *text);
        text += s ? strlen(s->name) + 2 : 1;
    }
    return str_detach(&out);
}

static char *write_field(const struct plan *p, const struct field *f)
{
    const char *at = (const char *)p + f->offset;
    switch (f->kind) {
    case FIELD_NUMBER: return str_format("%s=%.17g", f->name, *(const double *)at);
    case FIELD_FLAG: return str_format("%s=%d", f->name, *(const bool *)at);
    case FIELD_TEXT: return str_format("%s=%s", f->name, *(char *const *)at);
    }
    return NULL;
}

char *plan_write(const struct plan *p)
{
    VEC(char *) words = {0};
    struct str out = STR_INIT;
    for (int i = 0; i < FIELD_COUNT; i++)
        *vec_push(&words) = write_field(p, &fields[i]);
    *vec_push(&words) = str_format("%s=%d", order_field, p->order);
    for (size_t i = 0; i < p->metrics.count; i++)
        *vec_push(&words) = str_format("%s=%s", metric_field, p->metrics.items[i]);
    *vec_push(&words) = NULL;
    argv_from_words(words.items, &out);
    argv_free(words.items);
    return str_detach(&out);
}

static void read_field(struct plan *p, const struct field *f, const char *value)
{
    char *at = (char *)p + f->offset;
    switch (f->kind) {
    case FIELD_NUMBER: *(double *)at = strtod(value, NULL); break;
    case FIELD_FLAG: *(bool *)at = *value == '1'; break;
    case FIELD_TEXT:
        free(*(char **)at);
        *(char **)at = str_copy(value);
    }
}

void plan_read(struct plan *p, const char *text)
{
    char **words = argv_words(text);
    for (size_t i = 0; words[i]; i++) {
        char *value = strchr(words[i], '=');
        if (!value)
            continue;
        *value++ = 0;
        if (strcmp(words[i], metric_field) == 0)
            *vec_push(&p->metrics) = str_copy(value);
        if (strcmp(words[i], order_field) == 0)
            p->order = *value == '1' ? ORDER_SHUFFLED : ORDER_GIVEN;
        for (int k = 0; k < FIELD_COUNT; k++)
            if (strcmp(words[i], fields[k].name) == 0)
                read_field(p, &fields[k], value);
    }
    argv_free(words);
}

/* splitmix64 (Steele, Lea, Flood, OOPSLA 2014): a number for each state, so that no order of asking matters. */
static uint64_t mix(uint64_t state)
{
    state += 0x9e3779b97f4a7c15u;
    state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9u;
    state = (state ^ (state >> 27)) * 0x94d049bb133111ebu;
    return state ^ (state >> 31);
}

static void swap(size_t *a, size_t *b)
{
    size_t old = *a;
    *a = *b;
    *b = old;
}

static void shuffle(uint64_t seed, size_t *items, size_t count)
{
    for (size_t i = count; i > 1; i--)
        swap(&items[i - 1], &items[mix(seed + i) % i]);
}

void plan_pass(const struct plan *p, size_t pass, size_t *out)
{
    size_t count = p->points.count;
    for (size_t i = 0; i < count; i++)
        out[i] = i;
    if (p->order == ORDER_SHUFFLED)
        shuffle(mix(p->seed ^ mix(pass / 2)), out, count);
    for (size_t i = 0; pass % 2 && i < count / 2; i++)
        swap(&out[i], &out[count - 1 - i]);
}

size_t plan_padding(const struct plan *p, size_t point, size_t pass)
{
    return mix(mix(p->seed + 1) ^ mix(point * 0x10001 + 7) ^ pass) % PLAN_PADDING;
}

/* 1, 0 or -1; 2 where the two cannot be compared. */
static int compare_values(const char *a, const char *b)
{
    char *end_a, *end_b;
    double x = strtod(a, &end_a), y = strtod(b, &end_b);
    if (strcmp(a, b) == 0)
        return 0;
    if (end_a == a || *end_a || end_b == b || *end_b)
        return 2;
    return (x > y) - (x < y);
}

bool point_larger(const struct point *a, const struct point *b)
{
    bool larger = false;
    if (a->settings.count != b->settings.count || strcmp(a->label, b->label) != 0)
        return false;
    for (size_t i = 0; i < a->settings.count; i++) {
        int order = compare_values(a->settings.items[i].value, b->settings.items[i].value);
        if (order == 2 || order < 0)
            return false;
        larger |= order > 0;
    }
    return larger;
}
