/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `perf script` prints: samples with their call chains, innermost first. Lines are those of the debug information
 * of the programs on disk, else what perf printed (-F +srcline). System libraries and the kernel are not known: their
 * samples count for the line that called them. Where there are several events the first one counts.
 */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/file.h"
#include "db/argv.h"
#include "db/import/import.h"
#include "db/import/objects.h"
#include "db/import/text.h"

extern const struct import_format import_perf;

enum { MOST_FRAMES = 4096, MOST_INLINED = 64 };

struct frame {                   /* texts are in the file's */
    char *symbol, *object, *source;      /* source: "file.c:12" as perf printed it, NULL: not */
    uint64_t address, offset;
    bool inlined;
    bool known;                  /* what was found of it */
    size_t function, file;
    int64_t line;
};

struct reader {
    struct import *im;
    struct text t;
    struct objects *objects;
    char *event;                 /* the one that counts; yours, NULL before the first sample */
    int64_t period;              /* of the sample at hand */
    bool sample, counts;         /* there is one; it is of the event that counts */
    VEC(struct frame) frames;    /* of the sample at hand, innermost first */
    VEC(char) seen;              /* by function: in the sample at hand */
};

/* ---- places ---- */

static const char *outside_name(const struct frame *f)
{
    if (*f->object == '[')
        return strncmp(f->object, "[kernel", 7) == 0 || strncmp(f->object, "[guest", 6) == 0 ? "kernel" : f->object;
    return *f->object ? file_name(f->object) : "unknown code";
}

static bool is_system(const char *object)
{
    return *object != '/' || strncmp(object, "/usr/", 5) == 0 || strncmp(object, "/lib", 4) == 0;
}

/* "file.c:12", maybe with "(discriminator 3)" behind it. */
static bool printed_line(const char *source, char **file, int64_t *line)
{
    const char *colon = source ? strrchr(source, ':') : NULL;
    char *digits = colon ? (char *)(uintptr_t)colon + 1 : NULL;
    if (!colon || colon == source || !text_number(&digits, line) || !*line || strncmp(source, "??", 2) == 0)
        return false;
    *file = str_copy_bytes(source, (size_t)(colon - source));
    return true;
}

static void know(struct reader *r, struct frame *f, const char *home, const char *file, int64_t line)
{
    f->known = true;
    f->function = import_function(r->im, import_file(r->im, home), f->symbol);
    f->file = import_file(r->im, file);
    f->line = line;
    struct import_function *function = &r->im->functions.items[f->function];
    if (function->file != f->file || !line)
        return;
    function->line = function->line && function->line < line ? function->line : line;
    function->last_line = line > function->last_line ? line : function->last_line;
}

/* Frames first .. last are one address: the calls that were inlined there, and the function that has it. */
static void place_group(struct reader *r, size_t first, size_t last)
{
    struct line_place places[MOST_INLINED], start = {0};
    struct frame *own = &r->frames.items[last];
    uint64_t back = first > 0;           /* callers: the call, not where it returns to */
    size_t count = 0;
    if (!is_system(own->object) && own->offset >= back)
        count = objects_find(r->objects, own->object, own->symbol, own->offset - back, own->address - back, places,
                             MOST_INLINED);
    if (count)
        objects_start(r->objects, own->object, own->symbol, own->address - own->offset, &start);
    for (size_t i = first; i <= last; i++) {
        struct frame *f = &r->frames.items[i];
        size_t k = last == first ? 0 : i - first;
        char *file;
        int64_t line;
        f->object = own->object;
        if (k < count && places[k].line > 0) {
            know(r, f, i == last && start.line ? start.file : places[k].file, places[k].file, places[k].line);
            if (i == last && start.line)
                r->im->functions.items[f->function].line = start.line;
        } else if (!is_system(own->object) && printed_line(f->source, &file, &line)) {
            know(r, f, file, file, line);
            free(file);
        } else if (!is_system(own->object) && *f->symbol && *f->symbol != '[') {
            know(r, f, own->object, own->object, 0);
        }
    }
}

static void place_frames(struct reader *r)
{
    for (size_t first = 0; first < r->frames.count;) {
        size_t last = first;
        while (last + 1 < r->frames.count && r->frames.items[last].inlined)
            last++;
        place_group(r, first, last);
        first = last + 1;
    }
}

/* ---- samples ---- */

static void count_innermost(struct reader *r)
{
    const char *below = "";
    for (size_t i = 0; i < r->frames.count; i++) {
        const struct frame *f = &r->frames.items[i];
        if (f->known) {
            import_add(&import_samples(r->im, f->function, f->file, f->line, below)->samples, 1);
            return;
        }
        below = *below ? below : outside_name(f);
    }
    import_add(&import_outside(r->im, *below ? below : "unknown code", "no caller with a known name on the stack")
                    ->samples, 1);
}

static void count_totals(struct reader *r)
{
    for (size_t i = 0; i < r->frames.count; i++) {
        const struct frame *f = &r->frames.items[i];
        if (!f->known)
            continue;
        while (r->seen.count <= f->function)
            *vec_push(&r->seen) = 0;
        if (!r->seen.items[f->function])
            import_add(import_total(r->im, f->function), 1);
        r->seen.items[f->function] = 1;
    }
    for (size_t i = 0; i < r->frames.count; i++)
        if (r->frames.items[i].known)
            r->seen.items[r->frames.items[i].function] = 0;
}

/* What is outside of all known functions, the start of threads, is left away, as in runs of ours. */
static void count_stack(struct reader *r)
{
    size_t at = IMPORT_ROOT;
    bool outside = false;
    for (size_t i = r->frames.count; i-- > 0;) {
        const struct frame *f = &r->frames.items[i];
        struct import_node place = {.known = f->known, .function = f->function, .file = f->file, .line = f->line,
                                    .outside = f->known ? NULL : (char *)(uintptr_t)outside_name(f)};
        if (!f->known && (outside || (at == IMPORT_ROOT && i)))
            continue;
        at = import_node(r->im, at, &place);
        outside = !f->known;
    }
    if (at != IMPORT_ROOT)
        import_add(&r->im->nodes.items[at - 1].samples, 1);
}

static void end_sample(struct reader *r)
{
    if (r->sample && r->counts) {
        place_frames(r);
        count_innermost(r);
        count_totals(r);
        count_stack(r);
        r->im->all_samples++;
        r->im->time_ns += (double)r->period;
    }
    r->sample = false;
    vec_clear(&r->frames);
}

/* ---- lines ---- */

/* "118e spin+0x15 (/path/program)": cut into its parts. False: it is none. */
static bool take_frame(struct reader *r, char *line)
{
    char *end, *object = NULL;
    uint64_t address = strtoull(line, &end, 16);
    if (end == line || !isxdigit((unsigned char)*line) || *end != ' ')
        return false;
    if (r->frames.count == MOST_FRAMES)
        return true;
    char *symbol = end + strspn(end, " ");
    size_t len = strlen(symbol);
    if (len && symbol[len - 1] == ')')
        for (char *at = symbol; (at = strstr(at, " (")); at++)
            object = at;
    if (object) {
        symbol[len - 1] = 0;
        *object = 0;
        object += 2;
    }
    char *plus = strstr(symbol, "+0x");
    struct frame *f = vec_push(&r->frames);
    *f = (struct frame){.symbol = symbol, .object = object ? object : "", .address = address};
    f->inlined = strcmp(f->object, "inlined") == 0;
    if (plus) {
        f->offset = strtoull(plus + 3, NULL, 16);
        *plus = 0;
    }
    return true;
}

/* The word of "25037.256499:"; NULL: no time in the line. */
static char *find_time(char *line)
{
    for (char *at = line; *(at += strspn(at, " \t")); at += strcspn(at, " \t")) {
        size_t whole = strspn(at, "0123456789"), part = at[whole] == '.' ? strspn(at + whole + 1, "0123456789") : 0;
        if (whole && part && at[whole + 1 + part] == ':')
            return at;
    }
    return NULL;
}

static bool take_event(struct reader *r, char *at)
{
    bool period = text_number(&at, &r->period);
    at += strspn(at, " \t");
    size_t len = strcspn(at, " \t");
    if (len < 2 || at[len - 1] != ':')
        return text_refuse(&r->t, "there is no event behind the time");
    if (!period || !r->period)
        return text_refuse(&r->t, "a sample without its period: use perf script -F +period");
    if (r->period > INT32_MAX * (int64_t)1000)
        return text_refuse(&r->t, "a period is too large");
    at[len - 1] = 0;
    if (!r->event)
        r->event = str_copy(at);
    r->sample = true;
    r->counts = strcmp(r->event, at) == 0;
    at += at[len] ? len + 1 : len;
    take_frame(r, at + strspn(at, " \t"));
    return true;
}

static void take_command(struct reader *r, char *line, const char *time)
{
    if (r->im->command.len)
        return;
    char *end = line + strspn(line, " \t");
    while (end < time && !(isspace((unsigned char)*end) && isdigit((unsigned char)end[strspn(end, " \t")])))
        end++;
    char *words[] = {str_copy_bytes(line, (size_t)(end - line)), NULL};
    argv_from_words(words, &r->im->command);
    free(words[0]);
}

static bool take_header(struct reader *r, char *line)
{
    char *time = find_time(line);
    end_sample(r);
    if (!time)
        return text_refuse(&r->t, "this is no sample of perf script: COMMAND PID TIME: PERIOD EVENT:");
    char *rest = time + strcspn(time, ":") + 1;
    rest += strspn(rest, " \t");
    if (text_behind(rest, "PERF_RECORD_"))
        return true;
    take_command(r, line, time);
    return take_event(r, rest);
}

static bool take(struct reader *r, char *line)
{
    if (!*line || *line == '#') {
        if (!*line)
            end_sample(r);
        return true;
    }
    if (!isspace((unsigned char)*line) || (!r->sample && find_time(line)))
        return take_header(r, line);
    char *at = line + strspn(line, " \t");
    if (!r->sample || take_frame(r, at))
        return true;
    if (r->frames.count)
        r->frames.items[r->frames.count - 1].source = at;
    return true;
}

static bool is_clock(const char *event)
{
    return strncmp(event, "cpu-clock", 9) == 0 || strncmp(event, "task-clock", 10) == 0;
}

static bool read_perf(struct import *im, const char *name, struct str *text, struct str *err)
{
    struct reader r = {.im = im, .t = {name, text->data, text->data + text->len, 0, err}};
    bool ok = true;
    r.objects = objects_new(im->written);
    for (char *line; ok && (line = text_line(&r.t));)
        ok = take(&r, line);
    end_sample(&r);
    if (ok && !r.event)
        ok = text_refuse(&r.t, "there is no sample of perf script");
    if (ok) {
        str_clear(&im->unit);
        str_addf(&im->unit, "samples of perf (%s%s)", r.event,
                 is_clock(r.event) ? "" : ", shown as one nanosecond each");
    }
    im->younger += objects_younger(r.objects);
    objects_free(r.objects);
    free(r.event);
    vec_release(&r.frames);
    vec_release(&r.seen);
    return ok;
}

const struct import_format import_perf = {"perf", read_perf};
