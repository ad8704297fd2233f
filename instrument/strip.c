/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/strip.h"

#include <stdlib.h>
#include <string.h>

/* By a word of the linker's own. */
static enum strip asked_by(const char *word, size_t len)
{
    static const struct { const char *name; enum strip what; } words[] = {
        {"-s", STRIP_ALL}, {"--strip-all", STRIP_ALL}, {"-S", STRIP_DEBUG}, {"--strip-debug", STRIP_DEBUG},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].name) == len && strncmp(words[i].name, word, len) == 0)
            return words[i].what;
    return STRIP_NOTHING;
}

static enum strip more(enum strip a, enum strip b)
{
    return a > b ? a : b;
}

/* Takes them out of -Wl,A,B,C; an empty text where nothing is left. */
static enum strip take_from_list(char *list)
{
    enum strip what = STRIP_NOTHING;
    char *kept = list + strlen("-Wl");
    for (const char *word = kept; *word == ',';) {
        size_t len = strcspn(word + 1, ",");
        const char *next = word + 1 + len;
        enum strip asked = asked_by(word + 1, len);
        what = more(what, asked);
        if (asked == STRIP_NOTHING) {
            memmove(kept, word, len + 1);
            kept += len + 1;
        }
        word = next;
    }
    *kept = '\0';
    if (kept == list + strlen("-Wl"))
        *list = '\0';
    return what;
}

/* Takes the word apart in place; an empty one is to be dropped. */
static enum strip take_word(char *word, bool linkers_own)
{
    if (strncmp(word, "-Wl,", 4) == 0)
        return take_from_list(word);
    enum strip what = linkers_own || strcmp(word, "-s") == 0 ? asked_by(word, strlen(word)) : STRIP_NOTHING;
    if (what != STRIP_NOTHING)
        *word = '\0';
    return what;
}

enum strip strip_take(struct words *command)
{
    enum strip what = STRIP_NOTHING;
    size_t kept = 0;
    for (size_t at = 0; at < command->list.count; at++) {
        char *word = command->list.items[at];
        bool linkers_own = kept && strcmp(command->list.items[kept - 1], "-Xlinker") == 0;
        what = more(what, take_word(word, linkers_own));
        if (*word) {
            command->list.items[kept++] = word;
            continue;
        }
        free(word);
        if (linkers_own)
            free(command->list.items[--kept]);
    }
    command->list.count = kept;
    return what;
}

bool strip_file(const struct job *j, enum strip what, const char *file, struct str *err)
{
    struct words command = {0};
    struct str out = STR_INIT;
    job_word(&command, "strip");
    job_word(&command, what == STRIP_ALL ? "--strip-all" : "--strip-debug");
    job_word(&command, file);
    struct proc_result r = job_run(j, &command, &out, err);
    if (!r.started)
        str_addf(err, "cannot run strip: %s", strerror(r.error_number));
    words_release(&command);
    str_release(&out);
    return proc_code(r) == 0;
}
