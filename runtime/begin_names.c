/* SPDX-License-Identifier: MIT
 *
 * The functions that make threads and processes, under libc's own names, for dynamic programs: the libraries of the
 * process come here too. Weak: a program's own definitions stand. farmcc asks for this file by farm_begin_named.
 */
#include <dlfcn.h>

#include "runtime/begin.h"
#include "runtime/internal.h"

extern const char farm_begin_named;
const char farm_begin_named = 1;

static int named_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                                void *argument)
{
    static farm_pthread_create *next;
    if (!next)
        next = (farm_pthread_create *)dlsym(RTLD_NEXT, "pthread_create");
    return farm_begin_pthread(next, thread, attributes, start, argument);
}

static int named_thrd_create(thrd_t *thread, thrd_start_t start, void *argument)
{
    static farm_thrd_create *next;
    if (!next)
        next = (farm_thrd_create *)dlsym(RTLD_NEXT, "thrd_create");
    return farm_begin_thrd(next, thread, start, argument);
}

static pid_t named__Fork(void)
{
    static farm__Fork *next;
    if (!next)
        next = (farm__Fork *)dlsym(RTLD_NEXT, "_Fork");
    return farm_begin_process(next);
}

extern farm__Fork _Fork __attribute__((weak, alias("named__Fork"))) FARM_PUBLIC;
extern farm_pthread_create pthread_create __attribute__((weak, alias("named_pthread_create"))) FARM_PUBLIC;
extern farm_thrd_create thrd_create __attribute__((weak, alias("named_thrd_create"))) FARM_PUBLIC;
