/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rewriter alone, for tests: preprocessed text on stdin, rewritten text on stdout.
 *     rewriter [--clang] [--volatile] [--portable] [--direct] [--short] [--blob FILE] [--unit NAME] [--lines GLOB]
 *              [FLAG...] < x.i
 * --short leaves out the prologue's sections, so that golden cases show only what is inserted into the user's text.
 */
#include <stdio.h>

#include "base/msg.h"
#include "instrument/rewrite.h"

static void read_all(FILE *in, struct str *text)
{
    char buffer[65536];
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, in)); )
        str_add_bytes(text, buffer, n);
}

/* From the first marker behind "<farmcc>" on. */
static const char *behind_prologue(const char *text)
{
    const char *prologue = strstr(text, "# 1 \"<farmcc>\" 3\n");
    const char *asm_end = prologue ? strstr(prologue, "\n);\n") : NULL;
    return asm_end ? asm_end + strlen("\n);\n") : text;
}

static void report(const struct sites *s)
{
    for (size_t i = 0; i < s->function_count; i++)
        if (!s->functions[i].instrumented)
            fprintf(stderr, "%s: %s\n", s->functions[i].name, s->functions[i].reason);
}

int main(int argc, char **argv)
{
    msg_tool = "rewriter";
    VEC(const char *) flags = {0};
    bool brief = false;
    struct globs lines = {0};
    struct rewrite_request r = {.directory = ".", .unit = "in.c"};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--clang") == 0)
            r.clang = true;
        else if (strcmp(argv[i], "--volatile") == 0)
            r.volatile_counts = true;
        else if (strcmp(argv[i], "--portable") == 0)
            r.portable = true;
        else if (strcmp(argv[i], "--direct") == 0)
            r.direct = true;
        else if (strcmp(argv[i], "--short") == 0)
            brief = true;
        else if (strcmp(argv[i], "--blob") == 0 && i + 1 < argc)
            r.blob_path = argv[++i];
        else if (strcmp(argv[i], "--lines") == 0 && i + 1 < argc)
            globs_add(&lines, argv[++i]);
        else if (strcmp(argv[i], "--unit") == 0 && i + 1 < argc)
            r.unit = argv[++i];
        else
            *vec_push(&flags) = argv[i];
    }
    *vec_push(&flags) = NULL;
    r.parse_flags = flags.items;
    r.line_timed = lines.patterns.count ? &lines : NULL;

    struct str text = STR_INIT, out = STR_INIT, reason = STR_INIT;
    read_all(stdin, &text);
    r.text = text.data;
    r.len = text.len;
    struct sites sites;
    enum rewrite_outcome outcome = rewrite_unit(&r, &out, &sites, &reason);
    if (outcome == REWRITE_FAILED)
        die(EXIT_REGRESSION, "%s", reason.data);
    const struct str *result = outcome == REWRITE_DONE ? &out : &text;
    const char *from = brief ? behind_prologue(result->data) : result->data;
    fwrite(from, 1, result->len - (size_t)(from - result->data), stdout);
    report(&sites);
    sites_release(&sites);
    str_release(&text);
    str_release(&out);
    str_release(&reason);
    vec_release(&flags);
    globs_release(&lines);
    return fflush(stdout) == 0 ? 0 : EXIT_DATA;
}
