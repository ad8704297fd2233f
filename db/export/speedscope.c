/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * speedscope's own format (https://www.speedscope.app/file-format-schema.json): stacks with their CPU time.
 */
#include <math.h>
#include <stdlib.h>

#include "db/export/export.h"
#include "db/names.h"
#include "db/export/stacks.h"
#include "db/format.h"

extern const struct export_format export_speedscope;

struct writer {
    const struct flame_tree *t;
    struct names frames;
    struct str list, stacks, weights;
    int64_t sum;
};

static size_t frame(struct writer *w, const struct flame_node *n)
{
    char *key = str_format("%s\n%s", n->file, n->name);
    size_t known = w->frames.list.count, number = names_put(&w->frames, key);
    free(key);
    if (number > known) {
        str_addf(&w->list, "%s\n{\"name\": ", known ? "," : "");
        format_json_string(n->name, &w->list);
        if (*n->file) {
            str_add(&w->list, ", \"file\": ");
            format_json_string(n->file, &w->list);
        }
        str_add(&w->list, "}");
    }
    return number - 1;
}

static void add_stack(struct writer *w, uint32_t node)
{
    VEC(uint32_t) path = {0};
    for (uint32_t at = node; at; at = w->t->nodes.items[at].parent)
        *vec_push(&path) = at;
    str_add(&w->stacks, w->sum ? ",\n[" : "\n[");
    for (size_t i = path.count; i-- > 0;)
        str_addf(&w->stacks, "%zu%s", frame(w, &w->t->nodes.items[path.items[i]]), i ? "," : "]");
    vec_release(&path);
}

static void add_stacks(struct writer *w)
{
    for (uint32_t i = 1; i < w->t->nodes.count; i++) {
        long long weight = llround(w->t->nodes.items[i].self[0]);
        if (weight <= 0)
            continue;
        add_stack(w, i);
        str_addf(&w->weights, "%s%lld", w->sum ? "," : "", weight);
        w->sum += weight;
    }
}

static bool write_speedscope(const struct export *e, struct str *out, struct str *err)
{
    struct flame_tree t;
    if (!export_stacks(e, FLAME_BY_FUNCTION, &t, err))
        return false;
    struct writer w = {.t = &t, .list = STR_INIT, .stacks = STR_INIT, .weights = STR_INIT};
    char *program = export_program(e);
    add_stacks(&w);
    str_add(out, "{\"$schema\": \"https://www.speedscope.app/file-format-schema.json\", \"exporter\": \"farmdb "
                 FARM_TOOL_VERSION "\", \"name\": ");
    format_json_string(e->selection->name, out);
    str_addf(out, ", \"activeProfileIndex\": 0, \"shared\": {\"frames\": [%s]},\n\"profiles\": [{\"type\": "
                  "\"sampled\", \"name\": ", w.list.data);
    format_json_string(*program ? program : e->selection->name, out);
    str_addf(out, ", \"unit\": \"nanoseconds\", \"startValue\": 0, \"endValue\": %lld,\n\"samples\": [%s],\n"
                  "\"weights\": [%s]}]}\n", (long long)w.sum, w.stacks.data, w.weights.data);
    free(program);
    names_release(&w.frames);
    str_release(&w.list);
    str_release(&w.stacks);
    str_release(&w.weights);
    flame_release(&t);
    return true;
}

const struct export_format export_speedscope = {"speedscope", write_speedscope};
