/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/flame/folded.h"

#include <math.h>

static void add_folded(const struct flame_tree *t, uint32_t node, const struct str *path, bool two, struct str *out)
{
    const struct flame_node *n = &t->nodes.items[node];
    struct str own = STR_INIT;
    if (node) {
        str_addf(&own, "%s%s", path->data, path->len ? ";" : "");
        size_t start = own.len;
        flame_label(n, &own);
        for (char *c = own.data + start; *c; c++)
            *c = *c == ';' || *c == '\n' ? ':' : *c;
    }
    if (llround(n->self[0]) || llround(n->self[1])) {
        str_addf(out, "%s", own.data);
        for (int side = 0; side <= (two ? 1 : 0); side++)
            str_addf(out, " %lld", llround(n->self[side]));
        str_add(out, "\n");
    }
    for (uint32_t c = n->child; c; c = t->nodes.items[c].next)
        add_folded(t, c, &own, two, out);
    str_release(&own);
}

void flame_folded(const struct flame_tree *t, bool two, struct str *out)
{
    struct str path = STR_INIT;
    add_folded(t, 0, &path, two, out);
}
