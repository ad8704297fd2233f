/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/choose.h"

#include <stdlib.h>
#include <string.h>

#include "db/run/git.h"
#include "db/store.h"

/* So many digits of a commit are taken for one where nothing says that it is one. */
#define COMMIT_DIGITS 7

void choose_prepare(struct sql *db)
{
    sql_run(db, "CREATE TEMP TABLE IF NOT EXISTS chosen (run_id INTEGER PRIMARY KEY)");
}

static bool is_number(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

static bool is_hexadecimal(const char *text)
{
    return *text && strspn(text, "0123456789abcdef") == strlen(text);
}

static bool starts(const char *text, const char *with, const char **rest)
{
    size_t len = strlen(with);
    *rest = text + len;
    return strncmp(text, with, len) == 0;
}

/* Every statement replaces what is there already, so that the rows it names are counted. */
static bool add(struct sql *db, struct sql_stmt *s)
{
    sql_step(s);
    sql_done(s);
    return sql_changes(db) > 0;
}

/* The run that is `back` runs older than the latest. */
static bool add_back(struct sql *db, int64_t back)
{
    struct sql_stmt *s = sql_prepare(db, "INSERT OR REPLACE INTO chosen SELECT id FROM run "
                                         "WHERE id = (SELECT id FROM run ORDER BY started_ns DESC, id DESC "
                                         "LIMIT 1 OFFSET :back)");
    sql_bind_int(s, "back", back);
    return add(db, s);
}

static bool add_range(struct sql *db, int64_t first, int64_t last)
{
    struct sql_stmt *s =
        sql_prepare(db, "INSERT OR REPLACE INTO chosen SELECT id FROM run WHERE id BETWEEN :first AND :last");
    sql_bind_int(s, "first", first);
    sql_bind_int(s, "last", last);
    return add(db, s);
}

static bool add_label(struct sql *db, const char *label)
{
    struct sql_stmt *s = sql_prepare(db, "INSERT OR REPLACE INTO chosen SELECT id FROM run WHERE label = :label");
    sql_bind_text(s, "label", label);
    return *label && add(db, s);
}

static bool add_labels(struct sql *db, const char *pattern)
{
    struct sql_stmt *s =
        sql_prepare(db, "INSERT OR REPLACE INTO chosen SELECT id FROM run WHERE label <> '' AND label GLOB :pattern");
    sql_bind_text(s, "pattern", pattern);
    return add(db, s);
}

/* `commit` is the beginning of a commit's name. */
static bool add_commit(struct sql *db, const char *commit, bool dirty)
{
    struct sql_stmt *s = sql_prepare(db, "INSERT OR REPLACE INTO chosen SELECT run_id FROM recorded "
                                         "WHERE git_commit <> '' AND dirty = :dirty "
                                         "AND substr(git_commit, 1, length(:commit)) = :commit");
    sql_bind_text(s, "commit", commit);
    sql_bind_int(s, "dirty", dirty);
    return add(db, s);
}

/* REV or REV-dirty; the store is asked before git, which may not have the commit any more. */
static bool add_revision(struct sql *db, const char *revision, struct str *err)
{
    static const char suffix[] = "-dirty";
    size_t len = strlen(revision), tail = sizeof suffix - 1;
    bool dirty = len > tail && strcmp(revision + len - tail, suffix) == 0;
    char *name = str_copy_bytes(revision, dirty ? len - tail : len);
    bool any = is_hexadecimal(name) && add_commit(db, name, dirty);
    char *commit = any ? NULL : git_commit(name);
    if (commit)
        any = add_commit(db, commit, dirty);
    if (!any && !commit)
        str_addf(err, "git knows no commit '%s' here; the run before the latest is @latest~1", name);
    else if (!any && !dirty && add_commit(db, commit, true))
        str_addf(err, "no run is of commit %.12s alone; %s-dirty names those with uncommitted changes", commit, name);
    else if (!any)
        str_addf(err, "no run was recorded at commit %.12s%s", commit, dirty ? " with uncommitted changes" : "");
    free(commit);
    free(name);
    return any;
}

/* "3" or "3.2" */
static bool add_experiment(struct sql *db, const char *text)
{
    char *end;
    int64_t experiment = strtoll(text, &end, 10), point = 0;
    if (end != text && *end == '.' && is_number(end + 1))
        point = strtoll(end + 1, &end, 10);
    if (end == text || *end)
        return false;
    struct sql_stmt *s = sql_prepare(db, "INSERT OR REPLACE INTO chosen SELECT run_id FROM point_run "
                                         "JOIN point ON point.id = point_id "
                                         "WHERE experiment_id = :experiment AND :point IN (0, number)");
    sql_bind_int(s, "experiment", experiment);
    sql_bind_int(s, "point", point);
    return add(db, s);
}

static bool is_range(const char *term)
{
    size_t first = strspn(term, "0123456789");
    return first && strncmp(term + first, "..", 2) == 0 && is_number(term + first + 2);
}

/* False without a sentence: nothing is called so. */
static bool add_term(struct sql *db, const char *term, struct str *err)
{
    const char *rest;
    bool head = starts(term, "HEAD", &rest) && (!*rest || strchr("~^-@", *rest));
    if (add_label(db, term))
        return true;
    if (strcmp(term, "@all") == 0)
        return add_range(db, 0, INT64_MAX);
    if (strcmp(term, "@latest") == 0)
        return add_back(db, 0);
    if (starts(term, "@latest~", &rest) && is_number(rest))
        return add_back(db, strtoll(rest, NULL, 10));
    if (head || starts(term, "commit:", &rest))
        return add_revision(db, head ? term : rest, err);
    if (starts(term, "experiment:", &rest))
        return add_experiment(db, rest);
    if (is_range(term))
        return add_range(db, strtoll(term, NULL, 10), strtoll(strstr(term, "..") + 2, NULL, 10));
    if (is_number(term) && add_range(db, strtoll(term, NULL, 10), strtoll(term, NULL, 10)))
        return true;
    if (is_hexadecimal(term) && strlen(term) >= COMMIT_DIGITS && add_commit(db, term, false))
        return true;
    return strpbrk(term, "*?[") && add_labels(db, term);
}

static void keep_param(struct sql *db, const char *name, const char *value)
{
    struct sql_stmt *s = store_prepare(db, "chosen_keep");
    sql_bind_text(s, "name", name);
    sql_bind_text(s, "value", value);
    sql_step(s);
    sql_done(s);
}

/* One term of `spec`, which it moves behind it; yours to free. */
static char *take_term(const char **spec)
{
    size_t len = strcspn(*spec, ",");
    char *term = str_copy_bytes(*spec, len);
    *spec += len + ((*spec)[len] == ',');
    return term;
}

/* Parameters come last, wherever they stand behind the first term: they sift what the other terms name. */
static bool add_terms(struct sql *db, const char *spec, struct str *err)
{
    bool ok = true;
    for (const char *at = spec; ok && *at;) {
        bool first = at == spec;
        char *term = take_term(&at);
        ok = (!first && strchr(term, '=')) || add_term(db, term, err);
        if (!ok && !err->len)
            str_addf(err, "no run '%s'; `farmdb runs` lists them", term);
        free(term);
    }
    return ok;
}

static void sift(struct sql *db, const char *spec)
{
    while (*spec) {
        char *term = take_term(&spec), *value = strchr(term, '=');
        if (value) {
            *value++ = 0;
            keep_param(db, term, value);
        }
        free(term);
    }
}

static bool any_chosen(struct sql *db)
{
    return sql_value(db, "SELECT count(*) FROM chosen", 0) > 0;
}

/* Length of NAME in NAME=SELECTION, 0 where there is none. */
static size_t name_length(const char *spec)
{
    size_t len = strcspn(spec, "=,");
    return spec[len] == '=' ? len : 0;
}

bool choose_runs(struct sql *db, const char *spec, char **name, struct str *err)
{
    size_t len = spec ? name_length(spec) : 0;
    const char *rest = !spec ? "@latest" : len ? spec + len + 1 : spec;
    choose_prepare(db);
    sql_run(db, "DELETE FROM chosen");
    *name = !spec ? str_copy("latest") : str_copy_bytes(spec, len ? len : strlen(spec));
    if (spec && add_label(db, spec)) {
        free(*name);
        *name = str_copy(spec);
        return true;
    }
    bool label = add_label(db, rest), ok = label || add_terms(db, rest, err);
    if (ok && !label)
        sift(db, rest);
    if (ok && any_chosen(db))
        return true;
    if (!sql_value(db, "SELECT count(*) FROM run", 0)) {
        str_clear(err);
        str_add(err, "no runs in the store yet");
    } else if (ok) {
        str_addf(err, "no run '%s'; `farmdb runs` lists them", spec);
    }
    return false;
}
