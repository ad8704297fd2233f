/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/args.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"

static bool starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static const char *suffix(const char *path)
{
    const char *name = file_name(path), *dot = strrchr(name, '.');
    return dot && dot != name ? dot : "";
}

static bool is_c(const char *path, const char *language, bool cxx)
{
    return language ? strcmp(language, "c") == 0 : !cxx && strcmp(suffix(path), ".c") == 0;
}

static bool is_preprocessed(const char *path, const char *language)
{
    return language ? strcmp(language, "cpp-output") == 0 : strcmp(suffix(path), ".i") == 0;
}

/* What is made of a header is a precompiled one, whatever the mode. */
static bool is_header(const char *path, const char *language)
{
    const char *end = suffix(path);
    return language ? strstr(language, "-header") != NULL : end[0] == '.' && (end[1] == 'h' || end[1] == 'H');
}

static bool is_special(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

static void add_input(struct args *a, const char *path, bool cxx)
{
    bool preprocessed = is_preprocessed(path, a->last_language);
    bool c = preprocessed || is_c(path, a->last_language, cxx);
    *vec_push(&a->inputs) = (struct args_input){a->list.count, path, a->last_language, c, preprocessed};
    *vec_push(&a->list) = (struct args_word){path, ARGS_INPUT, 0};
    bool once = strcmp(path, "-") == 0 || is_special(path);
    if (once && c)
        a->untouched = ARGS_ONCE;
    else if (once)
        a->pass = "an input can be read only once";
    if (is_header(path, a->last_language))
        a->pass = "a precompiled header";
}

/* What an option with its value, NULL where it has none, means to us. */
static void take_meaning(struct args *a, unsigned flags, const char *word, const char *value)
{
    a->seen |= flags;
    if (flags & CC_PASS)
        a->pass = word;
    if (flags & (CC_PLAIN | CC_BARE))
        a->untouched = word;
    if (starts(word, "-W") && !starts(word, "-Wno-") && !(word[2] && word[3] == ','))
        a->warns = true;
    if (flags & CC_OUTPUT)
        a->output = value;
    if (flags & CC_LANGUAGE)
        a->last_language = value && strcmp(value, "none") == 0 ? NULL : value;
    if ((flags & CC_LINK) && strstr(value ? value : word, "--build-id"))
        a->build_id = true;
    if (flags & (CC_DEBUG | CC_NODEBUG))
        a->debug = flags & CC_DEBUG;
    if (flags & (CC_LTO | CC_NOLTO))
        a->lto = flags & CC_LTO;
}

static unsigned flags_of(const char *word, const struct ccopt *option)
{
    if (starts(word, "-Wp,-MD,") || starts(word, "-Wp,-MMD,"))
        return CC_DEPEND;
    if (option)
        return option->flags;
    return starts(word, "--") ? CC_PASS : 0;       /* gcc's and clang's long options are too many to guess values */
}

/* Options of clang's own front end, as CMake gives them for precompiled headers: the header's text is taken in by the
 * preprocessing, and its precompiled form would only hide it. */
static unsigned flags_behind_xclang(struct args *a, const char *value)
{
    unsigned flags = a->pair;
    a->pair = 0;
    if (strcmp(value, "-include") == 0)
        flags = a->pair = CC_PREP;
    if (strcmp(value, "-include-pch") == 0)
        flags = a->pair = CC_PCH;
    return flags;
}

/* Takes the option at words[at]; returns how many words it is. */
static size_t take_option(struct args *a, size_t at)
{
    const char *word = a->words.list.items[at], *value = NULL;
    const struct ccopt *option = ccopt_find(word);
    unsigned flags = flags_of(word, option);
    *vec_push(&a->list) = (struct args_word){word, ARGS_OPTION, flags};
    size_t taken = 1, at_list = a->list.count - 1, name_len = option ? strlen(option->name) : 0;
    if (option && word[name_len]) {
        value = word + name_len;
    } else if ((flags & CC_VALUE) && at + 1 < a->words.list.count) {
        value = a->words.list.items[at + 1];
        *vec_push(&a->list) = (struct args_word){value, ARGS_OPTION_VALUE, flags};
        taken = 2;
    }
    if (taken == 2 && strcmp(word, "-Xclang") == 0)
        a->list.items[at_list].flags = a->list.items[at_list + 1].flags |= flags_behind_xclang(a, value);
    take_meaning(a, flags, word, value);
    return taken;
}

/* Why the command is none for us; NULL if it is. */
static const char *why_pass(const struct args *a)
{
    size_t c = args_c_count(a);
    if (!a->inputs.count)
        return "no input";
    if (a->mode == ARGS_LINK)
        return NULL;
    if (!c)
        return "no C source";
    if (a->output && a->inputs.count > 1)
        return "one output for several inputs";
    return a->output && (strcmp(a->output, "-") == 0 || is_special(a->output)) ? "no output file" : NULL;
}

void args_parse(char *const *argv, bool cxx, struct args *a)
{
    *a = (struct args){0};
    response_expand(argv, &a->words);
    for (size_t at = 0; at < a->words.list.count;) {
        const char *word = a->words.list.items[at];
        if (word[0] != '-' || !word[1]) {
            add_input(a, word, cxx);
            at++;
        } else {
            at += take_option(a, at);
        }
    }
    a->mode = a->seen & CC_ASSEMBLE ? ARGS_ASSEMBLY : a->seen & CC_COMPILE ? ARGS_OBJECT : ARGS_LINK;
    if (!a->pass)
        a->pass = why_pass(a);
    bool several = a->mode == ARGS_LINK || a->inputs.count > 1;
    a->plain_first = (a->seen & CC_SIDE)
        || (args_c_count(a) && (a->seen & (CC_EXACT | CC_STRICT)))
        || (args_c_count(a) && (several || a->inputs.items[0].preprocessed) && (a->seen & CC_DEPEND))
        || (a->mode != ARGS_LINK && args_c_count(a) < a->inputs.count);
}

void args_release(struct args *a)
{
    words_release(&a->words);
    vec_release(&a->list);
    vec_release(&a->inputs);
    *a = (struct args){0};
}

bool args_has(const struct args *a, const char *word)
{
    for (size_t i = 0; i < a->list.count; i++)
        if (strcmp(a->list.items[i].text, word) == 0)
            return true;
    return false;
}

size_t args_c_count(const struct args *a)
{
    size_t count = 0;
    for (size_t i = 0; i < a->inputs.count; i++)
        count += a->inputs.items[i].c;
    return count;
}

static char *with_suffix(const char *path, const char *new_suffix)
{
    return str_format("%.*s%s", (int)(strlen(path) - strlen(suffix(path))), path, new_suffix);
}

char *args_target(const struct args *a, size_t input)
{
    if (a->output)
        return str_copy(a->output);
    return with_suffix(file_name(a->inputs.items[input].path), a->mode == ARGS_ASSEMBLY ? ".s" : ".o");
}

static void add(struct words *out, const char *word)
{
    *vec_push(&out->list) = str_copy(word);
}

static void add_owned(struct words *out, char *word)
{
    *vec_push(&out->list) = word;
}

static bool has_depend(const struct args *a, const char *option)
{
    for (size_t i = 0; i < a->list.count; i++)
        if (a->list.items[i].kind == ARGS_OPTION && (a->list.items[i].flags & CC_DEPEND)
            && starts(a->list.items[i].text, option))
            return true;
    return false;
}

/* clang turns -Wp,-MD,FILE into -MD -MF FILE; gcc's own preprocessor reads it, and knows no default target. */
static bool clang_depend(const struct args *a, bool clang)
{
    return clang && (has_depend(a, "-Wp,-MD,") || has_depend(a, "-Wp,-MMD,"));
}

static void complete_depend(const struct args *a, size_t input, bool clang, struct words *out)
{
    bool wp = clang_depend(a, clang);
    if (!wp && !has_depend(a, "-MD") && !has_depend(a, "-MMD"))
        return;
    const char *base = a->output ? a->output : file_name(a->inputs.items[input].path);
    if (!wp && !has_depend(a, "-MF")) {
        add(out, "-MF");
        add_owned(out, with_suffix(base, ".d"));
    }
    if (!has_depend(a, "-MT") && !has_depend(a, "-MQ")) {
        add(out, "-MQ");
        add_owned(out, a->output ? str_copy(a->output) : with_suffix(base, ".o"));
    }
}

static void add_depend(const char *word, bool clang, struct words *out)
{
    if (!clang || !starts(word, "-Wp,")) {
        add(out, word);
        return;
    }
    const char *file = strchr(word + 4, ',') + 1;
    add_owned(out, str_copy_bytes(word + 4, (size_t)(file - word - 5)));
    add(out, "-MF");
    add(out, file);
}

void args_preprocess(const struct args *a, size_t input, bool clang, bool fast, bool comments, struct words *out)
{
    add(out, "-E");
    if (comments)
        add(out, "-C");
    for (size_t i = 0; i < a->list.count; i++) {
        const struct args_word *w = &a->list.items[i];
        if (w->kind == ARGS_INPUT ? i != a->inputs.items[input].word
                                  : (w->flags & (CC_LINK | CC_SIDE | CC_OUTPUT | CC_COMPILE | CC_ASSEMBLE | CC_PCH)))
            continue;
        if (!(w->flags & CC_DEPEND))
            add(out, w->text);
        else if (fast)
            add_depend(w->text, clang && w->kind == ARGS_OPTION, out);
    }
    if (fast)
        complete_depend(a, input, clang, out);
}

void args_compile(const struct args *a, bool quiet, struct words *out)
{
    unsigned drop = CC_OUTPUT | CC_COMPILE | CC_ASSEMBLE | CC_LANGUAGE | CC_PREP | CC_DEPEND | CC_SIDE | CC_PCH
        | (a->mode == ARGS_LINK ? CC_LINK : 0) | (quiet ? CC_STRICT : 0);
    for (size_t i = 0; i < a->list.count; i++)
        if (a->list.items[i].kind != ARGS_INPUT && !(a->list.items[i].flags & drop))
            add(out, a->list.items[i].text);
}

void args_plain(const struct args *a, size_t input, struct words *out)
{
    unsigned drop = CC_OUTPUT | CC_COMPILE | CC_ASSEMBLE | CC_LINK | CC_DEPEND | CC_SIDE | CC_STRICT;
    for (size_t i = 0; i < a->list.count; i++) {
        const struct args_word *w = &a->list.items[i];
        if (w->kind == ARGS_INPUT ? i == a->inputs.items[input].word : !(w->flags & drop))
            add(out, w->text);
    }
}

void args_link(const struct args *a, char *const *objects, struct words *out)
{
    size_t input = 0;
    for (size_t i = 0; i < a->list.count; i++) {
        const struct args_word *w = &a->list.items[i];
        if (w->kind != ARGS_INPUT) {
            if (!(w->flags & (CC_DEPEND | CC_SIDE)))
                add(out, w->text);
            continue;
        }
        const char *language = a->inputs.items[input].language, *object = objects[input];
        input++;
        if (object && language)
            add(out, "-xnone");
        add(out, object ? object : w->text);
        if (object && language)
            add_owned(out, str_format("-x%s", language));
    }
}
