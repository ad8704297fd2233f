/* SPDX-License-Identifier: GPL-3.0-or-later */
static inline int twice(int x) { return x > 100 ? 2 * x : x + x; }
