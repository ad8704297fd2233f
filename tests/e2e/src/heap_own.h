/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HEAP_OWN_H
#define HEAP_OWN_H

#include <stddef.h>
#include <stdlib.h>

#define own_free free
long own_calls(void);

#endif
