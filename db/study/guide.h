/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The README.md of a folder of results: what its files are and how they are read.
 */
#ifndef DB_STUDY_GUIDE_H
#define DB_STUDY_GUIDE_H

/* Writes FOLDER/README.md; ends the program with a sentence where it cannot. */
void guide_write(const char *folder);

#endif
