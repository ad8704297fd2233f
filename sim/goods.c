/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The channel of goods. A node's goods, as a share of the most, are spread over the four squares around it by how near
 * their corners are, or all put into its square. Sums are of whole numbers (2^-20 each), so that neither the order in
 * which an index names nodes nor the way of adding matters: the view from the index and the one from the mapped grid,
 * which is kept up to date by differences, are the same bit by bit.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sim/sight.h"
#include "sim/world.h"

#define WHOLE 0x1p20f

enum { LANES = 4 };
typedef float reals __attribute__((vector_size(LANES * sizeof(float))));
typedef int32_t wholes __attribute__((vector_size(LANES * sizeof(int32_t))));

/* Where sums go: `side` squares a row, `rows` rows, the first one being the world's (column, row). */
struct window {
    uint32_t *cells;
    int32_t column, row, side, rows;
};

static void add_at(const struct window *w, int32_t column, int32_t row, int32_t amount)
{
    column -= w->column;
    row -= w->row;
    if (column >= 0 && column < w->side && row >= 0 && row < w->rows)
        w->cells[(size_t)row * (size_t)w->side + (size_t)column] += (uint32_t)amount;
}

static void spread_scalar(const struct window *w, float x, float y, float share)
{
    int32_t column = (int32_t)x, row = (int32_t)y;
    float right = x - (float)column, below = y - (float)row, amount = share * WHOLE;
    add_at(w, column, row, (int32_t)(amount * (1 - right) * (1 - below)));
    add_at(w, column + 1, row, (int32_t)(amount * right * (1 - below)));
    add_at(w, column, row + 1, (int32_t)(amount * (1 - right) * below));
    add_at(w, column + 1, row + 1, (int32_t)(amount * right * below));
}

/* Four nodes at a time, with the very operations of spread_scalar. */
static void spread_vector(const struct window *w, const struct node *nodes, const uint32_t near[LANES], float node_max)
{
    reals x, y, goods;
    for (int i = 0; i < LANES; i++) {
        x[i] = nodes[near[i]].x;
        y[i] = nodes[near[i]].y;
        goods[i] = (float)nodes[near[i]].goods;
    }
    wholes column = __builtin_convertvector(x, wholes), row = __builtin_convertvector(y, wholes);
    reals right = x - __builtin_convertvector(column, reals), below = y - __builtin_convertvector(row, reals);
    reals amount = goods / node_max * WHOLE;
    wholes here = __builtin_convertvector(amount * (1 - right) * (1 - below), wholes);
    wholes beside = __builtin_convertvector(amount * right * (1 - below), wholes);
    wholes under = __builtin_convertvector(amount * (1 - right) * below, wholes);
    wholes across = __builtin_convertvector(amount * right * below, wholes);
    for (int i = 0; i < LANES; i++) {
        add_at(w, column[i], row[i], here[i]);
        add_at(w, column[i] + 1, row[i], beside[i]);
        add_at(w, column[i], row[i] + 1, under[i]);
        add_at(w, column[i] + 1, row[i] + 1, across[i]);
    }
}

static void spread_one(const struct sim *world, const struct window *w, const struct node *node)
{
    float share = (float)node->goods / (float)world->def.node_max;
    if (world->def.sight.spread == SIM_NEAREST)
        add_at(w, (int32_t)node->x, (int32_t)node->y, (int32_t)(share * WHOLE));
    else
        spread_scalar(w, node->x, node->y, share);
}

static void spread_found(const struct sim *world, const struct window *w, struct eye *eye, uint32_t count)
{
    uint32_t i = 0;
    if (world->def.sight.spread == SIM_VECTOR) {
        for (; i + LANES <= count; i += LANES)
            spread_vector(w, world->nodes, eye->near + i, (float)world->def.node_max);
        eye->spread_vector += i;
    }
    *(world->def.sight.spread == SIM_NEAREST ? &eye->spread_nearest : &eye->spread_scalar) += count - i;
    for (; i < count; i++)
        spread_one(world, w, &world->nodes[eye->near[i]]);
    eye->goods_from_index++;
}

static struct window window_of(const struct sim *world, const int32_t at[2], struct eye *eye)
{
    int32_t radius = (int32_t)world->sight.radius, side = (int32_t)world->sight.side;
    return (struct window){eye->goods, at[0] - radius, at[1] - radius, side, side};
}

static uint32_t find_in(const struct sim *world, const struct window *w, struct eye *eye)
{
    float box[4] = {(float)w->column - 1, (float)w->row - 1, (float)(w->column + w->side), (float)(w->row + w->rows)};
    return index_box(&world->nodes_index, box, eye->near, &eye->counts);
}

uint32_t goods_find(const struct sim *world, const int32_t at[2], struct eye *eye)
{
    struct window w = window_of(world, at, eye);
    return find_in(world, &w, eye);
}

void goods_spread(const struct sim *world, const int32_t at[2], struct eye *eye, uint32_t count)
{
    struct window w = window_of(world, at, eye);
    memset(eye->goods, 0, world->sight.cells * sizeof *eye->goods);
    spread_found(world, &w, eye, count);
}

static void see_by_index(const struct sim *world, const struct window *w, struct eye *eye)
{
    spread_found(world, w, eye, find_in(world, w, eye));
}

static void see_by_map(const struct sim *world, const struct window *w, struct eye *eye)
{
    int32_t columns = (int32_t)world->maps.columns, rows = (int32_t)world->maps.rows;
    int32_t first = w->column < 0 ? 0 : w->column;
    int32_t end = w->column + w->side < columns ? w->column + w->side : columns;
    for (int32_t row = w->row < 0 ? 0 : w->row; row < w->row + w->rows && row < rows; row++)
        memcpy(&w->cells[(row - w->row) * w->side + first - w->column],
               &world->sight.goods_map[(size_t)row * world->maps.columns + (size_t)first],
               (size_t)(end - first) * sizeof *w->cells);
    eye->goods_from_map++;
}

/* Compared as floats, which vectors of any machine can; those up to the limit are exact. */
static void show_sums(float *restrict cells, const uint32_t *restrict sums, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        float sum = (float)(int32_t)sums[i];
        cells[i] = (sum < WHOLE ? sum : WHOLE) * (1 / WHOLE);
    }
}

void goods_see(const struct sim *world, const int32_t at[2], struct eye *eye, float *cells)
{
    const struct sight *sight = &world->sight;
    struct window w = window_of(world, at, eye);
    bool by_map = world->def.sight.perception == SIM_MEMMAP;
    memset(eye->goods, 0, sight->cells * sizeof *eye->goods);
    (by_map ? see_by_map : see_by_index)(world, &w, eye);
    if (world->def.sight.check) {
        w.cells = memset(eye->other_goods, 0, sight->cells * sizeof *eye->other_goods);
        (by_map ? see_by_index : see_by_map)(world, &w, eye);
        eye->views_differ += memcmp(eye->goods, eye->other_goods, sight->cells * sizeof *eye->goods) != 0;
    }
    show_sums(cells, eye->goods, sight->cells);
}

/* Sums of the map are unsigned and wrap: adding the negative takes away exactly what was added. */
static void add_to_map(struct sim *world, const struct node *node, bool away)
{
    struct window w = {world->sight.goods_map, 0, 0, (int32_t)world->maps.columns, (int32_t)world->maps.rows};
    uint32_t parts[4] = {0};
    struct window part = {parts, (int32_t)node->x, (int32_t)node->y, 2, 2};
    spread_one(world, &part, node);
    for (int i = 0; i < 4; i++)
        add_at(&w, part.column + i % 2, part.row + i / 2, (int32_t)(away ? -parts[i] : parts[i]));
}

void goods_changed(struct sim *world, uint32_t node, int32_t before)
{
    if (!world->sight.goods_map)
        return;
    struct node old = world->nodes[node];
    old.goods = before;
    add_to_map(world, &old, true);
    add_to_map(world, &world->nodes[node], false);
}

/* With a folder the file has a name that tells what it is, and stays; without one it has none. */
static int open_map_file(const struct sim *world)
{
    char path[4096];
    if (world->def.sight.map) {
        snprintf(path, sizeof path, "%s/farmsim-goods-%ux%u.map", world->def.sight.map, world->maps.columns,
                 world->maps.rows);
        return open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    }
    const char *folder = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/farmsim-XXXXXX", folder && *folder ? folder : "/tmp");
    int file = mkostemp(path, O_CLOEXEC);
    if (file >= 0)
        unlink(path);
    return file;
}

bool goods_map_open(struct sim *world)
{
    struct sight *sight = &world->sight;
    if (world->def.sight.perception != SIM_MEMMAP && !world->def.sight.check)
        return true;
    int file = open_map_file(world);
    if (file < 0)
        return false;
    size_t bytes = (size_t)world->maps.columns * world->maps.rows * sizeof *sight->goods_map;
    void *map = ftruncate(file, (off_t)bytes) == 0 ? mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
                                                   : MAP_FAILED;
    close(file);
    if (map == MAP_FAILED)
        return false;
    sight->goods_map = map;
    sight->goods_map_bytes = bytes;
    for (uint32_t i = 0; i < world->def.nodes; i++)
        add_to_map(world, &world->nodes[i], false);
    return true;
}

void goods_map_close(struct sim *world)
{
    if (world->sight.goods_map)
        munmap(world->sight.goods_map, world->sight.goods_map_bytes);
}
