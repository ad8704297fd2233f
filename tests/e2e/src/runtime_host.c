/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * runtime_host PLUGIN...: threads that count already, or (with -DNO_UNIT) a program without counters, load plug-ins and
 * call each 1000 times in each of four threads.
 */
#ifdef NO_UNIT
#define HAND_ENTER
#define COUNT(k)
#else
#include "tests/e2e/src/hand.h"
#define COUNT(k) ++c[k]
#endif

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { THREADS = 4 };

static pthread_barrier_t counting, loaded;
static void (*run)(long n);

static void *thread_main(void *plugins)
{
    HAND_ENTER;
    COUNT(1);
    for (int i = 0; i < *(int *)plugins; i++) {
        pthread_barrier_wait(&counting);
        pthread_barrier_wait(&loaded);
        run(1000);
        COUNT(2);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    HAND_ENTER;
    COUNT(0);
    pthread_t id[THREADS];
    int plugins = argc - 1;
    void *handle = NULL;
    pthread_barrier_init(&counting, NULL, THREADS + 1);
    pthread_barrier_init(&loaded, NULL, THREADS + 1);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&id[i], NULL, thread_main, &plugins);
    for (int i = 0; i < plugins; i++) {
        pthread_barrier_wait(&counting);
        if (handle)
            dlclose(handle);
        handle = dlopen(argv[i + 1], RTLD_NOW | RTLD_LOCAL);
        run = handle ? (void (*)(long))dlsym(handle, "plugin_run") : NULL;
        if (!run) {
            fprintf(stderr, "runtime_host: %s\n", dlerror());
            exit(1);
        }
        pthread_barrier_wait(&loaded);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(id[i], NULL);
    return 0;
}
