/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * growth NAME N: algorithms whose growth is known. The line that each is judged by ends with a comment "CLASS: ...".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned random_state = 1;
static unsigned drawn(void)
{
    return (random_state = random_state * 1103515245u + 12345u) >> 8;
}

static unsigned *numbers(int n)
{
    unsigned *v = malloc((size_t)(n + 1) * sizeof *v);
    for (int i = 0; i < n; i++)
        v[i] = drawn();
    return v;
}

static long search(int n)
{
    long found = 0;
    for (int q = 0; q < 500; q++) {
        int low = 0, high = n, key = (int)(drawn() % (unsigned)n);
        while (low < high) {
            int middle = (low + high) / 2; /* search CLASS: log n */
            if (middle < key)
                low = middle + 1;
            else
                high = middle;
        }
        found += low;
    }
    return found;
}

static void merge(unsigned *a, unsigned *b, int low, int high)
{
    int middle = (low + high) / 2;
    if (high - low < 2)
        return;
    merge(a, b, low, middle);
    merge(a, b, middle, high);
    for (int i = low, j = middle, k = low; k < high; k++)
        b[k] = j >= high || (i < middle && a[i] <= a[j]) ? a[i++] : a[j++]; /* merge CLASS: n log n */
    memcpy(a + low, b + low, (size_t)(high - low) * sizeof *a);
}

static long insertion(int n)
{
    unsigned *v = numbers(n);
    for (int i = 1; i < n; i++) {
        unsigned x = v[i];
        int j = i;
        while (j > 0 && v[j - 1] > x) {
            v[j] = v[j - 1]; /* insertion CLASS: n^2 */
            j--;
        }
        v[j] = x;
    }
    return v[n / 2];
}

/* As libraries have it: insertion where there are few. */
static void hybrid_sort(unsigned *a, unsigned *b, int low, int high)
{
    if (high - low <= 16) {
        for (int i = low + 1; i < high; i++)
            for (int j = i; j > low && a[j - 1] > a[j]; j--) {
                unsigned x = a[j];
                a[j] = a[j - 1];
                a[j - 1] = x;
            }
        return;
    }
    int middle = (low + high) / 2;
    hybrid_sort(a, b, low, middle);
    hybrid_sort(a, b, middle, high);
    for (int i = low, j = middle, k = low; k < high; k++)
        b[k] = j >= high || (i < middle && a[i] <= a[j]) ? a[i++] : a[j++]; /* hybrid CLASS: n log n */
    memcpy(a + low, b + low, (size_t)(high - low) * sizeof *a);
}

static long matrix(int n)
{
    long *m = calloc((size_t)n * (size_t)n, sizeof *m);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++)
                m[i * n + j] += i * k ^ j; /* matrix CLASS: n^3 */
    return m[n];
}

static long fibonacci(int n)
{
    if (n < 2) /* fibonacci CLASS: 2^n */
        return n;
    return fibonacci(n - 1) + fibonacci(n - 2);
}

/* Keys with one long prefix, hashed by the first eight characters: all in one chain. */
static long bad_hash(int n)
{
    struct entry { struct entry *next; char key[32]; } *buckets[64] = {NULL};
    long steps = 0;
    for (int i = 0; i < n; i++) {
        struct entry *e = malloc(sizeof *e);
        unsigned h = 0;
        snprintf(e->key, sizeof e->key, "customer-%d", i);
        for (int c = 0; c < 8; c++)
            h = h * 31 + (unsigned char)e->key[c];
        for (struct entry *at = buckets[h % 64]; at; at = at->next)
            steps += strcmp(at->key, e->key) == 0; /* chain CLASS: n^2 */
        e->next = buckets[h % 64];
        buckets[h % 64] = e;
    }
    return steps;
}

/* Breadth first through a grid of n cells. */
static long breadth(int n)
{
    int *queue = malloc((size_t)n * sizeof *queue), head = 0, tail = 0;
    char *seen = calloc((size_t)n, 1);
    seen[0] = 1;
    queue[tail++] = 0;
    while (head < tail) {
        int cell = queue[head++]; /* breadth CLASS: n */
        int next[2] = {cell * 2 + 1, cell * 2 + 2};
        for (int k = 0; k < 2; k++)
            if (next[k] < n && !seen[next[k]]) {
                seen[next[k]] = 1;
                queue[tail++] = next[k];
            }
    }
    return tail;
}

struct node { double x, y; struct node *left, *right; };

static struct node *insert(struct node *at, struct node *new, int depth)
{
    if (!at)
        return new;
    if (depth % 2 ? new->y < at->y : new->x < at->x)
        at->left = insert(at->left, new, depth + 1); /* tree_build CLASS: n log n */
    else
        at->right = insert(at->right, new, depth + 1);
    return at;
}

static long tree(int n)
{
    struct node *nodes = calloc((size_t)n, sizeof *nodes), *root = NULL;
    for (int i = 0; i < n; i++) {
        nodes[i].x = drawn();
        nodes[i].y = drawn();
        root = insert(root, &nodes[i], 0);
    }
    return root->left != NULL;
}

/* Mostly linear: the quadratic term is a two-thousandth. */
static long hidden(int n)
{
    long s = 0;
    for (int i = 0; i < 5 * n + n * n / 2000; i++)
        s += i; /* hidden CLASS: n^2 */
    return s;
}

static long constant(int n)
{
    long s = n;
    for (int i = 0; i < 1000; i++)
        s += i; /* constant CLASS: 1 */
    return s;
}

int main(int argc, char **argv)
{
    int n = argc > 2 ? atoi(argv[2]) : 0;
    const char *name = argc > 2 ? argv[1] : "";
    unsigned *a = numbers(n + 1), *b = numbers(n + 1);
    long result = 0;
    if (strcmp(name, "search") == 0) result = search(n);
    else if (strcmp(name, "merge") == 0) merge(a, b, 0, n);
    else if (strcmp(name, "insertion") == 0) result = insertion(n);
    else if (strcmp(name, "hybrid") == 0) hybrid_sort(a, b, 0, n);
    else if (strcmp(name, "matrix") == 0) result = matrix(n);
    else if (strcmp(name, "fibonacci") == 0) result = fibonacci(n);
    else if (strcmp(name, "chain") == 0) result = bad_hash(n);
    else if (strcmp(name, "breadth") == 0) result = breadth(n);
    else if (strcmp(name, "tree_build") == 0) result = tree(n);
    else if (strcmp(name, "hidden") == 0) result = hidden(n);
    else if (strcmp(name, "constant") == 0) result = constant(n);
    else return 2;
    printf("%ld %u\n", result, a[0] ^ b[0]);
    return 0;
}
