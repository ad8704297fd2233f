/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/quantity.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

void quantity_count(struct str *out, int64_t n)
{
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n);
    int sign = n < 0;
    for (int i = 0; i < len; i++) {
        if (i > sign && (len - i) % 3 == 0)
            str_add_char(out, ',');
        str_add_char(out, digits[i]);
    }
}

void quantity_calls(struct str *out, double n)
{
    quantity_count(out, llround(n));
    str_add(out, llround(n) == 1 ? " call" : " calls");
}

/* Three digits that count. */
static void scaled(struct str *out, double value, const char *unit)
{
    int places = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    str_addf(out, "%.*f %s", places, value, unit);
}

struct step {
    double size;
    const char *unit;
};

/* The largest unit whose figure does not round to less than 1. */
static void by_steps(struct str *out, double value, const struct step *steps, int count)
{
    for (int i = 0; i < count; i++)
        if (value >= steps[i].size * 0.9995 || i == count - 1) {
            scaled(out, value / steps[i].size, steps[i].unit);
            return;
        }
}

void quantity_seconds(struct str *out, double seconds)
{
    static const struct step steps[] = {{1, "s"}, {1e-3, "ms"}, {1e-6, "us"}, {1e-9, "ns"}};
    if (seconds == 0)
        str_add(out, "0 s");
    else
        by_steps(out, seconds, steps, 4);
}

void quantity_percent(struct str *out, double share)
{
    str_addf(out, "%.1f", share * 100);
}

void quantity_bytes(struct str *out, double bytes)
{
    static const struct step steps[] = {{1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}, {1, "B"}};
    if (bytes < 1000)
        str_addf(out, "%.0f B", bytes);
    else
        by_steps(out, bytes, steps, 4);
}

void quantity_date(struct str *out, int64_t ns)
{
    struct tm tm;
    char text[32];
    time_t seconds = ns / 1000000000;
    localtime_r(&seconds, &tm);
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &tm);
    str_add(out, text);
}
