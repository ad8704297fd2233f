/* SPDX-License-Identifier: MIT
 *
 * What the linker's --wrap puts in place of each call in a static program, or beside a sanitizer, which has functions
 * of these names itself. Compiled once for each (FARM_WRAP), so that none of libc's is taken that is not used.
 */
#include "runtime/begin.h"
#include "runtime/internal.h"

#define WRAP_pthread_create 1
#define WRAP_thrd_create 2
#define WRAP__Fork 3
#define NUMBER_OF(name) WRAP_##name
#define NUMBER(name) NUMBER_OF(name)

#if NUMBER(FARM_WRAP) == WRAP_pthread_create
extern farm_pthread_create __real_pthread_create, __wrap_pthread_create;

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument)
{
    return farm_begin_pthread(__real_pthread_create, thread, attributes, start, argument);
}
#elif NUMBER(FARM_WRAP) == WRAP__Fork
extern farm__Fork __real__Fork, __wrap__Fork;

pid_t __wrap__Fork(void)
{
    return farm_begin_process(__real__Fork);
}
#else
extern farm_thrd_create __real_thrd_create, __wrap_thrd_create;

int __wrap_thrd_create(thrd_t *thread, thrd_start_t start, void *argument)
{
    return farm_begin_thrd(__real_thrd_create, thread, start, argument);
}
#endif
