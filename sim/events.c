/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void events_clear(struct events *e)
{
    e->act_count = e->health_count = e->birth_count = e->death_count = 0;
}

void events_release(struct events *e)
{
    free(e->acts);
    free(e->healths);
    free(e->births);
    free(e->deaths);
    *e = (struct events){0};
}

/* Whoever asked for a complete log does not want an incomplete one: without memory the program ends. */
static void *grown(void *items, uint32_t *room, size_t bytes)
{
    *room = *room ? 2 * *room : 256;
    items = realloc(items, *room * bytes);
    if (!items) {
        fputs("farmsim: not enough memory for the events of a step\n", stderr);
        exit(4);
    }
    return items;
}

void events_act(struct events *e, const struct act_event *event)
{
    if (!e->listening)
        return;
    if (e->act_count == e->act_room)
        e->acts = grown(e->acts, &e->act_room, sizeof *event);
    e->acts[e->act_count++] = *event;
}

void events_health(struct events *e, const struct health_event *event)
{
    if (!e->listening)
        return;
    if (e->health_count == e->health_room)
        e->healths = grown(e->healths, &e->health_room, sizeof *event);
    e->healths[e->health_count++] = *event;
}

void events_birth(struct events *e, const struct birth_event *event)
{
    if (!e->listening)
        return;
    if (e->birth_count == e->birth_room)
        e->births = grown(e->births, &e->birth_room, sizeof *event);
    e->births[e->birth_count++] = *event;
}

void events_death(struct events *e, const struct death_event *event)
{
    if (!e->listening)
        return;
    if (e->death_count == e->death_room)
        e->deaths = grown(e->deaths, &e->death_room, sizeof *event);
    e->deaths[e->death_count++] = *event;
}
