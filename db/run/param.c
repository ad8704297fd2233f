/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/param.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A number as it stands or as BASE^EXPONENT. */
struct number {
    double value;
    double base;                 /* 0: not a power */
    double exponent;
    bool whole;                  /* written without a point or an exponent of ten */
};

static bool read_plain(const char **at, double *out)
{
    char *end;
    if (!isdigit((unsigned char)**at) && !strchr("+-.", **at))
        return false;
    *out = strtod(*at, &end);
    /* "1..5" is 1 and a range, not "1." and ".5" */
    if (end > *at && end[-1] == '.' && *end == '.')
        end--;
    bool some = end != *at;
    *at = end;
    return some && isfinite(*out);
}

static bool read_number(const char **at, struct number *out)
{
    const char *start = *at;
    *out = (struct number){0};
    if (!**at || !read_plain(at, &out->value))
        return false;
    out->whole = strcspn(start, ".eExX") >= (size_t)(*at - start) && out->value == floor(out->value);
    if (**at != '^')
        return true;
    ++*at;
    out->base = out->value;
    if (!**at || !read_plain(at, &out->exponent))
        return false;
    out->value = pow(out->base, out->exponent);
    out->whole = out->whole && out->exponent >= 0 && out->value == floor(out->value);
    return isfinite(out->value);
}

static void add_text(struct param *p, char *value)
{
    for (size_t i = 0; i < p->values.count; i++) {
        if (strcmp(p->values.items[i], value) == 0) {
            free(value);
            return;
        }
    }
    *vec_push(&p->values) = value;
}

static void add_number(struct param *p, double value)
{
    add_text(p, value == floor(value) && fabs(value) < 1e15 ? str_format("%.0f", value) : str_format("%.10g", value));
}

static bool add_steps(struct param *p, double from, double to, double step)
{
    double count = floor((to - from) / step + 1e-9);
    if (!(count >= 0) || count >= PARAM_VALUES_MAX)
        return false;
    for (double i = 0; i <= count; i++)
        add_number(p, from + i * step);
    return true;
}

static bool add_powers(struct param *p, const struct number *from, const struct number *to)
{
    double count = to->exponent - from->exponent;
    if (from->base != to->base || !(count >= 0) || count >= PARAM_VALUES_MAX)
        return false;
    for (double i = 0; i <= count; i++)
        add_number(p, pow(from->base, from->exponent + i));
    return true;
}

static bool add_geometric(struct param *p, const struct number *from, const struct number *to, double count)
{
    if (!(count >= 2) || count != floor(count) || count > PARAM_VALUES_MAX || !(from->value > 0) ||
        !(to->value > from->value))
        return false;
    for (double i = 0; i < count; i++) {
        double value = from->value * pow(to->value / from->value, i / (count - 1));
        add_number(p, from->whole && to->whole ? round(value) : value);
    }
    return true;
}

/* True: `text` is a range, which was added, or a bad one, which is said. */
static bool add_range(struct param *p, const char *text, struct str *err)
{
    struct number from, to;
    const char *at = text;
    double by = 0;
    if (!read_number(&at, &from) || strncmp(at, "..", 2) != 0)
        return false;
    at += 2;
    bool ok = read_number(&at, &to);
    char how = ok ? *at : 0;
    if (how == ':' || how == '/') {
        at++;
        ok = *at && read_plain(&at, &by) && by > 0;
    }
    ok = ok && !*at;
    if (ok && how == '/')
        ok = add_geometric(p, &from, &to, by);
    else if (ok && how != ':' && from.base > 0 && to.base > 0)
        ok = add_powers(p, &from, &to);
    else if (ok)
        ok = add_steps(p, from.value, to.value, how ? by : 1);
    if (!ok)
        str_addf(err,
                 "-P %s: '%s' is no range; write 1..5, 10..100:30, 2^6..2^14 or 100..10000/8, of %d values at most",
                 p->name, text, PARAM_VALUES_MAX);
    return true;
}

static bool add_item(struct param *p, char *text, struct str *err)
{
    struct number number;
    const char *at = text;
    if (add_range(p, text, err)) {
        free(text);
        return !err->len;
    }
    if (read_number(&at, &number) && !*at && number.base > 0) {
        free(text);
        add_number(p, number.value);
        return true;
    }
    add_text(p, text);
    return true;
}

/* The environment has it too, as FARM_PARAM_NAME. */
static size_t name_length(const char *text)
{
    size_t len = 0;
    while (isalnum((unsigned char)text[len]) || text[len] == '_')
        len++;
    return len && !isdigit((unsigned char)*text) && text[len] == '=' ? len : 0;
}

bool param_add(struct params *p, const char *text, struct str *err)
{
    size_t len = name_length(text);
    const char *at = text + len + 1;
    if (!len || !*at) {
        str_addf(err, "-P takes NAME=VALUE,VALUE... or NAME=FROM..TO, NAME of letters, digits and _, not '%s'", text);
        return false;
    }
    struct param *new = vec_push(&p->list);
    new->name = str_copy_bytes(text, len);
    for (size_t i = 0; i + 1 < p->list.count; i++)
        if (strcmp(p->list.items[i].name, new->name) == 0)
            str_addf(err, "-P %s stands there twice; its values go into one", new->name);
    while (*at && !err->len) {
        size_t item = strcspn(at, ",");
        add_item(new, str_copy_bytes(at, item), err);
        at += item + (at[item] == ',');
    }
    return !err->len;
}

void params_release(struct params *p)
{
    for (size_t i = 0; i < p->list.count; i++) {
        for (size_t k = 0; k < p->list.items[i].values.count; k++)
            free(p->list.items[i].values.items[k]);
        vec_release(&p->list.items[i].values);
        free(p->list.items[i].name);
    }
    vec_release(&p->list);
}

/* All parameters at their first value. */
static struct assignment *first_values(const struct params *p, struct assignments *out)
{
    struct assignment *a = vec_push(&out->list);
    for (size_t i = 0; i < p->list.count; i++)
        *vec_push(&a->values) = 0;
    return a;
}

static void combine_one_at_a_time(const struct params *p, struct assignments *out)
{
    first_values(p, out);
    for (size_t i = 0; i < p->list.count; i++)
        for (size_t k = 1; k < p->list.items[i].values.count; k++)
            first_values(p, out)->values.items[i] = k;
}

/* The next combination, as an odometer goes; false behind the last. */
static bool next_values(const struct params *p, size_t *values)
{
    for (size_t i = p->list.count; i-- > 0;) {
        if (++values[i] < p->list.items[i].values.count)
            return true;
        values[i] = 0;
    }
    return false;
}

void params_combine(const struct params *p, bool one_at_a_time, struct assignments *out)
{
    *out = (struct assignments){0};
    if (one_at_a_time) {
        combine_one_at_a_time(p, out);
        return;
    }
    size_t *values = xcalloc(p->list.count + 1, sizeof *values);
    do
        memcpy(first_values(p, out)->values.items, values, p->list.count * sizeof *values);
    while (next_values(p, values));
    free(values);
}

void assignments_release(struct assignments *a)
{
    for (size_t i = 0; i < a->list.count; i++)
        vec_release(&a->list.items[i].values);
    vec_release(&a->list);
}
