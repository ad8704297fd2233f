/* SPDX-License-Identifier: MIT
 *
 * Where threads begin, and processes that fork()'s handlers do not see: a program whose counters name themselves needs
 * blocks before its next function.
 */
#ifndef FARM_BEGIN_H
#define FARM_BEGIN_H

#include <pthread.h>
#include <sys/types.h>
#include <threads.h>

typedef int farm_pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
typedef int farm_thrd_create(thrd_t *, thrd_start_t, void *);

typedef pid_t farm__Fork(void);

/* As `next`, which does it; the thread gets its block before it comes to `start`. */
int farm_begin_pthread(farm_pthread_create *next, pthread_t *thread, const pthread_attr_t *attributes,
                       void *(*start)(void *), void *argument);
int farm_begin_thrd(farm_thrd_create *next, thrd_t *thread, thrd_start_t start, void *argument);
pid_t farm_begin_process(farm__Fork *next);

#endif
