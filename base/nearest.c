/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/nearest.h"

#include <string.h>

enum { LONGEST = 32 };           /* letters; what is longer is near to nothing */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t d[LONGEST + 1][LONGEST + 1];
    for (size_t i = 0; i <= a_len; i++)
        d[i][0] = i;
    for (size_t j = 0; j <= b_len; j++)
        d[0][j] = j;
    for (size_t i = 1; i <= a_len; i++)
        for (size_t j = 1; j <= b_len; j++) {
            size_t same = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            d[i][j] = least(same, 1 + least(d[i - 1][j], d[i][j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a_len][b_len];
}

struct nearest nearest_to(const char *word, size_t len)
{
    return (struct nearest){.word = word, .len = len, .distance = 2 + len / 4};
}

void nearest_offer(struct nearest *n, const char *name)
{
    size_t len = strlen(name);
    if (n->len < 2 || n->len > LONGEST || len > LONGEST)
        return;
    size_t d = len > n->len && memcmp(name, n->word, n->len) == 0 ? 0 : distance(n->word, n->len, name, len);
    if (d < n->distance) {
        n->distance = d;
        n->name = name;
    }
}
