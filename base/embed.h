/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text files that the build puts into a program (cmake/FarmTargets.cmake, farm_embed).
 */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

struct embed {
    const char *name;            /* file name without folder; NULL ends an array */
    const char *text;
};

#endif
