/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which symbols are the program's own is told by where they stand: local ones follow the name of their source, and each
 * source of the runtime has the local symbol __farm_runtime. Names that begin with an underscore are the compiler's and
 * the library's, but for those of C++.
 */
#include "db/intake/strangers.h"

#include <string.h>

#include "base/file.h"
#include "base/vec.h"

struct walk {
    struct sql *db;
    int64_t module_id;
    VEC(const char *) group;     /* local functions of one source */
    bool known;                  /* it is one of the runtime, or has a site table */
};

static bool is_own(const char *name)
{
    static const char *const libc[] = {"pthread_atfork", "atexit", "at_quick_exit"};    /* parts that are linked in */
    for (size_t i = 0; i < sizeof libc / sizeof *libc; i++)
        if (strcmp(name, libc[i]) == 0)
            return false;
    return strncmp(name, "farm_", 5) != 0 && (*name != '_' || strncmp(name, "_Z", 2) == 0);
}

/* Clones are named after their function, with a dot. */
static void put(struct walk *w, const char *name)
{
    char *plain = str_format("%.*s", (int)strcspn(name, "."), name);
    struct sql_stmt *s = sql_prepare(w->db,
        "INSERT OR IGNORE INTO stranger SELECT :module, :name WHERE NOT EXISTS"
        " (SELECT 1 FROM function f JOIN unit u ON u.id = f.unit_id WHERE f.name = :name AND u.module_id = :module)");
    sql_bind_int(s, "module", w->module_id);
    sql_bind_text(s, "name", plain);
    sql_step(s);
    sql_done(s);
    free(plain);
}

static bool has_unit(const struct walk *w, const char *file)
{
    struct sql_stmt *s = sql_prepare(w->db, "SELECT name FROM unit WHERE module_id = :module");
    bool found = false;
    sql_bind_int(s, "module", w->module_id);
    while (sql_step(s))
        found |= strcmp(file_name(sql_text(s, 0)), file) == 0;
    sql_done(s);
    return found;
}

static void end_group(struct walk *w)
{
    for (size_t i = 0; !w->known && i < w->group.count; i++)
        put(w, w->group.items[i]);
    w->group.count = 0;
    w->known = false;
}

static void take(void *context, const struct elf_symbol *s)
{
    struct walk *w = context;
    if (s->kind == ELF_FILE) {
        end_group(w);
        w->known = has_unit(w, s->name);
    } else if (s->local && strcmp(s->name, "__farm_runtime") == 0) {
        w->known = true;
    } else if (s->kind == ELF_FUNCTION && s->local && is_own(s->name)) {
        *vec_push(&w->group) = s->name;
    } else if (s->kind == ELF_FUNCTION && !s->local && !s->weak && is_own(s->name)) {
        put(w, s->name);
    }
}

void strangers_put(struct sql *db, int64_t module_id, struct elf *e)
{
    struct walk w = {.db = db, .module_id = module_id};
    if (elf_defines(e, "__libc_start_main"))
        return;
    elf_each_symbol(e, take, &w);
    end_group(&w);
    vec_release(&w.group);
}
