/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "instrument/link.h"
#include "instrument/said.h"
#include "instrument/unit.h"

struct build {
    struct job *job;
    VEC(struct unit) units;
    char **objects;              /* for args_link */
};

static void build_init(struct build *b, struct job *j)
{
    *b = (struct build){.job = j, .objects = xcalloc(j->args.inputs.count + 1, sizeof *b->objects)};
    for (size_t i = 0; i < j->args.inputs.count; i++) {
        if (!j->args.inputs.items[i].c)
            continue;
        struct unit *u = vec_push(&b->units);
        unit_init(u, j, i);
        b->objects[i] = u->object;
    }
}

static void build_release(struct build *b)
{
    for (size_t i = 0; i < b->units.count; i++)
        unit_release(&b->units.items[i]);
    vec_release(&b->units);
    free(b->objects);
}

/* The fast way: ours alone, as long as all is silent. */
static bool try_fast(struct build *b)
{
    struct job *j = b->job;
    bool depend_by_variable = getenv("DEPENDENCIES_OUTPUT") || getenv("SUNPRO_DEPENDENCIES");
    if (j->args.plain_first || (b->units.count && (j->settings.exact || depend_by_variable)))
        return false;
    for (size_t i = 0; i < b->units.count; i++) {
        struct unit *u = &b->units.items[i];
        if (!unit_prepare(u, j, true) || u->state != UNIT_REWRITTEN)
            return false;
    }
    bool alone = b->units.count == 1 && j->args.mode != ARGS_LINK;
    for (size_t i = 0; i < b->units.count; i++)
        if (!unit_compile_fast(&b->units.items[i], j, alone))
            return false;
    if (j->args.mode != ARGS_LINK)
        return true;
    struct str said = STR_INIT;
    bool linked = link_run(j, b->objects, true, &said);
    str_release(&said);
    return linked;
}

/* After a plain command that succeeded and has said all there is to say. */
static void go_quiet(struct build *b)
{
    struct job *j = b->job;
    bool link = j->args.mode == ARGS_LINK;
    unsetenv("DEPENDENCIES_OUTPUT");
    unsetenv("SUNPRO_DEPENDENCIES");
    for (size_t i = 0; i < b->units.count; i++) {
        unit_prepare(&b->units.items[i], j, false);
        unit_compile_quiet(&b->units.items[i], j, !link);
    }
    if (!link)
        return;
    struct str said = STR_INIT;
    if (!link_run(j, b->objects, false, &said)) {
        char *why = said_first(said.data);
        warn("%s: linked without counters: %s", j->args.output ? j->args.output : "a.out", why);
        free(why);
        job_run_plain(j, true);
    }
    str_release(&said);
}

struct proc_result build_run(struct job *j)
{
    struct build b;
    build_init(&b, j);
    struct proc_result r = {.started = true};
    if (j->args.untouched) {
        r = job_run_plain(j, false);
        for (size_t i = 0; i < b.units.count && proc_code(r) == 0; i++)
            unit_leave(&b.units.items[i], j);
    } else if (!try_fast(&b)) {
        r = job_run_plain(j, false);
        if (proc_code(r) == 0)
            go_quiet(&b);
    }
    for (size_t i = 0; i < b.units.count; i++)
        if (b.units.items[i].state == UNIT_REWRITTEN && proc_code(r) == 0)
            job_say(j, "%s: instrumented", j->args.inputs.items[b.units.items[i].input].path);
    if (proc_code(r) == 0 && j->args.mode == ARGS_LINK) {
        link_check_runtime(j);
        link_keep(j);
    }
    build_release(&b);
    return r;
}

int build_show(struct job *j)
{
    struct build b;
    build_init(&b, j);
    int status = EXIT_OK;
    for (size_t i = 0; i < b.units.count; i++) {
        struct unit *u = &b.units.items[i];
        if (unit_show(u, j, stdout))
            continue;
        warn("%s: not instrumented: %s", j->args.inputs.items[u->input].path, u->reason.data);
        status = EXIT_REGRESSION;
    }
    build_release(&b);
    return status;
}
