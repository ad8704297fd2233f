/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * farmsim: makes a world, steps it, says how fast that went and what became of it.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "sim/model.h"
#include "sim/scenario.h"

struct order {
    struct sim_def def;
    uint64_t steps;
    bool json;
};

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

static void print_help(void)
{
    puts("usage: farmsim [OPTION]...\n"
         "Simulates agents that move, gather, share, fight and have children in a world of growing goods.\n"
         "\n"
         "  --scenario NAME  start from a named set-up; options after it change it\n"
         "  --model NAME     how agents choose what to do\n"
         "  --agents N       agents at the start, shared out evenly to three types\n"
         "  --nodes N        places where goods grow (else two for three agents)\n"
         "  --size WxH       width and height of the world\n"
         "  --steps N        how many steps\n"
         "  --seed S         another seed, another history\n"
         "  --json           the summary as JSON\n"
         "  --help           this text\n"
         "\n"
         "scenarios:");
    for (const struct scenario *s = scenarios; s->name; s++)
        printf("  %-15s  %s\n", s->name, s->summary);
    puts("models:");
    for (const struct model *const *m = models; *m; m++)
        printf("  %-15s  %s\n", (*m)->name, (*m)->summary);
}

static uint64_t whole_number(const char *option, const char *text, uint64_t most)
{
    char *end;
    errno = 0;
    uint64_t value = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno || value > most)
        refuse("--%s takes a whole number up to %" PRIu64 ", not '%s'", option, most, text);
    return value;
}

static void set_size(struct sim_def *def, const char *text)
{
    char *end;
    def->width = strtof(text, &end);
    if (end == text || *end != 'x')
        refuse("--size takes WIDTHxHEIGHT, not '%s'", text);
    const char *second = end + 1;
    def->height = strtof(second, &end);
    if (end == second || *end)
        refuse("--size takes WIDTHxHEIGHT, not '%s'", text);
}

static void start_from(struct order *order, const char *name)
{
    const struct scenario *s = scenario_find(name);
    if (!s)
        refuse("there is no scenario '%s'", name);
    order->def = scenario_def(s);
    order->steps = s->steps;
}

static void set_agents(struct sim_def *def, const char *text)
{
    uint32_t agents = (uint32_t)whole_number("agents", text, 10000000);
    scenario_split(def, agents);
    def->nodes = agents * 2 / 3;
}

static struct order read_options(int argc, char **argv)
{
    static const struct option options[] = {
        {"scenario", 1, NULL, 'c'}, {"model", 1, NULL, 'm'}, {"agents", 1, NULL, 'a'}, {"nodes", 1, NULL, 'n'},
        {"size", 1, NULL, 'w'}, {"steps", 1, NULL, 's'}, {"seed", 1, NULL, 'r'}, {"json", 0, NULL, 'j'},
        {"help", 0, NULL, 'h'}, {0},
    };
    struct order order = {0};
    start_from(&order, scenarios[0].name);
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (option) {
        case 'c': start_from(&order, optarg); break;
        case 'm': order.def.model = optarg; break;
        case 'a': set_agents(&order.def, optarg); break;
        case 'n': order.def.nodes = (uint32_t)whole_number("nodes", optarg, 10000000); break;
        case 'w': set_size(&order.def, optarg); break;
        case 's': order.steps = whole_number("steps", optarg, UINT32_MAX); break;
        case 'r': order.def.seed = whole_number("seed", optarg, UINT64_MAX); break;
        case 'j': order.json = true; break;
        case 'h': print_help(); exit(0);
        default: refuse("wrong usage");
        }
    }
    if (optind < argc)
        refuse("'%s' is no option", argv[optind]);
    if (!model_find(order.def.model))
        refuse("there is no model '%s'", order.def.model);
    if (sim_problem(&order.def))
        refuse("%s", sim_problem(&order.def));
    return order;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void print_json(const struct sim *world, struct sim_totals t, double speed)
{
    printf("{\"schema\": 1, \"steps\": %" PRIu64 ", \"steps_per_s\": %.1f, \"kb_per_agent\": %.3f, "
           "\"network_kb_per_agent\": 0, \"agents\": %" PRIu64 ", \"births\": %" PRIu64
           ", \"deaths_of_hunger\": %" PRIu64 ", \"deaths_by_force\": %" PRIu64 ", \"goods\": %.2f, \"actions\": {",
           t.steps, speed, t.agents ? (double)sim_bytes(world) / 1024 / (double)t.agents : 0.0, t.agents, t.births,
           t.deaths_of_hunger, t.deaths_by_force, (double)t.goods / 100);
    for (int a = 0; a < SIM_ACTIONS; a++)
        printf("%s\"%s\": {\"tried\": %" PRIu64 ", \"done\": %" PRIu64 "}", a ? ", " : "", sim_action_names[a],
               t.tried[a], t.done[a]);
    printf("}, \"hash\": \"%016" PRIx64 "\"}\n", sim_hash(world));
}

static void print_text(const struct sim *world, struct sim_totals t, double speed)
{
    printf("steps    %" PRIu64 " (%.1f per second)\n", t.steps, speed);
    printf("agents   %" PRIu64 " at the end, %" PRIu64 " born, %" PRIu64 " died (%" PRIu64 " of hunger, %" PRIu64
           " by force)\n",
           t.agents, t.births, t.deaths_of_hunger + t.deaths_by_force, t.deaths_of_hunger, t.deaths_by_force);
    fputs("actions ", stdout);
    for (int a = 0; a < SIM_ACTIONS; a++)
        printf(" %s %" PRIu64 "/%" PRIu64, sim_action_names[a], t.done[a], t.tried[a]);
    printf("\nhash     %016" PRIx64 "\n", sim_hash(world));
}

int main(int argc, char **argv)
{
    struct order order = read_options(argc, argv);
    struct sim *world = sim_new(&order.def);
    if (!world) {
        fputs("farmsim: not enough memory for this world\n", stderr);
        return 4;
    }
    double start = now();
    for (uint64_t i = 0; i < order.steps; i++)
        sim_step(world);
    double took = now() - start;
    (order.json ? print_json : print_text)(world, sim_totals(world), took > 0 ? (double)order.steps / took : 0);
    sim_free(world);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("farmsim: cannot write the summary\n", stderr);
        return 4;
    }
    return 0;
}
