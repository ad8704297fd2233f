/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as a compiler's command line: it must parse, and split into steps that make sense. Response files are left
 * out, as they would read from the machine.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "instrument/args.h"
#include "instrument/compiler.h"
#include "instrument/probe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "not true: %s\n", what);
    abort();
}

static size_t count(const struct words *words, const char *word)
{
    size_t found = 0;
    for (size_t i = 0; i < words->list.count; i++)
        found += strcmp(words->list.items[i], word) == 0;
    return found;
}

static void check_steps(const struct args *a)
{
    struct words words = {0};
    char **objects = xcalloc(a->inputs.count + 1, sizeof *objects), object[] = "/object/";
    for (size_t i = 0; i < a->inputs.count; i++) {
        if (!a->inputs.items[i].c)
            continue;
        objects[i] = object;
        for (int way = 0; way < 8; way++) {
            args_preprocess(a, i, way & 1, way & 2, way & 4, &words);
            must(strcmp(words.list.items[0], "-E") == 0, "preprocessing begins with -E");
            must(count(&words, a->inputs.items[i].path) >= 1, "preprocessing has its input");
            words_release(&words);
        }
        args_plain(a, i, &words);
        must(count(&words, a->inputs.items[i].path) >= 1, "a plain compile has its input");
        words_release(&words);
        char *target = args_target(a, i);
        must(*target || a->output, "a compile has a target");
        free(target);
    }
    args_link(a, objects, &words);
    must(count(&words, object) >= args_c_count(a), "a link has all objects");
    words_release(&words);
    args_compile(a, true, &words);
    must(words.list.count <= a->list.count, "a compile has no more words than the command");
    words_release(&words);
    free(objects);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    char *text = str_copy_bytes((const char *)data, len);
    struct words words = {0};
    response_split(text, &words);
    for (size_t i = 0; i < words.list.count; i++) {
        if (words.list.items[i][0] == '@')
            words.list.items[i][0] = 'a';
        compiler_is_name(words.list.items[i]);
    }
    *vec_push(&words.list) = NULL;
    struct args a;
    args_parse(words.list.items, len % 2, &a);
    must(a.list.count == a.words.list.count, "each word has a meaning");
    probe_is(&a, text);
    check_steps(&a);
    args_release(&a);
    words_release(&words);
    free(text);
    return 0;
}
