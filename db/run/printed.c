/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/printed.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/msg.h"
#include "db/json.h"

/* The end of what was printed that is searched for JSON. */
#define JSON_BYTES (1 << 20)

int printed_open(void)
{
    const char *folder = getenv("TMPDIR");
    char *name = str_join_path(folder && *folder ? folder : "/tmp", "farm-printed.XXXXXX");
    int fd = mkostemp(name, O_CLOEXEC);
    if (fd < 0)
        die(EXIT_DATA, "cannot make a file for what is printed, %s: %s", name, strerror(errno));
    unlink(name);
    free(name);
    return fd;
}

void printed_pass_on(int fd, size_t *at, int to)
{
    char bytes[65536];
    ssize_t got;
    while ((got = pread(fd, bytes, sizeof bytes, (off_t)*at)) > 0) {
        *at += (size_t)got;
        for (ssize_t done = 0, wrote; done < got; done += wrote)
            if ((wrote = write(to, bytes + done, (size_t)(got - done))) < 0)
                return;
    }
}

void printed_tail(int fd, size_t most, struct str *out)
{
    struct stat st;
    if (fstat(fd, &st) != 0 || st.st_size <= 0)
        return;
    size_t len = (size_t)st.st_size < most ? (size_t)st.st_size : most;
    char *bytes = xmalloc(len);
    ssize_t got = pread(fd, bytes, len, st.st_size - (off_t)len);
    const char *from = bytes, *line = got > 0 ? memchr(bytes, '\n', (size_t)got) : NULL;
    if (line && (size_t)st.st_size > len && line + 1 < bytes + got)
        from = line + 1;
    if (got > 0)
        str_add_bytes(out, from, (size_t)(bytes + got - from));
    free(bytes);
}

static bool add_metric(struct metrics *m, const char *text, struct str *err)
{
    size_t len = strcspn(text, "=");
    if (strcmp(text, "json") == 0) {
        m->json = true;
        return true;
    }
    if (!len || !text[len] || !text[len + 1]) {
        str_addf(err, "--metric takes NAME=REGEX or json, not '%s'", text);
        return false;
    }
    struct metric *metric = vec_push(&m->list);
    int code = regcomp(&metric->regex, text + len + 1, REG_EXTENDED);
    if (code) {
        char why[200];
        regerror(code, &metric->regex, why, sizeof why);
        str_addf(err, "--metric %s: %s", text, why);
        m->list.count--;
        return false;
    }
    metric->name = str_copy_bytes(text, len);
    return true;
}

bool metrics_open(struct metrics *m, char *const *texts, size_t count, struct str *err)
{
    *m = (struct metrics){0};
    for (size_t i = 0; i < count; i++)
        if (!add_metric(m, texts[i], err))
            return false;
    return true;
}

void metrics_close(struct metrics *m)
{
    for (size_t i = 0; i < m->list.count; i++) {
        regfree(&m->list.items[i].regex);
        free(m->list.items[i].name);
    }
    vec_release(&m->list);
}

static void set_value(struct settings *found, const char *name, const char *value)
{
    for (size_t i = 0; i < found->list.count; i++) {
        if (strcmp(found->list.items[i].name, name) == 0) {
            free(found->list.items[i].value);
            found->list.items[i].value = str_copy(value);
            return;
        }
    }
    *vec_push(&found->list) = (struct setting){str_copy(name), str_copy(value)};
}

/* The last match in the line; what is matched but no number is passed over. */
static void search_line(struct metric *m, const char *line, struct settings *found)
{
    regmatch_t groups[2];
    int flags = 0;
    while (regexec(&m->regex, line, 2, groups, flags) == 0) {
        const regmatch_t *g = m->regex.re_nsub ? &groups[1] : &groups[0];
        char *text = g->rm_so < 0 ? str_copy("") : str_copy_bytes(line + g->rm_so, (size_t)(g->rm_eo - g->rm_so)), *end;
        double value = strtod(text, &end);
        if (end != text && isfinite(value) && !end[strspn(end, " \t")])
            set_value(found, m->name, text);
        free(text);
        if (!groups[0].rm_eo)
            break;
        line += groups[0].rm_eo;
        flags = REG_NOTBOL;
    }
}

static void add_json(const struct json *j, const char *name, struct settings *found)
{
    if (json_kind(j) == JSON_OBJECT || json_kind(j) == JSON_ARRAY) {
        size_t index = 0;
        for (const struct json *m = json_first(j); m; m = json_next(m), index++) {
            char *inner = json_kind(j) == JSON_OBJECT ? str_format("%s%s%s", name, *name ? "." : "", json_name(m))
                                                      : str_format("%s.%zu", name, index);
            add_json(m, inner, found);
            free(inner);
        }
        return;
    }
    char *number = json_kind(j) == JSON_BOOL ? str_format("%d", json_true(j)) : str_format("%.17g", json_number(j));
    if (json_kind(j) != JSON_NULL)
        set_value(found, name, json_kind(j) == JSON_TEXT ? json_text(j) : number);
    free(number);
}

static void find_json(int fd, struct settings *found)
{
    struct str text = STR_INIT;
    printed_tail(fd, JSON_BYTES, &text);
    for (const char *at = text.data; at;) {
        const char *end = NULL;
        struct json *j = *at == '{' ? json_parse(at, &end) : NULL;
        if (j)
            add_json(j, "", found);
        json_free(j);
        at = strchr(j ? end : at, '\n');
        at = at ? at + 1 : NULL;
    }
    str_release(&text);
}

void metrics_find(struct metrics *m, int fd, struct settings *found)
{
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    FILE *file = copy >= 0 ? fdopen(copy, "r") : NULL;
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    if (!file || fseek(file, 0, SEEK_SET) != 0)
        die(EXIT_DATA, "cannot read what was printed: %s", strerror(errno));
    while ((len = getline(&line, &room, file)) >= 0) {
        line[strcspn(line, "\n")] = 0;
        for (size_t i = 0; i < m->list.count; i++)
            search_line(&m->list.items[i], line, found);
    }
    free(line);
    fclose(file);
    if (m->json)
        find_json(fd, found);
}

void settings_release(struct settings *s)
{
    for (size_t i = 0; i < s->list.count; i++) {
        free(s->list.items[i].name);
        free(s->list.items[i].value);
    }
    vec_release(&s->list);
}
