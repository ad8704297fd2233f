/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "instrument/alarm.h"
#include "instrument/direct.h"
#include "instrument/fallthrough.h"
#include "instrument/glance.h"
#include "instrument/guard.h"
#include "instrument/layout.h"
#include "instrument/note.h"
#include "instrument/plugin.h"
#include "instrument/said.h"
#include "instrument/temp.h"

static const char *path_of(const struct unit *u, const struct job *j)
{
    return j->args.inputs.items[u->input].path;
}

/* A temporary file of this unit; gcc and clang tell preprocessed text by its suffix. */
static char *temp_file(const struct unit *u, const char *suffix)
{
    char *name = str_format("%zu%s", u->input, suffix), *path = temp_path(name);
    free(name);
    return path;
}

void unit_init(struct unit *u, const struct job *j, size_t input)
{
    *u = (struct unit){.input = input, .reason = STR_INIT, .kept = STR_INIT};
    u->object = j->args.mode == ARGS_LINK ? temp_file(u, ".o") : args_target(&j->args, input);
    u->text = temp_file(u, ".i");
    if (j->args.mode != ARGS_ASSEMBLY && !j->args.lto && !j->settings.show)
        u->blob = temp_file(u, ".blob");
}

void unit_release(struct unit *u)
{
    free(u->object);
    free(u->text);
    free(u->blob);
    str_release(&u->reason);
    str_release(&u->kept);
}

static void fail(struct unit *u, const char *why)
{
    u->state = UNIT_FAILED;
    char *first = said_first(why);
    str_clear(&u->reason);
    str_add(&u->reason, first);
    free(first);
}

/* ---- rewriting, in a child: what it finds out comes back in files and its status */

struct rewriting {
    const struct unit *unit;
    const struct job *job;
    const struct str *text;
    const char *reason_file;
};

static const char **parse_flags(const struct args *a)
{
    const char **flags = xcalloc(a->list.count + 1, sizeof *flags);
    size_t count = 0;
    for (size_t i = 0; i < a->list.count; i++)
        if (a->list.items[i].flags & CC_PARSE)
            flags[count++] = a->list.items[i].text;
    return flags;
}

static uint64_t hash_text(uint64_t hash, const char *text)
{
    do
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    while (*text++);
    return hash;
}

/* FNV-1a over what makes two compilations of a source differ. */
static uint64_t salt_of(const struct job *j)
{
    uint64_t hash = hash_text(14695981039346656037u, j->settings.time ? j->settings.time : "");
    hash = hash_text(hash, j->settings.counts ? j->settings.counts : "");
    for (size_t i = 0; i < j->settings.line_timed.patterns.count; i++)
        hash = hash_text(hash, j->settings.line_timed.patterns.items[i]);
    for (size_t i = 0; i < j->args.list.count; i++) {
        const struct args_word *w = &j->args.list.items[i];
        if (w->kind == ARGS_INPUT || (w->flags & (CC_OUTPUT | CC_DEPEND | CC_SIDE | CC_LINK | CC_COMPILE)))
            continue;
        hash = hash_text(hash, w->text);
    }
    return hash;
}

static int rewrite(void *context)
{
    const struct rewriting *r = context;
    struct rewrite_request request = {
        .text = r->text->data,
        .len = r->text->len,
        .parse_flags = parse_flags(&r->job->args),
        .clang = r->job->compiler.clang,
        .directory = r->job->directory,
        .unit = path_of(r->unit, r->job),
        .include = &r->job->settings.include,
        .wrappers = &r->job->settings.wrappers,
        .exclude = &r->job->settings.exclude,
        .blob_path = r->unit->blob,
        .salt = salt_of(r->job),
        .volatile_counts = settings_are(r->job->settings.counts, "volatile"),
        .portable = !compiler_is_native(&r->job->compiler) || (r->job->args.seen & CC_FAR),
        .shared = args_has(&r->job->args, "-fPIC") || args_has(&r->job->args, "-fpic"),
        .direct = r->unit->direct,
        .taken = r->unit->taken,
        .untimed = settings_are(r->job->settings.time, "off"),
        .line_timed = settings_are(r->job->settings.time, "exact") ? &r->job->settings.line_timed : NULL,
    };
    struct str out = STR_INIT, reason = STR_INIT, err = STR_INIT;
    struct sites sites = {0};
    plugin_rewrite *function = (plugin_rewrite *)plugin_find(PLUGIN_REWRITE, &reason);
    enum rewrite_outcome outcome = function ? function(&request, &out, &sites, &reason) : REWRITE_FAILED;
    bool written = outcome == REWRITE_DONE ? file_write(r->unit->text, out.data, out.len, &err)
                                           : file_write(r->reason_file, reason.data, reason.len, &err);
    return written ? (int)outcome : REWRITE_FAILED;
}

static void rewrite_guarded(struct unit *u, const struct job *j, const struct str *text)
{
    char *reason_file = temp_file(u, ".why");
    struct rewriting r = {u, j, text, reason_file};
    struct str why = STR_INIT, err = STR_INIT;
    int outcome = guard_run(rewrite, &r, j->settings.verbose, &why);
    if (outcome == REWRITE_DONE) {
        u->state = UNIT_REWRITTEN;
    } else if (outcome == REWRITE_NOTHING) {
        u->state = UNIT_EMPTY;
    } else {
        if (outcome == REWRITE_FAILED && !file_read(reason_file, &why, &err))
            str_add(&why, "the rewritten text could not be stored");
        fail(u, why.len ? why.data : "the rewriter gave no reason");
    }
    str_release(&why);
    str_release(&err);
    free(reason_file);
}

/* ---- steps */

static bool preprocess(const struct unit *u, const struct job *j, bool fast, bool comments, struct str *text,
                       struct str *err)
{
    struct words command = {0};
    job_command(j, &command);
    args_preprocess(&j->args, u->input, j->compiler.clang, fast, comments, &command);
    job_headers(&command);
    job_word(&command, "-D__FARMCC__=1");
    struct proc_result r = job_run(j, &command, text, err);
    words_release(&command);
    return proc_code(r) == 0 && (!fast || !err->len);
}

/* Whether the file that the unit is made of has a comment that gcc's warnings may read. */
static bool comments_matter(const struct unit *u, const struct job *j)
{
    if (args_has(&j->args, "-Wimplicit-fallthrough=1"))        /* any comment will do */
        return true;
    struct str source = STR_INIT, ignored = STR_INIT;
    bool matter = file_read(path_of(u, j), &source, &ignored) && fallthrough_is_said(source.data, source.len);
    str_release(&source);
    str_release(&ignored);
    return matter;
}

/* The unit's preprocessed text; false: there is none, or in fast mode something was said. */
static bool get_text(const struct unit *u, const struct job *j, bool fast, struct str *text, struct str *err)
{
    if (j->args.inputs.items[u->input].preprocessed)
        return file_read(path_of(u, j), text, err);
    bool asked = fast && !j->compiler.clang && (j->args.seen & CC_COMMENTS), comments = asked && comments_matter(u, j);
    bool good = preprocess(u, j, fast, comments, text, err);
    if (!good || !asked || comments || !fallthrough_is_included(text->data, text->len, path_of(u, j)))
        return good;
    str_clear(text);
    return preprocess(u, j, fast, true, text, err);
}

bool unit_prepare(struct unit *u, const struct job *j, bool fast)
{
    if (u->state != UNIT_NEW)
        return true;
    struct str text = STR_INIT, err = STR_INIT;
    bool good = get_text(u, j, fast, &text, &err);
    if (good && fast && (j->args.warns || j->compiler.clang))
        u->doubtful = layout_is_doubtful(text.data, (uint32_t)text.len);
    if (good && !glance_has_function(text.data, text.len)) {
        u->state = UNIT_EMPTY;
    } else if (good) {
        u->taken = direct_is_taken(text.data, text.len);
        u->direct = !u->taken && !settings_are(j->settings.counts, "pointer") &&
                    direct_is_possible(&j->args, j->compiler.clang, text.data, text.len);
        rewrite_guarded(u, j, &text);
    } else if (!fast) {
        fail(u, err.len ? err.data : "preprocessing failed");
    }
    str_release(&text);
    str_release(&err);
    return good;
}

/* A word for clang's own front end. */
static void add_inner(struct words *out, char *word)
{
    job_word(out, "-Xclang");
    *vec_push(&out->list) = word;
}

/* Of x.c they are out/prog-x.*, but clang takes the stem from the file that it compiles, which is ours. */
static void add_clang_names(const struct unit *u, const struct job *j, int stem, struct words *out)
{
    const char *program = j->args.output ? j->args.output : "a";
    char *name = str_format("%s-%.*s", program, stem, file_name(path_of(u, j)));
    char *path = str_join_path(j->directory, name);
    if (j->args.seen & CC_NOTES)
        add_inner(out, str_format("-coverage-notes-file=%s.gcno", path));
    if (j->args.seen & CC_ARCS)
        add_inner(out, str_format("-coverage-data-file=%s.gcda", path));
    for (int i = 0; i < 2 && j->args.seen & CC_SPLIT; i++) {
        add_inner(out, str_copy(i ? "-split-dwarf-output" : "-split-dwarf-file"));
        add_inner(out, str_format("%s.dwo", name));
    }
    free(name);
    free(path);
}

/* By-products of an object that a link makes on the way are named after the program. */
static void add_names(const struct unit *u, const struct job *j, struct words *out)
{
    if (!(j->args.seen & CC_AUX))
        return;
    bool link = j->args.mode == ARGS_LINK, clang = j->compiler.clang;
    const char *named = link || !j->args.output ? path_of(u, j) : j->args.output;
    const char *base = file_name(named), *dot = strrchr(base, '.');
    int stem = dot && dot != base ? (int)(dot - base) : (int)strlen(base);
    if (clang && link)
        add_clang_names(u, j, stem, out);
    if (clang)
        return;
    job_word(out, "-dumpbase");
    *vec_push(&out->list) = str_format("%.*s.c", stem, base);
    job_word(out, "-dumpbase-ext");
    job_word(out, ".c");
    if (!link)
        return;
    job_word(out, "-dumpdir");
    *vec_push(&out->list) = str_format("%s-", j->args.output ? j->args.output : "a");
}

static void add_target(const struct unit *u, const struct job *j, struct words *out)
{
    add_names(u, j, out);
    job_word(out, j->args.mode == ARGS_ASSEMBLY ? "-S" : "-c");
    job_word(out, "-o");
    job_word(out, u->object);
}

static void add_silence(const struct job *j, struct words *out)
{
    job_word(out, "-w");
    if (j->compiler.clang)
        job_word(out, "-Qunused-arguments");
}

static char optimisation(const struct args *a)
{
    char level = '0';
    for (size_t i = 0; i < a->list.count; i++)
        if (a->list.items[i].kind != ARGS_INPUT && strncmp(a->list.items[i].text, "-O", 2) == 0)
            level = a->list.items[i].text[2] ? a->list.items[i].text[2] : '1';
    return level == 'f' ? '3' : level;   /* -Ofast */
}

/* What gcc inlines must not hang on our counters, so its limits grow by about what they take. A loop of few
 * instructions takes twice as long where it lies across two of the processor's cache lines, and counters before it move
 * it: so loops begin at 32 bytes. Leaves need no frame pointer where there is call-frame information. The user's own
 * words follow, and win. */
static void add_room(const struct job *j, struct words *out)
{
    char level = optimisation(&j->args);
    if (!j->compiler.clang && (level == '2' || level == '3')) {
        job_word(out, level == '2' ? "--param=early-inlining-insns=12" : "--param=early-inlining-insns=20");
        job_word(out, level == '2' ? "--param=max-inline-insns-auto=25" : "--param=max-inline-insns-auto=45");
        if (compiler_is_native(&j->compiler))
            job_word(out, "-falign-loops=32");
    }
    if (level != '0' && compiler_is_native(&j->compiler))
        job_word(out, "-momit-leaf-frame-pointer");
}

/* By frame pointers and call-frame information the runtime finds callers, of each allocation too. */
static void add_frames(const struct job *j, bool frame_pointer, struct words *out)
{
    if (frame_pointer)
        job_word(out, "-fno-omit-frame-pointer");
    if (args_has(&j->args, "-fno-asynchronous-unwind-tables"))
        job_word(out, "-fasynchronous-unwind-tables");
}

/* Compiles the rewritten text; true where that succeeds. *said takes what it said. */
static bool compile_text(const struct unit *u, const struct job *j, bool quiet, bool frame_pointer, struct str *said)
{
    struct words command = {0};
    struct str err = STR_INIT;
    job_command(j, &command);
    add_room(j, &command);
    args_compile(&j->args, quiet, &command);
    if (!j->args.debug)
        job_word(&command, "-g1");
    add_frames(j, frame_pointer, &command);
    if (j->compiler.clang)
        job_word(&command, "-Wno-gnu-line-marker");
    if (u->direct && direct_word(&j->args, j->compiler.clang))
        job_word(&command, direct_word(&j->args, j->compiler.clang));
    if (quiet)
        add_silence(j, &command);
    job_word(&command, "-xcpp-output");
    job_word(&command, u->text);
    add_target(u, j, &command);
    struct proc_result r = job_run(j, &command, said, &err);
    str_add_bytes(said, err.data, err.len);
    words_release(&command);
    str_release(&err);
    return proc_code(r) == 0;
}

/* What the compiler's front end says of the untouched source; `err` NULL: it says so to the user. */
static bool ask_source(const struct unit *u, const struct job *j, struct str *err)
{
    struct words command = {0};
    struct str out = STR_INIT;
    job_command(j, &command);
    args_plain(&j->args, u->input, &command);
    job_headers(&command);
    job_word(&command, "-fsyntax-only");
    struct proc_result r = job_run(j, &command, &out, err);
    bool good = proc_code(r) == 0 && !out.len;
    words_release(&command);
    str_release(&out);
    return good;
}

/* The compiler says to a terminal the same in colours, so it has the word itself there. */
static bool show_warnings(const struct unit *u, const struct job *j, const struct str *plain)
{
    if (isatty(STDERR_FILENO))
        return ask_source(u, j, NULL);
    return fwrite(plain->data, 1, plain->len, stderr) == plain->len && fflush(stderr) == 0;
}

/* By-products of the plain compile would belong to another object. */
static void keep_object(struct unit *u, const struct job *j)
{
    struct str err = STR_INIT;
    if (!(j->args.seen & CC_AUX))
        u->compiled = j->args.mode == ARGS_LINK || file_read(u->object, &u->kept, &err);
    str_release(&err);
}

bool unit_compile_fast(struct unit *u, const struct job *j, bool alone)
{
    struct str said = STR_INIT, plain = STR_INIT;
    bool compiled = compile_text(u, j, false, true, &said), silent = compiled && !said.len;
    if (said.len)
        job_say(j, "%s: the rewritten text is not silent: %s", path_of(u, j), said.data);
    bool false_alarm = j->compiler.clang && alarm_may_be_false(said.data);
    bool same = compiled && alone && (j->compiler.clang || !alarm_comes_late(said.data));
    bool ask = silent ? u->doubtful : same || false_alarm;
    bool answered = silent && !ask;
    if (ask && ask_source(u, j, &plain)) {
        if (!plain.len)
            answered = silent || false_alarm;
        else
            answered = same && said_same_warnings(said.data, plain.data) && show_warnings(u, j, &plain);
    }
    if (compiled && !answered)
        keep_object(u, j);
    str_release(&said);
    str_release(&plain);
    return answered;
}

/* `note`: a file that is included; NULL: none. */
static bool compile_plain(const struct unit *u, const struct job *j, const char *note)
{
    struct words command = {0};
    struct str out = STR_INIT, err = STR_INIT;
    job_command(j, &command);
    args_plain(&j->args, u->input, &command);
    job_headers(&command);
    add_silence(j, &command);
    if (note) {
        job_word(&command, "-include");
        job_word(&command, note);
    }
    add_target(u, j, &command);
    struct proc_result r = job_run(j, &command, &out, &err);
    words_release(&command);
    str_release(&out);
    str_release(&err);
    return proc_code(r) == 0;
}

/* A section that is added to an object of the compiler's own format would be lost: there the note is compiled in. */
static void leave_note(const struct unit *u, const struct job *j, bool have_plain)
{
    char *file = j->args.lto ? temp_file(u, ".note.h") : NULL;
    bool noted = file && note_write(u, j, file) && compile_plain(u, j, file);
    if (!noted && (!have_plain || file))
        compile_plain(u, j, NULL);
    if (!file)
        note_add(u, j);
    free(file);
}

/* The object that was compiled before the plain one. No signal ends us in between, and leaves a part of it. */
static bool put_back(const struct unit *u, const struct job *j)
{
    if (!u->compiled || j->args.mode == ARGS_LINK)
        return u->compiled;
    struct str err = STR_INIT;
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    bool done = file_write(u->object, u->kept.data, u->kept.len, &err);
    sigprocmask(SIG_SETMASK, &before, NULL);
    str_release(&err);
    return done;
}

void unit_compile_quiet(struct unit *u, const struct job *j, bool have_plain)
{
    if (u->state == UNIT_REWRITTEN && !put_back(u, j)) {
        struct str said = STR_INIT, again = STR_INIT;
        /* without the flag where asm statements claim the frame pointer's register */
        bool done = compile_text(u, j, true, true, &said) || compile_text(u, j, true, false, &again);
        have_plain &= done;
        if (!done) {
            fail(u, said.data);
            char *what = str_detach(&u->reason);
            str_addf(&u->reason, "the rewritten text does not compile: %s", what);
            free(what);
        }
        str_release(&said);
        str_release(&again);
    }
    if (u->state == UNIT_REWRITTEN)
        return;
    if (u->state == UNIT_FAILED) {
        warn("%s: not instrumented: %s", path_of(u, j), u->reason.data);
        leave_note(u, j, have_plain);
    } else if (!have_plain) {
        compile_plain(u, j, NULL);
    }
}

void unit_leave(struct unit *u, const struct job *j)
{
    const char *option = j->args.untouched;
    str_addf(&u->reason, j->args.seen & CC_BARE ? "without libc nobody sets up thread-local storage: %s"
                                                : "counters do not go with: %s", option);
    u->state = UNIT_FAILED;
    job_say(j, "%s: not instrumented: %s", path_of(u, j), u->reason.data);
    leave_note(u, j, true);
}

bool unit_show(struct unit *u, const struct job *j, FILE *out)
{
    if (!unit_prepare(u, j, false) || u->state != UNIT_REWRITTEN) {
        if (u->state == UNIT_EMPTY)
            str_add(&u->reason, "there is no function in it");
        return false;
    }
    struct str text = STR_INIT, err = STR_INIT;
    if (!file_read(u->text, &text, &err))
        die(EXIT_DATA, "%s", err.data);
    fwrite(text.data, 1, text.len, out);
    str_release(&text);
    return true;
}
