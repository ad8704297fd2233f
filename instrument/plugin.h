/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rewriter is a module that is loaded when there is something to rewrite: libclang takes longer to start than most
 * commands that farmcc only passes on.
 */
#ifndef INSTRUMENT_PLUGIN_H
#define INSTRUMENT_PLUGIN_H

#include "instrument/rewrite.h"

#define PLUGIN_FILE "farm_rewriter.so"     /* in lib/farm beside the runtime */
#define PLUGIN_LLVM "libfarm_llvm.so"      /* the same; where farm was built with LLVM's archives */
#define PLUGIN_REWRITE "plugin_rewrite_unit"
#define PLUGIN_VERSION "plugin_version"

typedef enum rewrite_outcome plugin_rewrite(const struct rewrite_request *r, struct str *out, struct sites *sites,
                                            struct str *reason);
typedef char *plugin_text(void);

/* What the module exports: rewrite_unit and ast_version. */
plugin_rewrite plugin_rewrite_unit;
plugin_text plugin_version;

/* In farmcc: the module's function of that name, loaded where need be. NULL: *why says why it cannot be had. */
void *plugin_find(const char *name, struct str *why);

#endif
