/* SPDX-License-Identifier: GPL-3.0-or-later */
/* link: -pthread */
/* Arguments in whole vector registers live through a thread's first call of a counted function. */
#include <immintrin.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

__attribute__((noinline, target("avx2"))) __m256d twice(__m256d a, __m256d b)
{
    return _mm256_add_pd(a, b); /*= 3 */
}

__attribute__((target("avx2"), no_instrument_function)) static void *work(void *out)
{
    __m256d a = _mm256_set_pd(4, 3, 2, 1), b = _mm256_set_pd(40, 30, 20, 10);
    __m256d sum = twice(a, b);
    memcpy(out, &sum, sizeof sum);
    return NULL;
}

int main(void)
{
    double out[3][4];
    pthread_t threads[3];
    if (!__builtin_cpu_supports("avx2"))
        return 77;
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, work, out[i]);
    for (int i = 0; i < 3; i++) {
        pthread_join(threads[i], NULL);
        printf("%g %g %g %g\n", out[i][0], out[i][1], out[i][2], out[i][3]);
    }
    return 0;
}
