/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The only door to libdw: addresses of one file with debug information -> source places, inlined calls unfolded.
 */
#ifndef DB_DWARF_H
#define DB_DWARF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct line_map;

struct line_place {
    const char *file; /* absolute where the compiler knew the folder, not normalised; lives as long as the map */
    int line;
    uint32_t part;               /* of line_map_find: the inlined call that it is part of; for line_map_inlined */
};

/* NULL where the file has no line tables. line_map_close accepts NULL. */
struct line_map *line_map_open(const char *path);
void line_map_close(struct line_map *m);

/* The compiler and its options, as it wrote them down for the unit of this name and working folder; NULL: it did not.
 * Lives as long as the map. gcc names its options, clang only itself unless -grecord-command-line was given. */
const char *line_map_producer(struct line_map *m, const char *name, const char *directory);

/* Where the function that has this first address is declared. False: it is not known. */
bool line_map_start(struct line_map *m, uint64_t address, struct line_place *out);

/* Places of the instruction at `address` (as in the file), innermost inlined first, then the lines that call. Returns
 * how many were put into `out`, at most `max`; 0 where the address is in no compiled unit with lines. */
size_t line_map_find(struct line_map *m, uint64_t address, struct line_place *out, size_t max);

/* Name of the inlined function that `place`, found at `address`, is part of; NULL: it is part of none. Lives as long as
 * the map. */
const char *line_map_inlined(struct line_map *m, uint64_t address, const struct line_place *place);

#endif
