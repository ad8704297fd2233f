/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The runtime's tree of samples: paths share their beginnings, memory is bounded, and no sample is lost while a place
 * for its innermost frame can be had. Also its strings and its lock.
 */
#include <pthread.h>
#include <stdlib.h>

#include "runtime/internal.h"
#include "tests/unit/check.h"

static const struct farm_node *node(uint32_t id)
{
    return &farm_it.samples.nodes[id / FARM_NODES_PER_CHUNK][id % FARM_NODES_PER_CHUNK];
}

static void test_paths(void)
{
    uint64_t path[3] = {30, 20, 10}, other[3] = {31, 20, 10}, shorter[2] = {20, 10};
    for (int i = 0; i < 5; i++)
        farm_tree_add(path, 3, 1);
    farm_tree_add(other, 3, 1);
    farm_tree_add(shorter, 2, 1);
    CHECK_INT(farm_it.samples.node_count, 4);
    CHECK_INT(node(0)->pc, 10);
    CHECK_INT(node(0)->parent, FARM_NO_NODE);
    CHECK_INT(node(1)->pc, 20);
    CHECK_INT(node(1)->count, 1);
    CHECK_INT(node(2)->count, 5);
    CHECK_INT(node(3)->parent, 1);
    CHECK_INT(farm_it.header->samples, 7);
    CHECK_INT(farm_it.samples.node_chunk->used, 4 * sizeof(struct farm_node));
}

/* Every path new, as in a program that recurses over ever new addresses: paths end, innermost frames do not. */
static void test_bound(void)
{
    uint64_t most = (uint64_t)FARM_NODE_CHUNKS_MAX * FARM_NODES_PER_CHUNK, before = farm_it.header->samples;
    for (uint64_t i = 0; i < most; i++) {
        uint64_t path[2] = {1000 + i % 1000, (i + 1) << 20};
        farm_tree_add(path, 2, 1);
    }
    CHECK(farm_it.samples.node_count <= most);
    CHECK(farm_it.samples.node_count >= most / 4 * 3);
    CHECK_INT(farm_it.header->samples_lost, 0);
    CHECK_INT(farm_it.header->samples - before, most);
    uint64_t sum = 0;
    for (uint32_t id = 0; id < farm_it.samples.node_count; id++)
        sum += node(id)->count;
    CHECK_INT(sum, farm_it.header->samples);
}

static void test_text(void)
{
    char small[8];
    struct farm_text t = {small, 0, sizeof small};
    farm_add(&t, "ab");
    farm_add_number(&t, 18446744073709551615u);
    CHECK_STR(small, "ab18446");
    const char *at = "ff-10 ";
    CHECK_INT(farm_number(&at, 16), 255);
    CHECK_STR(at, "-10 ");
    CHECK(farm_starts("FARM_DB=x", "FARM_DB="));
    CHECK(!farm_starts("FARM", "FARM_DB"));
    CHECK(farm_equal("a", "a") && !farm_equal("a", "ab"));
    char text[64];
    CHECK(farm_read_file("/proc/self/comm", text, sizeof text) > 0);
    CHECK(farm_read_file("/nowhere", text, sizeof text) < 0);
}

static uint32_t lock;
static long guarded;

/* The runtime is never built with a sanitizer, so that ThreadSanitizer does not see the lock; the sum tells whether it
 * holds. */
__attribute__((no_sanitize("thread"))) static void *add_many(void *unused)
{
    struct farm_hold hold;
    for (int i = 0; i < 50000; i++) {
        farm_lock(&lock, &hold);
        guarded++;
        farm_unlock(&lock, &hold);
    }
    return unused;
}

static void test_lock(void)
{
    pthread_t id[3];
    struct farm_hold hold;
    for (int i = 0; i < 3; i++)
        pthread_create(&id[i], NULL, add_many, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(id[i], NULL);
    CHECK_INT(guarded, 150000);
    CHECK_INT(lock, 0);
    lock = 0x3ffffff0;           /* no task has this id: its holder was killed */
    farm_lock(&lock, &hold);
    CHECK(farm_lock_is_mine(&lock));
    farm_unlock(&lock, &hold);
    CHECK(!farm_lock_is_mine(&lock));
}

int main(void)
{
    farm_it.header = calloc(1, sizeof *farm_it.header);
    test_paths();
    test_bound();
    test_text();
    test_lock();
    free(farm_it.header);
    farm_it.header = NULL;
    return check_done();
}
