/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * callgrind.out (valgrind's manual, "Callgrind Format Specification"). Of its events `ns` is time; without it Ir, or
 * else the first one, stands for time, one nanosecond each. `Hits`, of our own export, are hits; allocations are not
 * taken from there. Functions whose source is an absolute path outside of /usr are known.
 */
#include "db/import/callgrind.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "db/argv.h"
#include "db/import/text.h"

extern const struct import_format import_callgrind;

enum { MOST_EVENTS = 64, MOST_POSITIONS = 3, MOST_NAMES = 1 << 22 };
#define LARGEST_COST 1000000000000000    /* of a line; eleven days in nanoseconds */
enum role { ROLE_NONE, ROLE_TIME, ROLE_HITS, ROLE_COUNT };
enum kind { OBJECT, SOURCE, FUNCTION, KIND_COUNT };

struct reader {
    struct import *im;
    struct text t;
    struct callgrind c;
    struct names strings, numbers;       /* numbers: functions, by source and name */
    VEC(size_t) compressed[KIND_COUNT];  /* by "(id)": number of the string; 0: not told yet */
    const char *object, *source, *home;  /* at hand; home: the source that the function began in */
    const char *callee_object, *callee_source;
    size_t function, callee;             /* SIZE_MAX: none */
    bool calling, skip;                  /* the next line has the cost of a call; belongs to a jump */
    int64_t calls;                       /* of that call */
    enum role roles[MOST_EVENTS];
    size_t events;
    size_t positions, line_position;     /* how many there are, and which one is the line */
    int64_t at[MOST_POSITIONS];          /* positions are relative to those of the line before */
    bool own;                            /* farmdb wrote it: its numbers of calls are a guess */
};

static const char *intern(struct reader *r, const char *text)
{
    size_t number = names_put(&r->strings, text);
    return r->strings.list.items[number - 1];
}

/* "(3) name", "(3)" or "name". NULL: refused. */
static const char *name_of(struct reader *r, enum kind kind, char *text)
{
    int64_t id;
    char *at = text + 1;
    text += strspn(text, " \t");
    if (*text != '(' || (at = text + 1, !text_number_then(&at, ')', &id)))
        return intern(r, text);
    if (id > MOST_NAMES) {
        text_refuse(&r->t, "the number of a name is too large");
        return NULL;
    }
    while ((size_t)id >= r->compressed[kind].count)
        *vec_push(&r->compressed[kind]) = 0;
    at += strspn(at, " \t");
    if (*at)
        r->compressed[kind].items[id] = names_put(&r->strings, at);
    if (!r->compressed[kind].items[id]) {
        text_refuse(&r->t, "(%" PRId64 ") stands for a name that was not told", id);
        return NULL;
    }
    return r->strings.list.items[r->compressed[kind].items[id] - 1];
}

static bool is_known(const char *source)
{
    return *source == '/' && strncmp(source, "/usr/", 5) != 0;
}

/* callgrind tells the inner calls of a recursion apart: name'2. */
static const char *without_cycle(struct reader *r, const char *name)
{
    const char *quote = strrchr(name, '\'');
    if (!quote || quote == name || !quote[1] || quote[1 + strspn(quote + 1, "0123456789")])
        return name;
    char *own = str_copy_bytes(name, (size_t)(quote - name));
    name = intern(r, own);
    free(own);
    return name;
}

static size_t function_of(struct reader *r, const char *object, const char *source, const char *name)
{
    name = without_cycle(r, name);
    char *key = str_format("%s\n%s\n%s", source, is_known(source) ? "" : object, name);
    size_t number = names_put(&r->numbers, key) - 1;
    free(key);
    if (number < r->c.functions.count)
        return number;
    struct callgrind_function *f = vec_push(&r->c.functions);
    f->known = is_known(source);
    if (f->known)
        f->function = import_function(r->im, import_file(r->im, source), name);
    else
        f->place = intern(r, *file_name(object) && *object != '?' ? file_name(object) : "unknown code");
    return number;
}

static bool take_name(struct reader *r, char *line)
{
    static const struct {
        const char *head;
        enum kind kind;
    } heads[] = {{"ob=", OBJECT}, {"fl=", SOURCE}, {"fi=", SOURCE}, {"fe=", SOURCE}, {"fn=", FUNCTION},
                 {"cob=", OBJECT}, {"cfi=", SOURCE}, {"cfl=", SOURCE}, {"cfn=", FUNCTION}};
    enum { OB, FL, FI, FE, FN, COB, CFI, CFL, CFN, HEADS };
    int i = 0;
    while (i < HEADS && !text_behind(line, heads[i].head))
        i++;
    if (i == HEADS)
        return text_refuse(&r->t, "this is no line of a callgrind.out");
    const char *name = name_of(r, heads[i].kind, text_behind(line, heads[i].head));
    if (!name)
        return false;
    switch (i) {
    case OB: r->object = name; break;
    case FL: r->home = r->source = name; break;
    case FI: case FE: r->source = name; break;
    case FN: r->function = function_of(r, r->object, r->home, name); break;
    case COB: r->callee_object = name; break;
    case CFI: case CFL: r->callee_source = name; break;
    default:
        r->callee = function_of(r, r->callee_object ? r->callee_object : r->object,
                                r->callee_source ? r->callee_source : r->source, name);
        r->callee_object = r->callee_source = NULL;
    }
    return true;
}

static bool take_events(struct reader *r, char *rest)
{
    static const struct {
        const char *name;
        enum role role;
    } known[] = {{"ns", ROLE_TIME}, {"Hits", ROLE_HITS}};
    size_t time = SIZE_MAX, instructions = 0;
    char *saved, *first = NULL, *unit = NULL;
    r->events = 0;
    for (char *name = strtok_r(rest, " \t", &saved); name; name = strtok_r(NULL, " \t", &saved)) {
        if (r->events == MOST_EVENTS)
            return text_refuse(&r->t, "there are more than %d events", MOST_EVENTS);
        first = first ? first : name;
        r->roles[r->events] = ROLE_NONE;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (strcmp(name, known[i].name) == 0)
                r->roles[r->events] = known[i].role;
        time = r->roles[r->events] == ROLE_TIME ? r->events : time;
        if (strcmp(name, "Ir") == 0) {
            instructions = r->events;
            unit = name;
        }
        r->im->hits |= r->roles[r->events] == ROLE_HITS;
        r->events++;
    }
    if (!r->events)
        return text_refuse(&r->t, "there are no events");
    if (time == SIZE_MAX && !r->im->hits)
        r->roles[instructions] = ROLE_TIME;
    str_clear(&r->im->unit);
    if (time == SIZE_MAX)
        str_addf(&r->im->unit, "%s of callgrind, shown as one nanosecond each", unit ? unit : first);
    else
        str_add(&r->im->unit, "nanoseconds of a callgrind.out");
    return true;
}

static bool take_positions(struct reader *r, char *rest)
{
    char *saved;
    r->positions = 0;
    r->line_position = MOST_POSITIONS;
    for (char *name = strtok_r(rest, " \t", &saved); name; name = strtok_r(NULL, " \t", &saved)) {
        if (r->positions == MOST_POSITIONS)
            return text_refuse(&r->t, "there are more than %d positions", MOST_POSITIONS);
        if (strcmp(name, "line") == 0)
            r->line_position = r->positions;
        r->positions++;
    }
    return true;
}

static void take_command(struct reader *r, const char *rest)
{
    char **words = argv_split(rest + strspn(rest, " \t"));
    str_clear(&r->im->command);
    if (words)
        argv_from_words(words, &r->im->command);
    argv_free(words);
}

/* +3, -3, * (as before), 7 or 0x4f */
static bool take_position(struct reader *r, char **at, int64_t *position)
{
    char sign = **at, *end;
    if (sign == '*') {
        ++*at;
        return true;
    }
    *at += sign == '+' || sign == '-';
    if (!isdigit((unsigned char)**at))
        return text_refuse(&r->t, "this is no line of a callgrind.out");
    uint64_t value = strtoull(*at, &end, 0);
    *at = end;
    uint64_t before = (uint64_t)*position;
    *position = (int64_t)(sign == '+' ? before + value : sign == '-' ? before - value : value);
    return true;
}

static bool take_costs(struct reader *r, char *at, int64_t costs[ROLE_COUNT])
{
    memset(costs, 0, ROLE_COUNT * sizeof *costs);
    for (size_t i = 0; *(at += strspn(at, " \t")); i++) {
        int64_t value;
        if (i == r->events || !text_number(&at, &value) || (*at && !isspace((unsigned char)*at)))
            return text_refuse(&r->t, i == r->events ? "there are more costs than events" : "a cost is no number");
        if (value > LARGEST_COST)
            return text_refuse(&r->t, "a cost is too large");
        costs[r->roles[i]] = value;
    }
    return true;
}

static void put_line(struct reader *r, const int64_t costs[ROLE_COUNT], int64_t line)
{
    struct callgrind_function *f = &r->c.functions.items[r->function];
    size_t file = f->known ? import_file(r->im, r->source) : 0;
    if (r->calling) {
        *vec_push(&r->c.calls) = (struct callgrind_call){r->function, r->callee, file, line, (double)costs[ROLE_TIME]};
        r->c.functions.items[r->callee].called += r->calls;
        return;
    }
    *vec_push(&r->c.rows) = (struct callgrind_row){r->function, file, line, (double)costs[ROLE_TIME]};
    if (!f->known || line <= 0)
        return;
    struct import_function *function = &r->im->functions.items[f->function];
    function->line = function->line && function->line < line ? function->line : line;
    function->last_line = line > function->last_line ? line : function->last_line;
    if (r->im->hits)
        import_add(&import_line(r->im, f->function, file, line)->hits, costs[ROLE_HITS]);
}

static bool take_cost_line(struct reader *r, char *line)
{
    int64_t costs[ROLE_COUNT];
    for (size_t i = 0; i < r->positions; i++, line += strspn(line, " \t"))
        if (!take_position(r, &line, &r->at[i]))
            return false;
    if (r->skip) {
        r->skip = false;
        return true;
    }
    if (r->function == SIZE_MAX || !r->events)
        return text_refuse(&r->t, r->events ? "a cost before fn=" : "a cost before events:");
    if (!take_costs(r, line, costs))
        return false;
    put_line(r, costs, r->line_position < r->positions ? r->at[r->line_position] : 0);
    r->calling = false;
    return true;
}

static bool take_calls(struct reader *r, char *rest)
{
    if (!text_number(&rest, &r->calls) || r->callee == SIZE_MAX)
        return text_refuse(&r->t, r->callee == SIZE_MAX ? "calls before cfn=" : "calls has no number");
    r->calling = true;
    return true;
}

static bool take(struct reader *r, char *line)
{
    char *rest;
    if (!*line || *line == '#')
        return true;
    if (isdigit((unsigned char)*line) || strchr("+-*", *line))
        return take_cost_line(r, line);
    if ((rest = text_behind(line, "calls=")))
        return take_calls(r, rest);
    if (text_behind(line, "jump=") || text_behind(line, "jcnd="))
        return r->skip = true;
    if (text_behind(line, "ob=") || (strlen(line) > 3 && strchr("fc", *line) && strchr(line, '=') &&
                                     strcspn(line, "=") <= 3))
        return take_name(r, line);
    if ((rest = text_behind(line, "events:")))
        return take_events(r, rest);
    if ((rest = text_behind(line, "positions:")))
        return take_positions(r, rest);
    if ((rest = text_behind(line, "cmd:")))
        take_command(r, rest);
    if ((rest = text_behind(line, "creator:")))
        r->own = strstr(rest, "farmdb");
    return line[strcspn(line, ": =")] == ':' || text_refuse(&r->t, "this is no line of a callgrind.out");
}

static void count_calls(struct reader *r)
{
    r->im->calls = !r->own;
    for (size_t i = 0; i < r->c.functions.count && !r->own; i++) {
        const struct callgrind_function *f = &r->c.functions.items[i];
        if (f->known)
            import_add(&r->im->functions.items[f->function].calls, f->called);
    }
}

static bool read_callgrind(struct import *im, const char *name, struct str *text, struct str *err)
{
    struct reader r = {.im = im, .t = {name, text->data, text->data + text->len, 0, err}, .object = "", .source = "???",
                       .home = "???", .function = SIZE_MAX, .callee = SIZE_MAX, .positions = 1};
    bool ok = true;
    for (char *line; ok && (line = text_line(&r.t));)
        ok = take(&r, line);
    if (ok && (!r.events || r.calling))
        ok = text_refuse(&r.t, r.events ? "the file is cut off behind calls=" : "there are no events");
    count_calls(&r);
    callgrind_take(&r.c, im);
    for (int i = 0; i < KIND_COUNT; i++)
        vec_release(&r.compressed[i]);
    names_release(&r.strings);
    names_release(&r.numbers);
    return ok;
}

const struct import_format import_callgrind = {"callgrind", read_callgrind};
