/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For golden cases of the alignment: align_show BEFORE_FOLDER AFTER_FOLDER prints how functions and lines of the C
 * files in the two folders are matched. A function is what begins in column 0 with a name and a parenthesis and ends
 * with a brace in column 0.
 */
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/msg.h"
#include "base/vec.h"
#include "db/align/align.h"

struct source {
    struct str text;
    char *path;
    VEC(char *) lines;           /* copies */
    VEC(struct align_function) functions;
};

struct folder {
    VEC(struct source) sources;
    VEC(struct align_text) texts;
};

static void split(struct source *s)
{
    const char *at = s->text.data;
    while (*at) {
        size_t len = strcspn(at, "\n");
        *vec_push(&s->lines) = str_copy_bytes(at, len);
        at += len + (at[len] == '\n');
    }
}

/* The name before the first parenthesis. */
static char *name_in(const char *line)
{
    const char *end = strchr(line, '('), *start = end;
    while (start > line && (isalnum((unsigned char)start[-1]) || start[-1] == '_'))
        start--;
    return str_copy_bytes(start, (size_t)(end - start));
}

static void find_functions(struct source *s)
{
    for (size_t i = 0; i < s->lines.count; i++) {
        const char *line = s->lines.items[i];
        bool begins = isalpha((unsigned char)*line) && strchr(line, '(') && !strchr(line, ';');
        size_t end = i;
        while (begins && end < s->lines.count && s->lines.items[end][0] != '}')
            end++;
        if (!begins || end == s->lines.count)
            continue;
        *vec_push(&s->functions) = (struct align_function){name_in(line), (int)i + 1, (int)end + 1};
        i = end;
    }
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void load(const char *path, struct folder *f)
{
    struct dirent **entries;
    struct str err = STR_INIT;
    int count = scandir(path, &entries, NULL, by_name);
    if (count < 0)
        die(EXIT_DATA, "cannot read the folder %s", path);
    for (int i = 0; i < count; free(entries[i++])) {
        if (entries[i]->d_name[0] == '.')
            continue;
        struct source *s = vec_push(&f->sources);
        char *whole = str_join_path(path, entries[i]->d_name);
        s->path = str_copy(entries[i]->d_name);
        str_init(&s->text);
        if (!file_read(whole, &s->text, &err))
            die(EXIT_DATA, "%s", err.data);
        free(whole);
        split(s);
        find_functions(s);
    }
    free(entries);
    for (size_t i = 0; i < f->sources.count; i++) {
        struct source *s = &f->sources.items[i];
        *vec_push(&f->texts) = (struct align_text){s->path, s->text.data, s->text.len, s->functions.items,
                                                   s->functions.count};
    }
}

static const char *function_name(const struct folder *f, const struct align_match *m, int side)
{
    return m->function[side] < 0 ? "-" : f->texts.items[m->text[side]].functions[m->function[side]].name;
}

static void show_functions(const struct folder f[2], const struct align *a)
{
    for (size_t i = 0; i < a->functions.count; i++) {
        const struct align_match *m = &a->functions.items[i];
        printf("%s:%s -> %s:%s%s%s\n", m->text[0] < 0 ? "-" : f[0].texts.items[m->text[0]].path,
               function_name(&f[0], m, 0), m->text[1] < 0 ? "-" : f[1].texts.items[m->text[1]].path,
               function_name(&f[1], m, 1), m->renamed ? " renamed" : "", m->moved ? " moved" : "");
    }
}

static void show_line(const struct folder f[2], int side, int text, int line, struct align_link link)
{
    char other[64] = "";
    if (link.text >= 0)
        snprintf(other, sizeof other, "%s:%d", f[!side].texts.items[link.text].path, link.line);
    printf("%c %-10s %4d  %s\n", align_marks[link.mark], side ? other : "gone", line,
           f[side].sources.items[text].lines.items[line - 1]);
}

static void show_lines(const struct folder f[2], const struct align *a)
{
    for (size_t t = 0; t < f[1].texts.count; t++) {
        printf("\n%s\n", f[1].texts.items[t].path);
        for (int line = 1; line <= (int)f[1].sources.items[t].lines.count; line++)
            show_line(f, 1, (int)t, line, align_link_of(a, 1, (int)t, line));
    }
    for (size_t t = 0; t < f[0].texts.count; t++)
        for (int line = 1; line <= (int)f[0].sources.items[t].lines.count; line++) {
            struct align_link link = align_link_of(a, 0, (int)t, line);
            if (link.mark == ALIGN_GONE)
                show_line(f, 0, (int)t, line, link);
        }
}

/* Asked by the leak check of a sanitizer build: what is shown is kept until the end, which is near. */
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
    return 1;
}

int main(int argc, char **argv)
{
    struct folder f[2] = {0};
    struct align a;
    msg_tool = "align_show";
    if (argc != 3)
        die(EXIT_USAGE, "takes two folders");
    for (int side = 0; side < 2; side++)
        load(argv[1 + side], &f[side]);
    struct align_side sides[2] = {{f[0].texts.items, f[0].texts.count}, {f[1].texts.items, f[1].texts.count}};
    align_sides(&sides[0], &sides[1], &a);
    show_functions(f, &a);
    show_lines(f, &a);
    align_release(&a);
    return 0;
}
