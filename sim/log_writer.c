/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/log_writer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BUFFERS 4u               /* with a thread; so many may be full before the simulation has to wait */
#define USUAL_CELLS 10u          /* of a row; rows with more take the room of others */

struct buffer {
    uint8_t *tables;
    union log_cell *cells;       /* row after row */
    uint32_t rows, used;
    bool commit;                 /* the transaction ends behind these rows */
};

struct log_writer {
    struct log_sql *sql;
    struct log_writer_rules rules;
    struct log_writer_counts counts;
    struct buffer buffers[BUFFERS];
    uint32_t filling;            /* which of them, as a count that never wraps */
    bool written;                /* rows have been handed over since the last commit */
    bool in_transaction;         /* of whoever writes */
    _Atomic uint64_t bytes;
    struct timespec flushed;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint32_t done;               /* buffers that the thread is through with */
    bool ending;
};

static size_t cells_of(const struct log_writer_rules *rules)
{
    return (size_t)rules->buffer * USUAL_CELLS + LOG_MOST_CELLS;
}

size_t log_writer_bytes(const struct log_writer_rules *rules)
{
    size_t buffer = rules->buffer + cells_of(rules) * sizeof(union log_cell);
    return (rules->async ? BUFFERS : 1) * buffer + sizeof(struct log_writer);
}

static void write_buffer(struct log_writer *w, struct buffer *b)
{
    if (b->rows && !w->in_transaction) {
        log_sql_begin(w->sql);
        w->in_transaction = true;
    }
    log_sql_write(w->sql, &(struct log_rows){b->tables, b->cells, b->rows});
    if (b->commit && w->in_transaction) {
        log_sql_commit(w->sql);
        w->in_transaction = false;
        atomic_store_explicit(&w->bytes, log_sql_bytes(w->sql), memory_order_relaxed);
    }
    b->rows = b->used = 0;
    b->commit = false;
}

static void *write_buffers(void *writer)
{
    struct log_writer *w = writer;
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (w->done == w->filling && !w->ending)
            pthread_cond_wait(&w->changed, &w->lock);
        if (w->done == w->filling)
            break;
        pthread_mutex_unlock(&w->lock);
        write_buffer(w, &w->buffers[w->done % BUFFERS]);
        pthread_mutex_lock(&w->lock);
        w->done++;
        pthread_cond_broadcast(&w->changed);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

/* Gives the buffer away and goes on with the next one as soon as it is free. */
static void hand_over(struct log_writer *w)
{
    pthread_mutex_lock(&w->lock);
    w->filling++;
    pthread_cond_broadcast(&w->changed);
    w->counts.waits += w->filling - w->done >= BUFFERS;
    while (w->filling - w->done >= BUFFERS)
        pthread_cond_wait(&w->changed, &w->lock);
    pthread_mutex_unlock(&w->lock);
    w->counts.threaded++;
}

static void flush(struct log_writer *w, bool commit)
{
    struct buffer *b = &w->buffers[w->filling % BUFFERS];
    if (!b->rows && !(commit && w->written))
        return;
    w->counts.flushes += b->rows > 0;
    w->counts.largest = b->rows > w->counts.largest ? b->rows : w->counts.largest;
    w->counts.transactions += commit;
    w->written = !commit;
    b->commit = commit;
    if (w->rules.async)
        hand_over(w);
    else
        write_buffer(w, b);
    if (w->rules.seconds > 0)
        clock_gettime(CLOCK_MONOTONIC_COARSE, &w->flushed);
}

void log_writer_row(struct log_writer *w, enum log_table table, const union log_cell *cells)
{
    struct buffer *b = &w->buffers[w->filling % BUFFERS];
    b->tables[b->rows++] = (uint8_t)table;
    memcpy(b->cells + b->used, cells, log_tables[table].width * sizeof *cells);
    b->used += log_tables[table].width;
    w->counts.rows++;
    if (b->rows < w->rules.buffer && b->used + LOG_MOST_CELLS <= cells_of(&w->rules))
        return;
    w->counts.full++;
    flush(w, false);
}

static bool old(const struct log_writer *w)
{
    if (w->rules.seconds <= 0)
        return false;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    double age = (double)(now.tv_sec - w->flushed.tv_sec) + (double)(now.tv_nsec - w->flushed.tv_nsec) * 1e-9;
    return age >= w->rules.seconds;
}

void log_writer_step(struct log_writer *w)
{
    bool over = old(w);
    w->counts.old += over;
    if (over || w->rules.step_transactions || w->written)
        flush(w, true);
}

void log_writer_flush(struct log_writer *w)
{
    flush(w, true);
    pthread_mutex_lock(&w->lock);
    while (w->rules.async && w->done != w->filling)
        pthread_cond_wait(&w->changed, &w->lock);
    pthread_mutex_unlock(&w->lock);
}

struct log_writer_counts log_writer_counts(const struct log_writer *w)
{
    struct log_writer_counts counts = w->counts;
    counts.bytes = atomic_load_explicit(&w->bytes, memory_order_relaxed);
    return counts;
}

struct log_writer *log_writer_open(struct log_sql *sql, const struct log_writer_rules *rules)
{
    struct log_writer *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->sql = sql;
    w->rules = *rules;
    bool good = true;
    for (uint32_t i = 0; i < (rules->async ? BUFFERS : 1); i++) {
        w->buffers[i].tables = malloc(rules->buffer);
        w->buffers[i].cells = malloc(cells_of(rules) * sizeof(union log_cell));
        good = good && w->buffers[i].tables && w->buffers[i].cells;
    }
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->changed, NULL);
    clock_gettime(CLOCK_MONOTONIC_COARSE, &w->flushed);
    if (good && rules->async)
        good = pthread_create(&w->thread, NULL, write_buffers, w) == 0;
    if (good)
        return w;
    w->rules.async = false;
    log_writer_close(w);
    return NULL;
}

void log_writer_close(struct log_writer *w)
{
    if (!w)
        return;
    log_writer_flush(w);
    if (w->rules.async) {
        pthread_mutex_lock(&w->lock);
        w->ending = true;
        pthread_cond_broadcast(&w->changed);
        pthread_mutex_unlock(&w->lock);
        pthread_join(w->thread, NULL);
    }
    for (uint32_t i = 0; i < BUFFERS; i++) {
        free(w->buffers[i].tables);
        free(w->buffers[i].cells);
    }
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->changed);
    free(w);
}
