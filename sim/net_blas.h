/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to CBLAS: matrix products on one thread. Their last bits depend on the machine, so only training and the
 * conv network go through here. Matrices are dense and stored row by row.
 */
#ifndef SIM_NET_BLAS_H
#define SIM_NET_BLAS_H

#include <stdbool.h>
#include <stdint.h>

struct net_matrix {
    const float *cells;
    bool turned;                 /* take the transpose of what is stored */
};

/* out (rows x columns) = keep * out + a (rows x inner) * b (inner x columns), sizes as seen after turning. */
void net_blas_multiply(struct net_matrix a, struct net_matrix b, uint32_t rows, uint32_t columns, uint32_t inner,
                       float keep, float *out);

/* Keeps the library from using threads of its own; before the first product. */
void net_blas_start(void);

#endif
