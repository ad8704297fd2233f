/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The gate's verdict for people, GitHub and JUnit readers.
 */
#ifndef DB_GATE_REPORT_H
#define DB_GATE_REPORT_H

#include <stdio.h>

#include "db/doc.h"
#include "db/gate/gate.h"

/* One sentence, appended. */
void gate_sentence(const struct gate *g, int code, struct str *out);

void gate_document(const struct gate *g, int code, bool programs, struct doc *d);
void gate_github(const struct gate *g, int code, FILE *out);     /* workflow commands: ::error file=...,line=...:: */
void gate_junit(const struct gate *g, int code, FILE *out);
void gate_markdown(const struct gate *g, int code, FILE *out);   /* as for GITHUB_STEP_SUMMARY */

#endif
