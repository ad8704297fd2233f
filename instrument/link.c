/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/elf.h"
#include "base/file.h"
#include "base/msg.h"
#include "instrument/place.h"
#include "instrument/strip.h"
#include "runtime/format.h"

/* Names of libc's that the runtime stands in front of. */
static const char *const allocators[] = {"malloc", "calloc", "realloc", "reallocarray", "free", "posix_memalign",
                                         "aligned_alloc", "memalign", "valloc", "pvalloc", NULL};
static const char *const beginners[] = {"pthread_create", "thrd_create", "_Fork", NULL};

/* -Wl,OPTION=NAME,OPTION=NAME... */
static void add_for(const char *const *names, const char *option, struct words *out)
{
    struct str word = STR_INIT;
    str_add(&word, "-Wl");
    for (; *names; names++)
        str_addf(&word, ",--%s=%s", option, *names);
    job_word(out, word.data);
    str_release(&word);
}

/* Calls in the linked objects come to the runtime by --wrap, those in libraries by its definitions of the names
 * themselves. In a static program all calls are in linked objects, and libc's own definitions must be found; where it
 * has an allocator of its own, those of libc's must not come along. Sanitizers define the names too: their allocators
 * must stay the outermost. Who begins a thread or a process comes by one of the two ways. */
static void add_names(const struct job *j, struct words *out)
{
    char *names = place_library("libfarm_names.a");
    bool by_name = !(j->args.seen & (CC_STATIC | CC_SANITIZE)) && file_exists(names);
    if (!(j->args.seen & CC_SANITIZE)) {
        add_for(allocators, "wrap", out);
        if (j->args.seen & CC_STATIC && j->settings.link)
            job_word(out, "-Wl,-u,__wrap_aligned_alloc");        /* for a libstdc++ behind us */
        if (j->args.seen & CC_AUX)                               /* for a coverage library behind us */
            job_word(out, "-Wl,-u,__wrap_malloc,-u,__wrap_calloc,-u,__wrap_realloc,-u,__wrap_free");
    }
    if (by_name) {
        add_for(allocators, "export-dynamic-symbol", out);
        add_for(beginners, "export-dynamic-symbol", out);
        job_word(out, "-Wl,-u,farm_heap_named,-u,farm_begin_named");
        job_word(out, names);
    } else {
        add_for(beginners, "wrap", out);
    }
    free(names);
}

/* A shared object brings a runtime that stays behind the program's, or another one's that has started: so it records
 * wherever it is loaded, and adds no name to those that others see. */
static void add_guest(const struct job *j, struct words *out)
{
    char *runtime = place_library("libfarm_guest.a");
    if (file_exists(runtime)) {
        job_word(out, "-Wl,-u,__farm_register");
        if (!(j->args.seen & CC_SANITIZE))
            add_for(allocators, "wrap", out);
        if (j->args.last_language)
            job_word(out, "-xnone");
        job_word(out, runtime);
        job_word(out, "-lpthread");
        job_word(out, "-ldl");
        job_word(out, "-lrt");
    }
    free(runtime);
}

/* The registering call in each object is a weak reference, which alone takes nothing out of an archive. The runtime's
 * symbols are exported so that instrumented libraries find those of the program. */
static void add_runtime(const struct job *j, struct words *out)
{
    const struct args *a = &j->args;
    char *runtime = place_library("libfarm.a");
    if (file_exists(runtime)) {
        job_word(out, "-Wl,-u,__farm_register");
        if (a->seen & CC_STATIC)
            job_word(out, "-Wl,--eh-frame-hdr");         /* gcc leaves it out, and callers in libc cannot be found */
        else
            job_word(out, "-Wl,--export-dynamic-symbol=__farm_*");
        if (a->last_language)
            job_word(out, "-xnone");
        add_names(j, out);
        bool around = a->seen & CC_STATIC;       /* libc calls what --wrap names, and we call libc */
        static const char *const words[] = {"-Wl,--start-group", NULL, "-lpthread", "-ldl", "-lrt", "-lc",
                                            "-Wl,--end-group"};
        for (size_t i = around ? 0 : 1; i < (around ? 7 : 5); i++)
            job_word(out, words[i] ? words[i] : runtime);
    }
    free(runtime);
}

static const char *output_of(const struct job *j)
{
    return j->args.output ? j->args.output : "a.out";
}

bool link_run(const struct job *j, char *const *objects, bool fast, struct str *said)
{
    struct words command = {0};
    struct str err = STR_INIT;
    job_link_command(j, &command);
    args_link(&j->args, objects, &command);
    bool ours = !(j->args.seen & CC_OBJECT) && compiler_is_native(&j->compiler);
    enum strip strip = ours ? strip_take(&command) : STRIP_NOTHING;
    if (!j->args.build_id && !(j->args.seen & CC_OBJECT))
        job_word(&command, "-Wl,--build-id");
    if (!(j->args.seen & CC_SHARED))
        add_runtime(j, &command);
    else if (ours)
        add_guest(j, &command);
    if (!fast && j->compiler.clang)
        job_word(&command, "-Qunused-arguments");
    struct proc_result r = job_run(j, &command, said, &err);
    bool linked = proc_code(r) == 0;
    if (linked && strip != STRIP_NOTHING) {
        link_keep(j);
        linked = strip_file(j, strip, output_of(j), &err);
    }
    str_add_bytes(said, err.data, err.len);
    words_release(&command);
    str_release(&err);
    return linked && (!fast || !said->len);
}

void link_check_runtime(const struct job *j)
{
    char *runtime = place_library("libfarm.a");
    if (!(j->args.seen & CC_SHARED) && !file_exists(runtime))
        warn("the runtime is missing (%s): %s will record nothing", runtime, output_of(j));
    free(runtime);
}

/* ---- what is kept */

static char *cache_folder(const struct job *j)
{
    if (j->settings.cache)
        return str_copy(j->settings.cache);
    const char *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (xdg && *xdg)
        return str_format("%s/farm", xdg);
    return str_format("%s/.cache/farm", home ? home : "");
}

/* FOLDER/build-id/ab/cdef.debug, as debuggers lay it out; yours. */
static char *kept_path(const struct job *j, const uint8_t *id, size_t len)
{
    char *folder = cache_folder(j);
    struct str path = STR_INIT;
    str_addf(&path, "%s/build-id/", folder);
    for (size_t i = 0; i < len; i++)
        str_addf(&path, i == 1 ? "/%02x" : "%02x", id[i]);
    str_add(&path, ".debug");
    free(folder);
    return str_detach(&path);
}

/* With its instructions: which of them a sample waited for is read there (db/intake/code.h). */
static bool copy_whole(const char *program, const char *kept, struct str *err)
{
    char *folder = file_folder(kept);
    struct str bytes = STR_INIT;
    bool done = file_make_folders(folder, err) && file_read(program, &bytes, err)
        && file_write(kept, bytes.data, bytes.len, err);
    str_release(&bytes);
    free(folder);
    return done;
}

void link_keep(const struct job *j)
{
    const char *program = output_of(j);
    struct str err = STR_INIT;
    uint8_t id[ELF_BUILD_ID_MAX];
    struct elf *e = elf_open(program, &err);
    size_t len = e && elf_has_section(e, FARM_SITES_SECTION) ? elf_build_id(e, id) : 0;
    elf_close(e);
    if (len) {
        char *kept = kept_path(j, id, len);
        if (file_exists(kept) || copy_whole(program, kept, &err))
            job_say(j, "%s: debug information is kept in %s", program, kept);
        else
            job_say(j, "%s: debug information is not kept in %s: %s", program, kept, err.data);
        free(kept);
    }
    str_release(&err);
}
