/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The only door to capstone: which instruction was being waited for when a sample was taken. A processor takes an
 * interrupt between two instructions, after the one that kept it waiting, so the address of a sample is that of the
 * next one. In straight-line code the one before is known; where control may have come by a jump it is not.
 */
#ifndef DB_CODE_H
#define DB_CODE_H

#include <stdint.h>

struct code;

/* NULL where the file has no instructions of x86-64 or does not say where functions are. code_close accepts NULL. */
struct code *code_open(const char *path);
void code_close(struct code *c);

/* The instruction before the one at `address`. `address` itself where that is not known, and where no instruction
 * begins there (a caller's address lies inside its call). */
uint64_t code_waited(struct code *c, uint64_t address);

#endif
