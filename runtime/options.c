/* SPDX-License-Identifier: MIT
 *
 * The table of environment variables that the runtime reads. The environment is looked at once, at the start.
 */
#include <unistd.h>

#include "runtime/internal.h"

const struct farm_option farm_option_table[] = {
    {"FARM_DB", "the store; records go to the folder STORE-records",
     "the nearest farm.db (or its records) upward from the working directory, else ./farm.db"},
    {"FARM_LABEL", "label of the run", ""},
    {"FARM_RUN", "id that groups processes into one run; set by farmdb record", ""},
    {"FARM_PARAM_NAME", "parameter NAME of the run, any number of them", ""},
    {"FARM_OFF", "1: record nothing", "0"},
    {"FARM_HEAP", "off: allocations are not counted", "on"},
    {"FARM_START", "off: collect nothing until the program calls farm_start", "on"},
    {"FARM_SAMPLER", "where time is taken from: auto, perf, timer or none", "auto"},
    {"FARM_CALLS", "off: time no calls", "on"},
    {"FARM_HZ", "samples per second of CPU time; 0: none", "1000"},
    {0, 0, 0}};

static const char *value_of(const char *name)
{
    size_t len = farm_length(name);
    for (char **e = environ; e && *e; e++)
        if (farm_starts(*e, name) && (*e)[len] == '=')
            return (*e)[len + 1] ? *e + len + 1 : NULL;
    return NULL;
}

static enum farm_choice choice(const char *text)
{
    static const char *const names[] = {"auto", "perf", "timer", "none"};
    for (unsigned i = 0; text && i < 4; i++)
        if (farm_equal(text, names[i]))
            return (enum farm_choice)i;
    return FARM_CHOOSE_AUTO;
}

void farm_options_read(struct farm_options *o)
{
    o->db = value_of("FARM_DB");
    o->label = value_of("FARM_LABEL");
    o->run = value_of("FARM_RUN");
    const char *off = value_of("FARM_OFF");
    o->off = off && !farm_equal(off, "0");
    const char *heap = value_of("FARM_HEAP");
    o->heap = !heap || !(farm_equal(heap, "off") || farm_equal(heap, "0"));
    const char *start = value_of("FARM_START");
    o->starts_off = start && farm_equal(start, "off");
    const char *calls = value_of("FARM_CALLS");
    o->calls = !calls || !farm_equal(calls, "off");
    const char *hz = value_of("FARM_HZ");
    const char *at = hz;
    o->hz = hz ? farm_number(&at, 10) : 1000;
    if (hz && (*at || o->hz > 100000))
        o->hz = 1000;
    o->sampler = o->hz ? choice(value_of("FARM_SAMPLER")) : FARM_CHOOSE_NONE;
}
