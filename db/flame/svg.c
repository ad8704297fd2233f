/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/flame/svg.h"

#include <math.h>
#include <string.h>

#include "base/embed.h"
#include "db/markup.h"
#include "db/quantity.h"

#define WIDTH 1160.0
#define MARGIN 20.0
#define ROW 18.0
#define TOP 84.0
#define BOTTOM 34.0
#define GONE_SHOWN 8             /* frames that are on one side only: named below the picture */
#define THIN 0.2                 /* pixels: not drawn, unless the other view has it wider */
#define SIGNED 0.02              /* of the largest change: a smaller one has no sign, and hardly a colour */
#define LETTER 6.6               /* pixels of one, on average */

extern const struct embed flame_script[];

struct picture {
    const struct flame_tree *tree;
    const struct flame_words *words;
    struct str *out;
    bool two;
    int side;                    /* that widths are of */
    int levels;
    double whole[2], most;       /* values of everything; the largest change of a share */
};

static double share(const struct picture *p, const struct flame_node *n, int side)
{
    return p->whole[side] > 0 ? n->total[side] / p->whole[side] : 0;
}

/* Growth of a frame's share of the run before: time that others lost does not colour it. */
static double change(const struct picture *p, const struct flame_node *n)
{
    double base = fmax(p->whole[0], 1e-300);
    return (n->total[1] - n->total[0]) / base;
}

static int depth_of(const struct flame_tree *t, uint32_t node)
{
    int depth = 0;
    for (; node; node = t->nodes.items[node].parent)
        depth++;
    return depth;
}

static void measure(struct picture *p)
{
    for (uint32_t i = 0; i < p->tree->nodes.count; i++) {
        const struct flame_node *n = &p->tree->nodes.items[i];
        int depth = depth_of(p->tree, i) + 1;
        if (fmax(share(p, n, 0), share(p, n, 1)) * WIDTH < THIN)
            continue;
        p->levels = depth > p->levels ? depth : p->levels;
        p->most = fmax(p->most, i ? fabs(change(p, n)) : 0);
    }
}

/* One side: by name, so that a function has one colour; code that is not instrumented is grey. Two: red grew, blue
 * shrank, by how much of the largest change. */
static void add_colour(const struct picture *p, const struct flame_node *n)
{
    unsigned hash = 2166136261u;
    for (const char *c = n->name; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    double part = p->most > 0 ? fabs(change(p, n)) / p->most : 0;
    int pale = 240 - (int)(110 * sqrt(part));
    if (p->two && change(p, n) > 0)
        str_addf(p->out, "rgb(240,%d,%d)", pale, pale);
    else if (p->two && change(p, n) < 0)
        str_addf(p->out, "rgb(%d,%d,245)", pale, pale + 8 > 245 ? 245 : pale + 8);
    else if (p->two || n->outside)
        str_addf(p->out, "rgb(%u,%u,%u)", 208 + hash % 16, 208 + hash % 16, 214 + hash % 16);
    else
        str_addf(p->out, "rgb(%u,%u,%u)", 226 + hash % 28, 140 + hash / 28 % 70, 60 + hash / 2000 % 50);
}

static void add_value(const struct picture *p, double value)
{
    if (strcmp(p->words->unit, "s") == 0)
        quantity_seconds(p->out, value * p->words->scale);
    else if (strcmp(p->words->unit, "bytes") == 0)
        quantity_bytes(p->out, value * p->words->scale);
    else {
        quantity_count(p->out, llround(value * p->words->scale));
        str_addf(p->out, " %s", p->words->unit);
    }
}

static void add_side(const struct picture *p, const struct flame_node *n, int side)
{
    add_value(p, n->total[side]);
    str_addf(p->out, " (%.1f %%), self ", 100 * share(p, n, side));
    add_value(p, n->self[side]);
}

static void add_change(const struct picture *p, const struct flame_node *n)
{
    double difference = n->total[1] - n->total[0];
    str_add(p->out, "\nchange: ");
    str_add(p->out, difference > 0 ? "+" : difference < 0 ? "-" : "");
    add_value(p, fabs(difference));
    if (n->total[0] > 0 && n->total[1] > 0)
        str_addf(p->out, " (%+.1f %%)", 100 * difference / n->total[0]);
    else if (n->total[0] != n->total[1])
        str_add(p->out, n->total[0] > 0 ? " (gone)" : " (new)");
}

static void add_title(const struct picture *p, const struct flame_node *n)
{
    struct str label = STR_INIT;
    flame_label(n, &label);
    str_add(p->out, "<title>");
    markup_add(p->out, label.data);
    str_add(p->out, n->outside ? " (not instrumented)\n" : "\n");
    if (p->two) {
        markup_add(p->out, p->words->before);
        str_add(p->out, ": ");
    }
    add_side(p, n, 0);
    if (p->two) {
        str_add(p->out, "\n");
        markup_add(p->out, p->words->after);
        str_add(p->out, ": ");
        add_side(p, n, 1);
        add_change(p, n);
    }
    str_add(p->out, "</title>");
    str_release(&label);
}

/* What a colour says of a change, for those who see none. */
static const char *sign_of(const struct picture *p, const struct flame_node *n)
{
    if (!p->two || fabs(change(p, n)) < SIGNED * p->most)
        return "";
    return change(p, n) > 0 ? "+ " : "- ";
}

static void add_text(const struct picture *p, const char *label, double x, double y, double pixels)
{
    size_t letters = pixels > 6 ? (size_t)((pixels - 6) / LETTER) : 0, len = strlen(label);
    char part[256];
    str_addf(p->out, "<text x=\"%.2f\" y=\"%.1f\">", x + 3, y + 13);
    if (letters >= 3) {
        size_t keep = letters >= len ? len : letters - 1;
        keep = keep < sizeof part ? keep : sizeof part - 1;
        memcpy(part, label, keep);
        part[keep] = 0;
        markup_add(p->out, part);
        str_add(p->out, letters >= len ? "" : "\xe2\x80\xa6");
    }
    str_add(p->out, "</text>");
}

static void add_frame(const struct picture *p, uint32_t node, int level, const double at[2])
{
    const struct flame_node *n = &p->tree->nodes.items[node];
    double pixels = share(p, n, p->side) * WIDTH, x = MARGIN + at[p->side] * WIDTH;
    double y = TOP + (p->levels - 1 - level) * ROW;
    struct str label = STR_INIT, shown = STR_INIT;
    flame_label(n, &label);
    str_addf(&shown, "%s%s", sign_of(p, n), label.data);
    str_addf(p->out, "<g class=\"f\" data-l=\"%d\" data-p=\"%.6f %.6f %.6f %.6f\" data-s=\"%s\" data-n=\"", level,
             at[0], share(p, n, 0), at[1], share(p, n, 1), sign_of(p, n));
    markup_add(p->out, label.data);
    str_add(p->out, pixels < THIN ? "\" style=\"display:none\">" : "\">");
    add_title(p, n);
    str_addf(p->out, "<rect x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\" fill=\"", x, y, fmax(pixels, 0),
             ROW - 1);
    add_colour(p, n);
    str_add(p->out, "\"/>");
    add_text(p, shown.data, x, y, pixels);
    str_add(p->out, "</g>\n");
    str_release(&label);
    str_release(&shown);
}

static void add_frames(const struct picture *p, uint32_t node, int level, const double at[2])
{
    const struct flame_node *n = &p->tree->nodes.items[node];
    if (fmax(share(p, n, 0), share(p, n, 1)) * WIDTH < THIN)
        return;
    add_frame(p, node, level, at);
    double x[2] = {at[0], at[1]};
    for (uint32_t c = n->child; c; c = p->tree->nodes.items[c].next) {
        add_frames(p, c, level + 1, x);
        x[0] += share(p, &p->tree->nodes.items[c], 0);
        x[1] += share(p, &p->tree->nodes.items[c], 1);
    }
}

/* The largest frames of which a side has nothing, outermost ones only: the view by its width lacks them. */
static size_t find_gone(const struct picture *p, int side, uint32_t out[GONE_SHOWN])
{
    size_t count = 0;
    for (uint32_t i = 1; p->two && i < p->tree->nodes.count; i++) {
        const struct flame_node *n = &p->tree->nodes.items[i];
        if (n->total[side] > 0 || !(n->total[1 - side] > 0) || !(p->tree->nodes.items[n->parent].total[side] > 0))
            continue;
        size_t k = count < GONE_SHOWN ? count++ : GONE_SHOWN - 1;
        if (count == GONE_SHOWN && k == GONE_SHOWN - 1 && out[k] &&
            p->tree->nodes.items[out[k]].total[1 - side] >= n->total[1 - side] && i != out[k])
            continue;
        for (; k > 0 && p->tree->nodes.items[out[k - 1]].total[1 - side] < n->total[1 - side]; k--)
            out[k] = out[k - 1];
        out[k] = i;
    }
    return count;
}

static void add_gone(const struct picture *p, int side, const char *word, double y)
{
    uint32_t gone[GONE_SHOWN] = {0};
    size_t count = find_gone(p, side, gone);
    if (!count)
        return;
    str_addf(p->out, "<text x=\"%.0f\" y=\"%.0f\" class=\"small\">%s: ", MARGIN, y, word);
    for (size_t i = 0; i < count; i++) {
        const struct flame_node *n = &p->tree->nodes.items[gone[i]];
        str_add(p->out, i ? ", " : "");
        markup_add(p->out, n->name);
        str_add(p->out, " ");
        add_value(p, n->total[1 - side]);
    }
    str_add(p->out, "</text>\n");
}

static void add_head(const struct picture *p, double height)
{
    str_add(p->out, p->words->in_page ? "" : "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    str_addf(p->out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" "
             "height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" data-width=\"%.0f\" data-margin=\"%.0f\" data-side=\"%d\" "
             "class=\"flame\" role=\"%s\" aria-label=\"",
             WIDTH + 2 * MARGIN, height, WIDTH + 2 * MARGIN, height, WIDTH, MARGIN, p->side,
             p->words->in_page ? "group" : "img");
    markup_add(p->out, p->words->title);
    str_add(p->out, "\">\n");
    if (!p->words->in_page)
        str_add(p->out, "<style>text{font:11.5px 'DejaVu Sans Mono',Menlo,Consolas,monospace;fill:#111}"
                    ".big{font:bold 16px 'DejaVu Sans',Arial,sans-serif}.small{font-size:11px;fill:#444}"
                    ".button{cursor:pointer;fill:#0050a0;text-decoration:underline}"
                    "g.f{cursor:pointer}g.f:hover rect,g.f:focus rect{stroke:#000;stroke-width:1}"
                    "g.hit rect{fill:#c060e0}</style>\n");
    str_add(p->out, "<rect class=\"paper\" width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    str_addf(p->out, "<text x=\"%.0f\" y=\"24\" class=\"big\">", MARGIN);
    markup_add(p->out, p->words->title);
    str_addf(p->out, "</text>\n<text x=\"%.0f\" y=\"44\" class=\"small\">", MARGIN);
}

static void add_sides(const struct picture *p)
{
    if (!p->two) {
        markup_add(p->out, p->words->before);
        str_add(p->out, ": ");
        add_value(p, p->whole[0]);
        str_add(p->out, " a run; width: share of it");
        return;
    }
    markup_add(p->out, p->words->before);
    str_add(p->out, ": ");
    add_value(p, p->whole[0]);
    str_add(p->out, ",  ");
    markup_add(p->out, p->words->after);
    str_add(p->out, ": ");
    add_value(p, p->whole[1]);
    str_add(p->out, " a run; red, +: grew; blue, -: shrank; grey: as before");
}

static void add_buttons(const struct picture *p)
{
    str_addf(p->out, "</text>\n"
                     "<text x=\"%.0f\" y=\"64\" class=\"button search\" role=\"button\">Search (/)</text>"
                     "<text x=\"%.0f\" y=\"64\" class=\"button reset\" role=\"button\">Reset (Esc)</text>\n",
             MARGIN, MARGIN + 100);
    if (p->two) {
        str_add(p->out, "<text x=\"230\" y=\"64\" class=\"button view\" role=\"button\" data-0=\"Width: ");
        markup_add(p->out, p->words->before);
        str_add(p->out, "\" data-1=\"Width: ");
        markup_add(p->out, p->words->after);
        str_add(p->out, "\">Width: ");
        markup_add(p->out, p->words->after);
        str_add(p->out, "</text>\n");
    }
    str_addf(p->out, "<text x=\"%.0f\" y=\"64\" text-anchor=\"end\" class=\"found\"></text>\n", MARGIN + WIDTH);
}

void flame_svg(const struct flame_tree *t, const struct flame_words *words, struct str *out)
{
    struct picture p = {.tree = t, .words = words, .out = out, .two = words->after, .side = words->after ? 1 : 0,
                        .whole = {t->nodes.items[0].total[0], t->nodes.items[0].total[1]}};
    const double origin[2] = {0, 0};
    measure(&p);
    double bottom = TOP + p.levels * ROW, height = bottom + BOTTOM + (p.two ? 34 : 0);
    add_head(&p, height);
    add_sides(&p);
    add_buttons(&p);
    add_frames(&p, 0, 0, origin);
    str_addf(out, "<text x=\"%.0f\" y=\"%.0f\" class=\"info\"></text>\n", MARGIN, bottom + 18);
    add_gone(&p, 1, "Gone", bottom + 36);
    add_gone(&p, 0, "New", bottom + 52);
    if (!words->in_page)
        str_addf(out, "<script><![CDATA[\n%s]]></script>\n", flame_script[0].text);
    str_add(out, "</svg>\n");
}
