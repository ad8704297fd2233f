/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/compiler.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/proc.h"

static bool is_one_of(const char *const *names, const char *word, size_t len)
{
    for (; *names; names++)
        if (strlen(*names) == len && memcmp(*names, word, len) == 0)
            return true;
    return false;
}

/* Length of a name without its version: "gcc-12", "clang-19". */
static size_t length_without_version(const char *name)
{
    size_t len = strlen(name), end = len;
    while (end && strchr("0123456789.", name[end - 1]))
        end--;
    return end < len && end && name[end - 1] == '-' ? end - 1 : len;
}

bool compiler_is_name(const char *word)
{
    static const char *const names[] = {"cc", "gcc", "clang", "c99", "c89", "tcc", "c++", "g++", "clang++", NULL};
    const char *name = file_name(word);
    size_t len = length_without_version(name), start = len;
    while (start && name[start - 1] != '-')
        start--;
    return is_one_of(names, name + start, len - start);
}

static bool is_launcher(const char *word)
{
    static const char *const names[] = {"ccache", "distcc", "sccache", "icecc", NULL};
    const char *name = file_name(word);
    return is_one_of(names, name, strlen(name));
}

static bool is_self(const char *path)
{
    struct stat self, other;
    return stat("/proc/self/exe", &self) == 0 && stat(path, &other) == 0 && self.st_dev == other.st_dev
        && self.st_ino == other.st_ino;
}

static bool is_program(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* Path of the program that `name` stands for, ourselves passed over (and then *passed_self set). Yours; NULL: none. */
static char *find_program(const char *name, bool *passed_self)
{
    if (strchr(name, '/'))
        return is_program(name) && !is_self(name) ? str_copy(name) : NULL;
    const char *path = getenv("PATH");
    for (const char *at = path ? path : "/bin:/usr/bin"; at; at = strchr(at, ':') ? strchr(at, ':') + 1 : NULL) {
        size_t len = strcspn(at, ":");
        char *file = len ? str_format("%.*s/%s", (int)len, at, name) : str_format("./%s", name);
        if (is_program(file) && !is_self(file))
            return file;
        *passed_self |= is_program(file);
        free(file);
    }
    return NULL;
}

static const char *family(const char *word)
{
    const char *name = file_name(word);
    return strstr(name, "clang") ? "clang" : strstr(name, "gcc") || strstr(name, "g++") ? "gcc" : NULL;
}

static bool asks_as_clang(const char *program)
{
    struct str out = STR_INIT, err = STR_INIT;
    char *copy = str_copy(program);
    proc_run((char *[]){copy, (char[]){"--version"}, NULL}, &out, &err);
    bool clang = strstr(out.data, "clang");
    free(copy);
    str_release(&out);
    str_release(&err);
    return clang;
}

/* clang or gcc? By the words of the command, by what a link points at, and else by asking. */
static bool is_clang(const struct compiler *c, const char *program)
{
    const char *found = NULL;
    for (size_t i = 0; i < c->command.list.count && !found; i++)
        if (c->command.list.items[i][0] != '-')
            found = family(c->command.list.items[i]);
    if (found)
        return strcmp(found, "clang") == 0;
    char *real = realpath(program, NULL);
    found = real ? family(real) : NULL;
    bool clang = found ? strcmp(found, "clang") == 0 : asks_as_clang(program);
    free(real);
    return clang;
}

/* The name alone is enough where PATH leads to the compiler, and keeps its messages as they are. */
static bool resolve(struct compiler *c, const char *name, struct str *err)
{
    bool passed_self = false;
    char *program = find_program(name, &passed_self), *shown = str_copy(passed_self && program ? program : name);
    free(c->command.list.items[0]);
    c->command.list.items[0] = shown;
    if (!program) {
        str_addf(err, "cannot find the compiler '%s'; FARM_CC names another", shown);
        return false;
    }
    c->clang = is_clang(c, program);
    c->program = program;
    for (size_t i = 0; i < c->command.list.count; i++)
        c->cxx |= compiler_is_name(c->command.list.items[i]) && strstr(file_name(c->command.list.items[i]), "++");
    return true;
}

static bool take_first_words(char ***argv, struct compiler *c)
{
    char **word = *argv;
    bool launched = word[0] && is_launcher(word[0]) && word[1] && compiler_is_name(word[1]);
    if (!launched && !(word[0] && compiler_is_name(word[0])))
        return false;
    for (int i = 0; i <= launched; i++)
        *vec_push(&c->command.list) = str_copy(word[i]);
    *argv += 1 + launched;
    return true;
}

bool compiler_find(const char *called_as, const char *setting, char ***argv, struct compiler *c, struct str *err)
{
    *c = (struct compiler){0};
    if (take_first_words(argv, c))
        return resolve(c, c->command.list.items[0], err);
    if (setting)
        response_split(setting, &c->command);
    if (c->command.list.count)
        return resolve(c, c->command.list.items[0], err);
    if (compiler_is_name(called_as)) {
        *vec_push(&c->command.list) = str_copy(file_name(called_as));
        return resolve(c, c->command.list.items[0], err);
    }
    static const char *const usual[] = {"cc", "gcc", "clang"};
    *vec_push(&c->command.list) = str_copy(usual[0]);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        str_clear(err);
        if (resolve(c, usual[i], err))
            return true;
    }
    str_clear(err);
    str_add(err, "found no C compiler in PATH (cc, gcc, clang); FARM_CC names one");
    return false;
}

/* x86_64-linux-gnu-gcc-12, but gcc-12, clang-19 and "ccache gcc" have no processor in their names. */
static bool is_other_processor(const char *name, const char *own)
{
    size_t len = strcspn(name, "-");
    bool versioned = isdigit((unsigned char)name[len + (name[len] != 0)]);
    return name[len] && !versioned && !(strlen(own) == len && memcmp(name, own, len) == 0);
}

bool compiler_is_native(const struct compiler *c)
{
#if defined __x86_64__
    static const char own[] = "x86_64";
#else
    static const char own[] = "";
#endif
    for (size_t i = 0; i < c->command.list.count; i++) {
        const char *word = c->command.list.items[i], *name = file_name(word);
        bool names = word[0] != '-' && compiler_is_name(word);
        if (strncmp(word, "--target=", 9) == 0 || names)
            if (is_other_processor(names ? name : word + 9, own))
                return false;
    }
    return own[0];
}

void compiler_release(struct compiler *c)
{
    words_release(&c->command);
    free(c->program);
}
