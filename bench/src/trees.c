/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bound by allocation: binary trees are built, walked and freed, node by node, and words are copied and joined.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct node {
    struct node *left, *right;
};

static struct node *build(int depth)
{
    struct node *n = malloc(sizeof *n);
    n->left = depth ? build(depth - 1) : NULL;
    n->right = depth ? build(depth - 1) : NULL;
    return n;
}

static long count(const struct node *n)
{
    return n ? 1 + count(n->left) + count(n->right) : 0;
}

static void drop(struct node *n)
{
    if (!n)
        return;
    drop(n->left);
    drop(n->right);
    free(n);
}

static size_t words(int rounds)
{
    size_t sum = 0;
    for (int i = 0; i < rounds; i++) {
        char *line = NULL;
        size_t len = 0;
        for (int k = 0; k < 8; k++) {
            char *word = strdup(k & 1 ? "allocate" : "free");
            size_t more = strlen(word);
            line = realloc(line, len + more + 1);
            memcpy(line + len, word, more + 1);
            len += more;
            free(word);
        }
        sum += strlen(line);
        free(line);
    }
    return sum;
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 20;
    struct node *kept = build(16);
    long nodes = 0;
    for (int i = 0; i < rounds; i++)
        for (int depth = 4; depth <= 14; depth += 2) {
            struct node *tree = build(depth);
            nodes += count(tree);
            drop(tree);
        }
    printf("%ld %zu\n", nodes + count(kept), words(rounds * 2000));
    drop(kept);
    return 0;
}
