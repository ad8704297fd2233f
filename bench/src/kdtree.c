/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * kdtree POINTS QUERIES: builds a k-d tree of points in three dimensions and asks it for nearest neighbours: recursion,
 * branches that nobody predicts, and memory that is not in the cache.
 */
#include <stdio.h>
#include <stdlib.h>

enum { DIMENSIONS = 3 };
struct point {
    float at[DIMENSIONS];
};
static struct point *points;
static unsigned long long state = 88172645463325252ull;

static float drawn(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (float)(state >> 40) / (float)(1 << 24);
}

static struct point random_point(void)
{
    struct point p;
    for (int d = 0; d < DIMENSIONS; d++)
        p.at[d] = drawn();
    return p;
}

static void swap(struct point *a, struct point *b)
{
    struct point kept = *a;
    *a = *b;
    *b = kept;
}

/* Moves the median by `axis` of points[low .. high - 1] to its middle, smaller ones before it. */
static void split(int low, int high, int axis)
{
    int middle = (low + high) / 2;
    while (high - low > 1) {
        swap(&points[low], &points[low + (high - low) / 2]);
        int last = low;
        for (int i = low + 1; i < high; i++)
            if (points[i].at[axis] < points[low].at[axis])
                swap(&points[++last], &points[i]);
        swap(&points[low], &points[last]);
        if (last == middle)
            return;
        if (last < middle)
            low = last + 1;
        else
            high = last;
    }
}

static void build(int low, int high, int axis)
{
    if (high - low < 2)
        return;
    int middle = (low + high) / 2;
    split(low, high, axis);
    build(low, middle, (axis + 1) % DIMENSIONS);
    build(middle + 1, high, (axis + 1) % DIMENSIONS);
}

static float distance(const struct point *a, const struct point *b)
{
    float sum = 0;
    for (int d = 0; d < DIMENSIONS; d++)
        sum += (a->at[d] - b->at[d]) * (a->at[d] - b->at[d]);
    return sum;
}

static void nearest(int low, int high, int axis, const struct point *to, float *best)
{
    if (low >= high)
        return;
    int middle = (low + high) / 2;
    float here = distance(&points[middle], to), away = to->at[axis] - points[middle].at[axis];
    if (here < *best)
        *best = here;
    int next = (axis + 1) % DIMENSIONS;
    nearest(away < 0 ? low : middle + 1, away < 0 ? middle : high, next, to, best);
    if (away * away < *best)
        nearest(away < 0 ? middle + 1 : low, away < 0 ? high : middle, next, to, best);
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : 200000, queries = argc > 2 ? atoi(argv[2]) : 100000;
    points = malloc((size_t)count * sizeof *points);
    if (!points)
        return 1;
    for (int i = 0; i < count; i++)
        points[i] = random_point();
    build(0, count, 0);
    double sum = 0;
    for (int q = 0; q < queries; q++) {
        struct point to = random_point();
        float best = 1e9f;
        nearest(0, count, 0, &to, &best);
        sum += best;
    }
    printf("%.9g\n", sum);
    free(points);
    return 0;
}
