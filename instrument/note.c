/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/note.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/sites.h"
#include "instrument/temp.h"
#include "runtime/format.h"

/* The table's id is a hash of what it says (FNV-1a). */
static void encode(const struct unit *u, const struct job *j, struct str *table)
{
    struct sites sites = {
        .id = 14695981039346656037u,
        .directory = j->directory,
        .unit = (char *)j->args.inputs.items[u->input].path,
        .reason = u->reason.data,
    };
    sites_encode(&sites, table);
    for (size_t i = 0; i < table->len; i++)
        sites.id = (sites.id ^ (unsigned char)table->data[i]) * 1099511628211u;
    str_clear(table);
    sites_encode(&sites, table);
}

static void add_to_object(const struct unit *u, const struct job *j, const struct str *table)
{
    struct words command = {0};
    struct str out = STR_INIT, err = STR_INIT;
    char *file = temp_path("note");
    if (file_write(file, table->data, table->len, &err)) {
        job_word(&command, "objcopy");
        *vec_push(&command.list) = str_format("--add-section=%s=%s", FARM_SITES_SECTION, file);
        *vec_push(&command.list) = str_format("--set-section-flags=%s=readonly", FARM_SITES_SECTION);
        *vec_push(&command.list) = str_format("--set-section-alignment=%s=8", FARM_SITES_SECTION);
        job_word(&command, u->object);
        job_run(j, &command, &out, &err);
    }
    job_say(j, "%s", err.data);
    words_release(&command);
    str_release(&out);
    str_release(&err);
    free(file);
}

static void add_to_assembly(const struct unit *u, const struct str *table)
{
    struct str text = STR_INIT, err = STR_INIT;
    if (file_read(u->object, &text, &err)) {
        str_addf(&text, "\t.pushsection %s,\"\",@progbits\n\t.balign 8\n", FARM_SITES_SECTION);
        for (size_t i = 0; i < table->len; i++)
            str_addf(&text, "\t.byte %d\n", (unsigned char)table->data[i]);
        str_add(&text, "\t.popsection\n");
        file_write(u->object, text.data, text.len, &err);
    }
    str_release(&text);
    str_release(&err);
}

bool note_write(const struct unit *u, const struct job *j, const char *file)
{
    struct str table = STR_INIT, text = STR_INIT, err = STR_INIT;
    encode(u, j, &table);
    str_addf(&text, "# 1 \"<farmcc>\" 3\n__asm__(\".pushsection %s,\\\"\\\",%%progbits\\n\\t.balign 8\\n\"\n",
             FARM_SITES_SECTION);
    for (size_t i = 0; i < table.len; i++)
        str_addf(&text, "\"\\t.byte %d\\n\"\n", (unsigned char)table.data[i]);
    str_add(&text, "\".popsection\\n\");\n");
    bool written = file_write(file, text.data, text.len, &err);
    str_release(&table);
    str_release(&text);
    str_release(&err);
    return written;
}

void note_add(const struct unit *u, const struct job *j)
{
    struct str table = STR_INIT;
    encode(u, j, &table);
    if (j->args.mode == ARGS_ASSEMBLY)
        add_to_assembly(u, &table);
    else
        add_to_object(u, j, &table);
    str_release(&table);
}
