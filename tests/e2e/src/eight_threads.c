/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Eight threads with stacks of the usual size, alive at once: what a limit of address space must still allow.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
static pthread_barrier_t all;
static void *work(void *unused)
{
    char *p = malloc(1000);
    memset(p, 1, 1000);
    pthread_barrier_wait(&all);
    free(p);
    return unused;
}
int main(void)
{
    pthread_t t[8];
    int made = 0;
    pthread_barrier_init(&all, NULL, 9);
    for (int i = 0; i < 8; i++) {
        int e = pthread_create(&t[i], NULL, work, NULL);
        if (e) { printf("thread %d: %s\n", i, strerror(e)); exit(1); }
        made++;
    }
    pthread_barrier_wait(&all);
    for (int i = 0; i < made; i++)
        pthread_join(t[i], NULL);
    printf("%d\n", made);
    return 0;
}
