/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one kernel for inference that must agree everywhere: each output is bias + w0 * x0 + w1 * x1 + ..., added in
 * this order, multiplied and added apart (-ffp-contract=off). Outputs are worked on side by side, never one output in
 * parts, so the width of the machine's vectors has no say; two inputs at a time share the reading of weights, without
 * a word to each other. Stretches of zeros, of which views are full, are left out: finite weights times zero change no
 * sum.
 */
#ifndef SIM_NET_KERNEL_H
#define SIM_NET_KERNEL_H

#include <stdint.h>

/* sum[n][o] += w[i * outs + o] * in[n][i] for i ascending, for n < inputs; inputs is 1 or 2 and changes no bit. */
void net_kernel_add(const float *w, uint32_t ins, uint32_t outs, const float *const *in, float *const *sum,
                    uint32_t inputs);

#endif
