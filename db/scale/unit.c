/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/scale/unit.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

bool scale_in_seconds(const char *metric)
{
    return str_ends(metric, "_s") && !str_ends(metric, "_per_s");
}

struct scale_unit scale_unit_of(const char *metric, double size)
{
    static const struct scale_unit seconds[] = {{1, "s"}, {1e3, "ms"}, {1e6, "us"}, {1e9, "ns"}};
    static const struct scale_unit bytes[] = {{1e-9, "GB"}, {1e-6, "MB"}, {1e-3, "kB"}, {1, "B"}};
    const struct scale_unit *units = scale_in_seconds(metric) ? seconds : str_ends(metric, "_bytes") ? bytes : NULL;
    size_t i = 0;
    if (!units)
        return (struct scale_unit){1, ""};
    while (i < 3 && fabs(size) * units[i].scale < 1)
        i++;
    return units[i];
}

void scale_unit_model(const struct scale_verdict *v, struct scale_unit unit, struct str *out)
{
    struct growth_model m = v->growth.model;
    for (size_t k = 0; k < m.count; k++)
        m.terms[k].coefficient *= unit.scale;
    growth_model_text(&m, "n", out);
    if (*unit.name)
        str_addf(out, " %s", unit.name);
}

void scale_unit_label(const char *metric, struct scale_unit unit, struct str *out)
{
    size_t len = strlen(metric), tail = scale_in_seconds(metric) ? 2 : str_ends(metric, "_bytes") ? 6 : 0;
    str_add_bytes(out, metric, len - tail);
    if (*unit.name)
        str_addf(out, " (%s)", unit.name);
}

void scale_unit_figure(double value, struct str *out)
{
    double size = fabs(value);
    if (size >= 1e6)
        str_addf(out, "%.3g", value);
    else
        str_addf(out, "%.*f", size == 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3, value);
}
