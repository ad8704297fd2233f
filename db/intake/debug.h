/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finds the file that holds a module's site tables and line tables: the module itself, if it is still the one that ran,
 * else the copy that farmcc's link step kept by build-id.
 */
#ifndef DB_DEBUG_H
#define DB_DEBUG_H

/* Path of a file with this build-id and this section, or NULL; yours to free. Without a build-id ("") the module's own
 * path is all there is, and the caller has to prove that it fits. */
char *debug_locate(const char *path, const char *build_id, const char *section);

/* The folder of all copies, XX/REST.debug by build-id; yours to free. */
char *debug_cache_folder(void);

/* Where a copy would be kept; yours to free. */
char *debug_cache_path(const char *build_id);

#endif
