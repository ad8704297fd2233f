/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/cmd.h"
#include "db/intake/ingest.h"

static int run(struct context *c, int argc, char **argv)
{
    if (argc)
        die(EXIT_USAGE, "ingest takes no arguments");
    struct str err = STR_INIT;
    if (!store_open(&c->store, &err))
        die(EXIT_DATA, "%s", err.data);
    cmd_must_write(c);
    struct ingest_result r = ingest_pending(&c->store);
    printf("%zu taken in, %zu still running, %zu damaged\n", r.taken, r.living, r.bad);
    return r.bad ? EXIT_DATA : EXIT_OK;
}

const struct cmd cmd_ingest = {"ingest", "",   "take in pending records now (every other command does it too)",
                               NULL,     NULL, NEEDS_NOTHING,
                               false,    run};
