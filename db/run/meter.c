/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/meter.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define SECOND_NS 1000000000

/* A log is not for looking at. */
#define LOG_PAUSE_NS (10 * (int64_t)SECOND_NS)

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * (int64_t)SECOND_NS + now.tv_nsec;
}

void meter_open(struct meter *m, bool wanted)
{
    bool terminal = isatty(STDERR_FILENO);
    *m = (struct meter){.on = wanted || terminal, .terminal = terminal, .next_ns = now_ns() + SECOND_NS};
}

bool meter_due(const struct meter *m)
{
    return m->on && now_ns() >= m->next_ns;
}

void meter_show(struct meter *m, const char *text)
{
    fprintf(stderr, m->terminal ? "\r\033[K%s" : "%s\n", text);
    fflush(stderr);
    m->dirty = m->terminal;
    m->next_ns = now_ns() + (m->terminal ? SECOND_NS / 2 : LOG_PAUSE_NS);
}

void meter_clear(struct meter *m)
{
    if (m->dirty)
        fputs("\r\033[K", stderr);
    m->dirty = false;
}
