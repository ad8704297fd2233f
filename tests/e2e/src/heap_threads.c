/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Four threads that free what they allocated, and then what others did.
 */
#include <pthread.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#define N 20000
static void *volatile box[4][64];
static void *work(void *arg)
{
    long id = (long)arg;
    void *p[64] = {0};
    for (int i = 0; i < N; i++) {
        int k = i * 7 & 63;
        free(p[k]);
        p[k] = malloc((unsigned)i * 13u % 200u + 1);
    }
    for (int k = 0; k < 64; k++)
        free(p[k]);
    for (int i = 0; i < N / 10; i++) {
        void *mine = malloc(100);
        void *old = __atomic_exchange_n((void **)&box[(id + 1) & 3][i & 63], mine, __ATOMIC_ACQ_REL);
        free(old);
    }
    return NULL;
}
int main(void)
{
    pthread_t t[4];
    void *big = malloc(1000000);
    for (long i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, work, (void *)i);
    for (int i = 0; i < 4; i++)
        pthread_join(t[i], NULL);
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 64; k++)
            free(box[i][k]);
    free(big);
    return 0;
}
