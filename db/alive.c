/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/alive.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "db/intake/reader.h"

/* A record is refreshed ten times a second. A machine may be busy, and what is taken too early loses the rest. */
#define FRESH_NS 10000000000u

static bool same_boot(const struct farm_header *h)
{
    struct str text = STR_INIT, err = STR_INIT;
    bool same = true;
    if (file_read("/proc/sys/kernel/random/boot_id", &text, &err))
        same = strncmp(text.data, h->boot_id, strcspn(text.data, "\n")) == 0;
    str_release(&text);
    str_release(&err);
    return same;
}

/* Fields of /proc/PID/stat behind the name, which may hold anything, a closing parenthesis too. */
static bool process_runs(const struct farm_header *h)
{
    struct str text = STR_INIT, err = STR_INIT;
    char *path = str_format("/proc/%llu/stat", (unsigned long long)h->pid);
    bool runs = false;
    if (file_read(path, &text, &err)) {
        const char *at = strrchr(text.data, ')');
        char state = 0;
        long threads = 0;
        unsigned long long start = 0;
        if (at && sscanf(at + 1, " %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %ld %*d %llu",
                         &state, &threads, &start) == 3)
            /* a leader that ended by pthread_exit is a zombie while its threads go on */
            runs = start == h->start_ticks && state != 'X' && (state != 'Z' || threads > 1);
    }
    str_release(&text);
    str_release(&err);
    free(path);
    return runs;
}

bool alive(const struct farm_header *h)
{
    if (h->state == FARM_EXECED || !same_boot(h))
        return false;            /* after exec the process goes on as another program, with another record */
    return process_runs(h);
}

bool alive_elsewhere(const struct farm_header *h, const char *pid_ns)
{
    char ours[64];
    struct timespec now;
    ssize_t len = readlink("/proc/self/ns/pid", ours, sizeof ours - 1);
    ours[len > 0 ? len : 0] = 0;
    if (h->state != FARM_RUNNING || !*pid_ns || !*ours || strcmp(pid_ns, ours) == 0 || !same_boot(h))
        return false;
    clock_gettime(CLOCK_REALTIME, &now);
    return h->last_ns + FRESH_NS > (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void alive_settle(const char *path, struct farm_header *h)
{
    struct timespec pause = {0, 10000000};
    if (!same_boot(h))
        return;
    for (int tries = 0; tries < 1000 && h->helper && kill((pid_t)h->helper, 0) == 0; tries++) {
        struct str err = STR_INIT;
        nanosleep(&pause, NULL);
        bool good = record_peek(path, h, &err);
        str_release(&err);
        if (!good)
            return;
    }
}
