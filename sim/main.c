/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * farmsim: makes a world, steps it, says how fast that went and what became of it.
 */
#include <getopt.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sim/bench.h"
#include "sim/config.h"
#include "sim/index.h"
#include "sim/policy.h"
#include "sim/scenario.h"
#include "sim/summary.h"

struct order {
    struct sim_def def;
    bool json, progress, show;
    double density;              /* 0: the world is as large as it is said to be */
};

/* Options that are no settings; those of settings have values from 1000 on. */
static const struct option own_options[] = {
    {"scenario", 1, NULL, 'c'}, {"config", 1, NULL, 'f'}, {"set", 1, NULL, 'x'}, {"agents", 1, NULL, 'a'},
    {"size", 1, NULL, 'w'}, {"density", 1, NULL, 'd'}, {"json", 0, NULL, 'j'}, {"progress", 0, NULL, 'p'},
    {"settings", 0, NULL, 's'}, {"help", 0, NULL, 'h'}, {"version", 0, NULL, 'v'},
};
enum { OWN_OPTIONS = sizeof own_options / sizeof own_options[0], FIRST_SETTING = 1000, MOST_OPTIONS = 128 };

static _Noreturn void refuse(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("farmsim: ", stderr);
    vfprintf(stderr, format, args);
    fputs("; --help tells more\n", stderr);
    va_end(args);
    exit(2);
}

static void print_choices(void)
{
    puts("\nscenarios:");
    for (const struct scenario *s = scenarios; s->name; s++)
        printf("  %-10s %s\n", s->name, s->summary);
    puts("policies:");
    for (const struct policy *const *p = policies; *p; p++)
        printf("  %-10s %s\n", (*p)->name, (*p)->summary);
    puts("indices:");
    for (const struct index_kind *const *k = index_kinds; *k; k++)
        printf("  %-10s %s\n", (*k)->name, (*k)->summary);
    puts("benches (farmsim bench NAME):");
    for (const struct bench *const *b = benches; *b; b++)
        printf("  %-10s %s\n", (*b)->name, (*b)->summary);
}

static void print_help(void)
{
    puts("usage: farmsim [OPTION]...\n"
         "       farmsim bench NAME [GROUP] [KEY=VALUE[,VALUE]...] [--json] [--quick]\n"
         "Simulates agents that move, gather, share, fight and have children in a world of growing goods.\n"
         "\n"
         "  --scenario NAME      start from a named set-up; options after it change it\n"
         "  --config FILE        settings from a JSON file\n"
         "  --set KEY=VALUE      one setting\n"
         "  --settings           print all settings as JSON and stop\n"
         "  --agents N           agents at the start, shared out evenly to three types; two nodes for three\n"
         "  --size WxH           width and height of the world\n"
         "  --density D          a square world with D agents on each 1000 squares\n"
         "  --json               the summary as JSON\n"
         "  --progress           show how far the run is, on a terminal\n"
         "  --help               this text\n"
         "  --version            the version");
    for (size_t i = 0; setting_at(i); i++) {
        const struct setting *s = setting_at(i);
        char option[32];
        if (!s->option)
            continue;
        snprintf(option, sizeof option, "--%s V", s->option);
        printf("  %-20s %s%s%s\n", option, s->help, s->choices ? ": " : "", s->choices ? s->choices : "");
    }
    print_choices();
}

static void set_size(struct sim_def *def, const char *text)
{
    char *end, *second;
    def->width = strtof(text, &end);
    second = *end == 'x' ? end + 1 : end;
    def->height = strtof(second, &end);
    if (second == text || end == second || *end)
        refuse("--size takes WIDTHxHEIGHT, not '%s'", text);
}

static double read_density(const char *text)
{
    char *end;
    double density = strtod(text, &end);
    if (end == text || *end || !(density > 0))
        refuse("--density takes a number above 0, not '%s'", text);
    return density;
}

/* When all options are known: agents may come after it. */
static void set_density(struct sim_def *def, double density)
{
    double agents = 0;
    for (int type = 0; type < SIM_TYPES; type++)
        agents += def->agents[type];
    def->width = def->height = (float)ceil(sqrt(fmax(agents, 1) * 1000 / density));
}

static void set_agents(struct sim_def *def, const char *text)
{
    char *end;
    unsigned long agents = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || agents > 10000000)
        refuse("--agents takes a whole number up to 10000000, not '%s'", text);
    scenario_split(def, (uint32_t)agents);
    def->nodes = (uint32_t)agents * 2 / 3;
}

static void start_from(struct order *order, const char *name)
{
    const struct scenario *s = scenario_find(name);
    if (!s)
        refuse("there is no scenario '%s'", name);
    order->def = scenario_def(s);
}

/* The options of all settings that have one, after our own. */
static void list_options(struct option *options)
{
    size_t count = OWN_OPTIONS;
    memcpy(options, own_options, sizeof own_options);
    for (size_t i = 0; setting_at(i) && count < MOST_OPTIONS - 1; i++)
        if (setting_at(i)->option)
            options[count++] = (struct option){setting_at(i)->option, 1, NULL, FIRST_SETTING + (int)i};
    options[count] = (struct option){0};
}

static void take_option(struct order *order, int option)
{
    char problem[SETTING_PROBLEM];
    bool good = true;
    switch (option) {
    case 'c': start_from(order, optarg); break;
    case 'f': good = config_read(&order->def, optarg, problem); break;
    case 'x': good = settings_assign(&order->def, optarg, problem); break;
    case 'a': set_agents(&order->def, optarg); break;
    case 'w': set_size(&order->def, optarg); break;
    case 'd': order->density = read_density(optarg); break;
    case 'j': order->json = true; break;
    case 'p': order->progress = isatty(STDERR_FILENO); break;
    case 's': order->show = true; break;
    case 'h': print_help(); exit(0);
    case 'v': puts("farmsim " FARM_TOOL_VERSION); exit(0);
    case '?': refuse("wrong usage");
    default: good = setting_put(&order->def, setting_at((size_t)option - FIRST_SETTING), optarg, problem);
    }
    if (!good)
        refuse("%s", problem);
}

static struct order read_options(int argc, char **argv)
{
    struct option options[MOST_OPTIONS];
    struct order order = {0};
    list_options(options);
    start_from(&order, scenarios[0].name);
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;)
        take_option(&order, option);
    if (optind < argc)
        refuse("'%s' is no option", argv[optind]);
    if (order.density > 0)
        set_density(&order.def, order.density);
    if (sim_problem(&order.def))
        refuse("%s", sim_problem(&order.def));
    return order;
}

/* A bar, renewed ten times a second at most, so that it costs nothing. */
static void show_progress(uint64_t step, const struct sim_def *def)
{
    static struct timespec last;
    static const char bar[] = "########################################";
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    if (step < def->steps && (t.tv_sec - last.tv_sec) * 1000 + (t.tv_nsec - last.tv_nsec) / 1000000 < 100)
        return;
    last = t;
    fprintf(stderr, "\r[%-40.*s] %llu/%llu", (int)(step * 40 / def->steps), bar, (unsigned long long)step,
            (unsigned long long)def->steps);
    if (step == def->steps)
        fputs("\r\033[K", stderr);
}

static int print_settings(const struct sim_def *def)
{
    char *text = config_write(def);
    if (!text)
        return 4;
    puts(text);
    free(text);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "bench") == 0)
        return bench_main(argc - 1, argv + 1);
    struct order order = read_options(argc, argv);
    if (order.show)
        return print_settings(&order.def);
    struct run run;
    char problem[256];
    if (!run_world(&order.def, order.progress ? show_progress : NULL, &run, problem)) {
        fprintf(stderr, "farmsim: %s\n", problem);
        return 4;
    }
    (order.json ? summary_json : summary_text)(&order.def, &run);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("farmsim: cannot write the summary\n", stderr);
        return 4;
    }
    return 0;
}
