/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/net_blas.h"

#include <cblas.h>

void net_blas_start(void)
{
    openblas_set_num_threads(1);
}

void net_blas_multiply(struct net_matrix a, struct net_matrix b, uint32_t rows, uint32_t columns, uint32_t inner,
                       float keep, float *out)
{
    cblas_sgemm(CblasRowMajor, a.turned ? CblasTrans : CblasNoTrans, b.turned ? CblasTrans : CblasNoTrans, (int)rows,
                (int)columns, (int)inner, 1, a.cells, (int)(a.turned ? rows : inner), b.cells,
                (int)(b.turned ? inner : columns), keep, out, (int)columns);
}
