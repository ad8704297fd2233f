/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For golden cases of farmdb: turns a script into site tables, packed sources and records, so that figures are fixed.
 *   sites FILE ID COUNTERS DIRECTORY UNIT      begins a site table, appended to FILE at `end`
 *     file PATH [TEXT_FILE]                    hash of TEXT_FILE, or none
 *     function FILE LINE LAST NAME EXPR        EXPR: terms FACTOR*COUNTER joined by commas, or 0
 *     refused FILE LINE LAST NAME REASON...
 *     line FUNCTION FILE LINE EXPR [loop]
 *     reason TEXT...                           nothing of the unit is instrumented
 *   end
 *   source FILE TEXT_FILE                      packs a text, appended to FILE
 *   record FOLDER IDENTITY                     begins a record, FOLDER/UUID.rec at `end`
 *     set FIELD VALUE    boot ID    note TEXT...    info KEY VALUE    argv WORD...
 *     module PATH INSTRUMENTED BIAS LOW HIGH   build-id from PATH if there is one; numbers may be hexadecimal
 *     unit ID MODULE COUNTERS OFFSET
 *     block BLOCK FROM VALUE...
 *     node PC PARENT COUNT                     PC may be @MODULE:LINE: the first for that line; PARENT - for none
 *   end
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/elf.h"
#include "base/file.h"
#include "base/msg.h"
#include "base/sites.h"
#include "base/source.h"
#include "base/vec.h"
#include "db/intake/code.h"
#include "db/intake/dwarf.h"
#include "tests/unit/make_record.h"

enum { WORDS = 64 };

struct known_module {
    char *path;
    uint64_t bias, low, high;
};

struct maker {
    char *words[WORDS];
    int count;
    char *file;                  /* of what is being made */
    struct sites sites;
    VEC(struct sites_file) files;
    VEC(struct sites_function) functions;
    VEC(struct sites_line) lines;
    VEC(struct sites_term) terms;
    struct farm_header header;
    struct str info, modules, units, nodes, blocks;
    VEC(struct known_module) known;
};

static uint64_t number(const char *word)
{
    return strtoull(word, NULL, 0);
}

/* The rest of the line from word `from`, joined again. */
static char *rest(const struct maker *m, int from)
{
    struct str s = STR_INIT;
    for (int i = from; i < m->count; i++)
        str_addf(&s, "%s%s", i > from ? " " : "", m->words[i]);
    return str_detach(&s);
}

static void append(const char *path, const struct str *bytes)
{
    struct str all = STR_INIT, err = STR_INIT;
    if (file_exists(path) && !file_read(path, &all, &err))
        die(EXIT_DATA, "%s", err.data);
    str_add_bytes(&all, bytes->data, bytes->len);
    if (!file_write(path, all.data, all.len, &err))
        die(EXIT_DATA, "%s", err.data);
    str_release(&all);
}

static void read_text(const char *path, struct str *text)
{
    struct str err = STR_INIT;
    if (!file_read(path, text, &err))
        die(EXIT_DATA, "%s", err.data);
}

static struct sites_expr expr(struct maker *m, char *text)
{
    struct sites_expr e = {(uint32_t)m->terms.count, 0};
    if (strcmp(text, "0") == 0)
        return e;
    for (char *at = text; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        struct sites_term *t = vec_push(&m->terms);
        if (sscanf(at, "%" SCNd32 "*%" SCNu32, &t->factor, &t->counter) != 2)
            die(EXIT_USAGE, "bad expression %s", text);
        e.count++;
    }
    return e;
}

static void do_file(struct maker *m)
{
    struct sites_file *f = vec_push(&m->files);
    f->path = str_copy(m->words[1]);
    if (m->count > 2) {
        struct str text = STR_INIT;
        read_text(m->words[2], &text);
        source_hash(text.data, text.len, f->hash);
        str_release(&text);
    }
}

static void do_function(struct maker *m)
{
    bool refused = strcmp(m->words[0], "refused") == 0;
    struct sites_function *f = vec_push(&m->functions);
    f->file = (uint32_t)number(m->words[1]);
    f->line = (uint32_t)number(m->words[2]);
    f->last_line = (uint32_t)number(m->words[3]);
    f->name = str_copy(m->words[4]);
    f->instrumented = !refused;
    if (refused)
        f->reason = rest(m, 5);
    else
        f->calls = expr(m, m->words[5]);
}

static void do_line(struct maker *m)
{
    struct sites_line *l = vec_push(&m->lines);
    l->function = (uint32_t)number(m->words[1]);
    l->file = (uint32_t)number(m->words[2]);
    l->line = (uint32_t)number(m->words[3]);
    l->hits = expr(m, m->words[4]);
    l->loop = m->count > 5;
}

static void end_sites(struct maker *m)
{
    struct str bytes = STR_INIT;
    m->sites.files = m->files.items;
    m->sites.file_count = m->files.count;
    m->sites.functions = m->functions.items;
    m->sites.function_count = m->functions.count;
    m->sites.lines = m->lines.items;
    m->sites.line_count = m->lines.count;
    m->sites.terms = m->terms.items;
    m->sites.term_count = m->terms.count;
    sites_encode(&m->sites, &bytes);
    append(m->file, &bytes);
    str_release(&bytes);
    memset(&m->sites, 0, sizeof m->sites);
    memset(&m->files, 0, sizeof m->files);
    memset(&m->functions, 0, sizeof m->functions);
    memset(&m->lines, 0, sizeof m->lines);
    memset(&m->terms, 0, sizeof m->terms);
}

static void do_sites(struct maker *m)
{
    m->file = str_copy(m->words[1]);
    m->sites.id = number(m->words[2]);
    m->sites.counters = (uint32_t)number(m->words[3]);
    m->sites.directory = str_copy(m->words[4]);
    m->sites.unit = str_copy(m->words[5]);
}

static void do_source(struct maker *m)
{
    struct str text = STR_INIT, packed = STR_INIT;
    read_text(m->words[2], &text);
    source_pack(text.data, text.len, &packed);
    append(m->words[1], &packed);
    str_release(&text);
    str_release(&packed);
}

static void do_set(struct maker *m)
{
    static const struct {
        const char *name;
        size_t at;
    } fields[] = {
#define FIELD(name) {#name, offsetof(struct farm_header, name)}
        FIELD(pid), FIELD(ppid), FIELD(start_ns), FIELD(wall_ns), FIELD(user_ns), FIELD(sys_ns), FIELD(state),
        FIELD(end_value), FIELD(max_rss_kb), FIELD(sampler), FIELD(sample_hz), FIELD(samples), FIELD(samples_lost),
        FIELD(threads_peak), FIELD(start_ticks), FIELD(last_ns), FIELD(cut_short),
#undef FIELD
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].name, m->words[1]) == 0) {
            uint64_t value = number(m->words[2]);
            memcpy((char *)&m->header + fields[i].at, &value, sizeof value);
            return;
        }
    if (strcmp(m->words[1], "parent") != 0)
        die(EXIT_USAGE, "no field %s", m->words[1]);
    memset(m->header.parent_uuid, (int)number(m->words[2]), 16);
}

static void do_argv(struct maker *m)
{
    str_add_bytes(&m->info, "argv", 5);
    for (int i = 1; i < m->count; i++)
        str_addf(&m->info, "%s%s", i > 1 ? "\x1f" : "", m->words[i]);
    str_add_char(&m->info, 0);
}

static void do_info(struct maker *m)
{
    char *value = rest(m, 2);
    str_add_bytes(&m->info, m->words[1], strlen(m->words[1]) + 1);
    str_add_bytes(&m->info, value, strlen(value) + 1);
    free(value);
}

static void do_module(struct maker *m)
{
    struct known_module *k = vec_push(&m->known);
    struct str err = STR_INIT;
    uint8_t id[ELF_BUILD_ID_MAX];
    k->path = file_absolute(m->words[1]);
    k->bias = number(m->words[3]);
    k->low = number(m->words[4]);
    k->high = number(m->words[5]);
    struct elf *e = elf_open(k->path, &err);
    uint32_t len = e ? (uint32_t)elf_build_id(e, id) : 0;
    make_module(&m->modules, (uint32_t)m->known.count - 1, k->path, id, len, (uint32_t)number(m->words[2]), k->bias,
                k->low, k->high);
    elf_close(e);
    str_release(&err);
}

static uint64_t line_address(struct maker *m, const char *word)
{
    char *end;
    const struct known_module *k = &m->known.items[strtoul(word, &end, 10)];
    int line = (int)strtol(end + 1, NULL, 10);
    struct line_map *map = line_map_open(k->path);
    struct code *code = code_open(k->path);
    struct line_place place;
    for (uint64_t pc = k->low; map && pc < k->high; pc++) {
        uint64_t waited = code ? code_waited(code, pc - k->bias) : pc - k->bias;
        if (line_map_find(map, waited, &place, 1) && place.line == line) {
            line_map_close(map);
            code_close(code);
            return pc;
        }
    }
    die(EXIT_DATA, "%s has no code for line %d", k->path, line);
}

static void do_node(struct maker *m)
{
    struct farm_node n = {.parent = strcmp(m->words[2], "-") == 0 ? FARM_NO_NODE : (uint32_t)number(m->words[2]),
                          .count = (uint32_t)number(m->words[3])};
    n.pc = m->words[1][0] == '@' ? line_address(m, m->words[1] + 1) : number(m->words[1]);
    str_add_bytes(&m->nodes, &n, sizeof n);
}

static void do_unit(struct maker *m)
{
    struct farm_unit_entry u = {number(m->words[1]), (uint32_t)number(m->words[2]), (uint32_t)number(m->words[3]),
                                number(m->words[4])};
    str_add_bytes(&m->units, &u, sizeof u);
}

static void do_block(struct maker *m)
{
    struct str values = STR_INIT;
    for (int i = 3; i < m->count; i++) {
        uint64_t value = number(m->words[i]);
        str_add_bytes(&values, &value, sizeof value);
    }
    make_chunk(&m->blocks, FARM_COUNTERS, number(m->words[1]), number(m->words[2]), values.data, values.len);
    str_release(&values);
}

static void do_record(struct maker *m)
{
    uint64_t identity = number(m->words[2]);
    m->header = make_header((uint8_t)identity);
    for (int i = 0; i < 8 && identity > 255; i++)
        m->header.uuid[i] = (uint8_t)(identity >> (56 - 8 * i));
    struct str name = STR_INIT;
    for (int i = 0; i < 16; i++)
        str_addf(&name, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", m->header.uuid[i]);
    m->file = str_format("%s/%s.rec", m->words[1], name.data);
    str_release(&name);
}

static void end_record(struct maker *m)
{
    struct str out = STR_INIT, err = STR_INIT;
    make_begin(&out);
    make_chunk(&out, FARM_INFO, 0, 0, m->info.data, m->info.len);
    make_chunk(&out, FARM_MODULES, 0, 0, m->modules.data, m->modules.len);
    make_chunk(&out, FARM_UNITS, 0, 0, m->units.data, m->units.len);
    str_add_bytes(&out, m->blocks.data, m->blocks.len);
    make_chunk(&out, FARM_NODES, 0, 0, m->nodes.data, m->nodes.len);
    make_end(&out, &m->header);
    if (!file_write(m->file, out.data, out.len, &err))
        die(EXIT_DATA, "%s", err.data);
    str_release(&out);
    str_clear(&m->info);
    str_clear(&m->modules);
    str_clear(&m->units);
    str_clear(&m->nodes);
    str_clear(&m->blocks);
    vec_clear(&m->known);
    memset(&m->header, 0, sizeof m->header);
}

static void do_end(struct maker *m)
{
    if (m->header.version)
        end_record(m);
    else
        end_sites(m);
    free(m->file);
    m->file = NULL;
}

static void do_note(struct maker *m)
{
    char *note = rest(m, 1);
    snprintf(m->header.note, sizeof m->header.note, "%s", note);
    free(note);
}

static void do_boot(struct maker *m)
{
    snprintf(m->header.boot_id, sizeof m->header.boot_id, "%s", m->words[1]);
}

static void do_reason(struct maker *m)
{
    m->sites.reason = rest(m, 1);
}

static const struct {
    const char *name;
    void (*run)(struct maker *);
} verbs[] = {
    {"sites", do_sites}, {"file", do_file}, {"function", do_function}, {"refused", do_function}, {"line", do_line},
    {"reason", do_reason}, {"source", do_source}, {"record", do_record}, {"set", do_set}, {"boot", do_boot},
    {"note", do_note},
    {"info", do_info}, {"argv", do_argv}, {"module", do_module}, {"unit", do_unit}, {"block", do_block},
    {"node", do_node}, {"end", do_end},
};

/* Asked by the leak check of a sanitizer build: what a maker has made it keeps until its end, which is near. */
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
    return 1;
}

int main(void)
{
    static struct maker m;
    char line[4096], *save;
    msg_tool = "farm_maker";
    struct str *texts[] = {&m.info, &m.modules, &m.units, &m.nodes, &m.blocks};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        str_init(texts[i]);
    while (fgets(line, sizeof line, stdin)) {
        m.count = 0;
        for (char *w = strtok_r(line, " \n", &save); w && m.count < WORDS; w = strtok_r(NULL, " \n", &save))
            m.words[m.count++] = w;
        for (size_t i = 0; m.count && i < sizeof verbs / sizeof *verbs; i++)
            if (strcmp(verbs[i].name, m.words[0]) == 0)
                verbs[i].run(&m);
    }
    return 0;
}
