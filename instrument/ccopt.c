/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/ccopt.h"

#include <stdlib.h>
#include <string.h>

const struct ccopt ccopt_table[] = {
#define X(name, flags) {name, flags},
#include "instrument/options.def"
#undef X
};

const size_t ccopt_count = sizeof ccopt_table / sizeof *ccopt_table;

struct key {
    const char *text;
    size_t len;
};

static int compare(const void *key, const void *option)
{
    const struct key *k = key;
    const struct ccopt *o = option;
    int order = strncmp(k->text, o->name, k->len);
    return order ? order : o->name[k->len] ? -1 : 0;
}

const struct ccopt *ccopt_find(const char *word)
{
    size_t whole = strlen(word);
    for (size_t len = whole; len > 1; len--) {
        struct key key = {word, len};
        const struct ccopt *o = bsearch(&key, ccopt_table, ccopt_count, sizeof *ccopt_table, compare);
        if (o && (len == whole || (o->flags & CC_JOINED)))
            return o;
    }
    return NULL;
}
