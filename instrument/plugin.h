/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rewriter is a module that is loaded when there is something to rewrite: libclang takes longer to start than most
 * commands that farmcc only passes on.
 */
#ifndef INSTRUMENT_PLUGIN_H
#define INSTRUMENT_PLUGIN_H

#include "instrument/rewrite.h"

#define PLUGIN_FILE "farm_rewriter.so"     /* in lib/farm beside the runtime */
#define PLUGIN_ENTRY "plugin_rewrite_unit"

/* What the module exports: rewrite_unit. */
typedef enum rewrite_outcome plugin_entry(const struct rewrite_request *r, struct str *out, struct sites *sites,
                                          struct str *reason);
plugin_entry plugin_rewrite_unit;

#endif
