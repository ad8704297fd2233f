/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPEATS = 200, QUICK_REPEATS = 20 };

extern const struct bench bench_spatial, bench_observation, bench_database, bench_decision, bench_resources;

const struct bench *const benches[] = {&bench_spatial, &bench_observation, &bench_database, &bench_decision,
                                       &bench_resources, NULL};

const char *const bench_switch[2] = {"off", "on"};

double bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void bench_add(struct bench_times *times, double seconds)
{
    if (times->count == times->room) {
        times->room = times->room ? 2 * times->room : 256;
        times->seconds = realloc(times->seconds, times->room * sizeof *times->seconds);
        if (!times->seconds) {
            fputs("farmsim: not enough memory for times\n", stderr);
            exit(4);
        }
    }
    times->seconds[times->count++] = seconds;
}

static int by_size(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

/* Nearest rank, in microseconds of one operation. */
static double percentile(const struct bench_times *times, double operations, uint32_t percent)
{
    uint32_t rank = (times->count * percent + 99) / 100;
    return times->seconds[rank ? rank - 1 : 0] / operations * 1e6;
}

double bench_median(struct bench_times *times)
{
    if (!times->count)
        return 0;
    qsort(times->seconds, times->count, sizeof *times->seconds, by_size);
    return percentile(times, 1e6, 50);
}

/* KEY=VALUE words as JSON members; what is a number stays one. */
static void print_members(const char *words)
{
    while (*words) {
        int key = (int)strcspn(words, "="), value = (int)strcspn(words, " ") - key - 1;
        const char *text = words + key + 1, *quote = strspn(text, "0123456789.") == (size_t)value ? "" : "\"";
        printf("\"%.*s\": %s%.*s%s, ", key, words, quote, value, text, quote);
        words = text + value;
        words += *words == ' ';
    }
}

void bench_print(const struct bench_mode *mode, const struct bench_row *row, struct bench_times *times)
{
    if (!times->count)
        return;
    double sum = 0;
    for (uint32_t i = 0; i < times->count; i++)
        sum += times->seconds[i];
    qsort(times->seconds, times->count, sizeof *times->seconds, by_size);
    double mean = sum / times->count / row->operations * 1e6, p50 = percentile(times, row->operations, 50);
    double p95 = percentile(times, row->operations, 95), p99 = percentile(times, row->operations, 99);
    if (mode->json) {
        printf("{\"bench\": \"%s\", \"group\": \"%s\", ", mode->name, row->group);
        print_members(row->setting);
        print_members(row->switched);
        printf("\"times\": %u, \"operations\": %.0f, \"p50_us\": %.4f, \"p95_us\": %.4f, \"p99_us\": %.4f, "
               "\"mean_us\": %.4f, \"per_s\": %.1f}\n",
               times->count, row->operations, p50, p95, p99, mean, 1e6 / mean);
    } else {
        printf("%-10s %-52s %10.3f %10.3f %10.3f %10.3f  %s\n", row->group, row->setting, p50, p95, p99, mean,
               row->switched);
    }
    mode->asked->rows++;
    fflush(stdout);
    free(times->seconds);
    *times = (struct bench_times){0};
}

static struct bench_wish *find_wish(const struct bench_mode *mode, const char *key)
{
    for (uint32_t i = 0; i < mode->asked->wish_count; i++) {
        struct bench_wish *wish = &mode->asked->wishes[i];
        if (strncmp(wish->key, key, strlen(key)) == 0 && wish->key[strlen(key)] == '=') {
            wish->known = true;
            return wish;
        }
    }
    return NULL;
}

bool bench_group(const struct bench_mode *mode, const char *group)
{
    return !mode->asked->group || strcmp(mode->asked->group, group) == 0;
}

bool bench_word(const struct bench_mode *mode, const char *key, const char *word)
{
    const struct bench_wish *wish = find_wish(mode, key);
    if (!wish)
        return true;
    size_t len = strlen(word);
    for (const char *at = wish->values; *at; at += strcspn(at, ","), at += *at == ',')
        if (strcspn(at, ",") == len && strncmp(at, word, len) == 0)
            return true;
    return false;
}

struct bench_numbers bench_numbers(const struct bench_mode *mode, const char *key, const struct bench_numbers *own)
{
    const struct bench_wish *wish = find_wish(mode, key);
    struct bench_numbers numbers = {0};
    if (!wish)
        return *own;
    for (const char *at = wish->values; *at && numbers.count < BENCH_VALUES;) {
        char *end;
        unsigned long value = strtoul(at, &end, 10);
        if (*at < '0' || *at > '9' || (*end && *end != ',') || value > 10000000) {
            fprintf(stderr, "farmsim: %s takes whole numbers up to 10000000, not '%s'\n", key, wish->values);
            exit(2);
        }
        numbers.list[numbers.count++] = (uint32_t)value;
        at = *end ? end + 1 : end;
    }
    return numbers;
}

uint32_t bench_number(const struct bench_mode *mode, const char *key, uint32_t own)
{
    struct bench_numbers numbers = bench_numbers(mode, key, &(struct bench_numbers){1, {own}});
    return numbers.count ? numbers.list[0] : own;
}

static int usage(void)
{
    fputs("usage: farmsim bench NAME [GROUP] [KEY=VALUE[,VALUE]...] [--json] [--quick]\n", stderr);
    for (const struct bench *const *b = benches; *b; b++)
        fprintf(stderr, "  %-12s %s\n", (*b)->name, (*b)->summary);
    return 2;
}

/* Did everything that was asked for have a meaning? */
static int answered(const struct bench_mode *mode)
{
    const struct bench_asked *asked = mode->asked;
    if (!asked->rows) {
        fprintf(stderr, "farmsim: bench %s has no row of this group with these settings; alone it prints all it has\n",
                mode->name);
        return 2;
    }
    for (uint32_t i = 0; i < asked->wish_count; i++) {
        if (!asked->wishes[i].known) {
            fprintf(stderr, "farmsim: nothing in bench %s%s%s is set by '%s'\n", mode->name, asked->group ? " " : "",
                    asked->group ? asked->group : "", asked->wishes[i].key);
            return 2;
        }
    }
    return 0;
}

/* A group or a wish behind the bench's name. */
static bool take_word(struct bench_asked *asked, const struct bench *chosen, const char *word)
{
    const char *values = strchr(word, '=');
    if (!chosen || *word == '-' || (values ? asked->wish_count == BENCH_WISHES : asked->group != NULL))
        return false;
    if (values)
        asked->wishes[asked->wish_count++] = (struct bench_wish){.key = word, .values = values + 1};
    else
        asked->group = word;
    return true;
}

int bench_main(int argc, char **argv)
{
    struct bench_asked asked = {0};
    struct bench_mode mode = {.repeats = REPEATS, .asked = &asked};
    const struct bench *chosen = NULL;
    for (int i = 1; i < argc; i++) {
        const struct bench *named = NULL;
        for (const struct bench *const *b = benches; *b; b++)
            if (strcmp((*b)->name, argv[i]) == 0)
                named = *b;
        if (strcmp(argv[i], "--json") == 0)
            mode.json = true;
        else if (strcmp(argv[i], "--quick") == 0)
            mode.repeats = QUICK_REPEATS;
        else if (named && !chosen)
            chosen = named;
        else if (!take_word(&asked, chosen, argv[i]))
            return usage();
    }
    if (!chosen)
        return usage();
    mode.name = chosen->name;
    if (!mode.json)
        printf("%-10s %-52s %10s %10s %10s %10s  %s\n", "group", "setting", "p50 us", "p95 us", "p99 us", "mean us",
               "switched");
    int code = chosen->run(&mode);
    return code ? code : answered(&mode);
}
