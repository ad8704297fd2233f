/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/plan.h"

#include <stdlib.h>
#include <unistd.h>

#include "db/argv.h"
#include "db/run/load.h"
#include "db/run/param.h"
#include "db/run/printed.h"
#include "db/run/schedule.h"
#include "tests/unit/check.h"

/* Values of a parameter with blanks between them, or the sentence that refuses it. */
static char *values(const char *text)
{
    struct params p = {0};
    struct str err = STR_INIT, out = STR_INIT;
    if (param_add(&p, text, &err))
        for (size_t i = 0; i < p.list.items[0].values.count; i++)
            str_addf(&out, "%s%s", i ? " " : "", p.list.items[0].values.items[i]);
    else
        str_add(&out, "refused");
    CHECK(out.len > 0 && (err.len > 0) == (strcmp(out.data, "refused") == 0));
    str_release(&err);
    params_release(&p);
    return str_detach(&out);
}

static void test_values(void)
{
    static const char *const cases[][2] = {
        {"n=10,25,50,100,200", "10 25 50 100 200"},
        {"n=2^6..2^9", "64 128 256 512"},
        {"n=2^6", "64"},
        {"n=2^3,100,2^4..2^5", "8 100 16 32"},
        {"n=100..10000/3", "100 1000 10000"},
        {"n=100..10000/8", "100 193 373 720 1389 2683 5179 10000"},
        {"n=1..4/8", "1 2 3 4"},
        {"n=0.1..0.4/3", "0.1 0.2 0.4"},
        {"n=1..5", "1 2 3 4 5"},
        {"n=10..100:30", "10 40 70 100"},
        {"n=0.5..1.5:0.5", "0.5 1 1.5"},
        {"n=-2..2:2", "-2 0 2"},
        {"n=1e3", "1e3"},
        {"n=5,5,5", "5"},
        {"mode=fast,slow", "fast slow"},
        {"file=a..b", "a..b"},
        {"_x9=1.5", "1.5"},
        {"n=5..1", "refused"},
        {"n=1..", "refused"},
        {"n=1..x", "refused"},
        {"n=1..9/1", "refused"},
        {"n=1..9/2.5", "refused"},
        {"n=0..9/3", "refused"},
        {"n=1..9:0", "refused"},
        {"n=1..9:-1", "refused"},
        {"n=1..1000000", "refused"},
        {"n=2^3..3^4", "refused"},
        {"n=", "refused"},
        {"n", "refused"},
        {"=5", "refused"},
        {"9n=5", "refused"},
        {"a b=5", "refused"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *actual = values(cases[i][0]);
        CHECK_STR(actual, cases[i][1]);
        free(actual);
    }
}

static void test_combine(void)
{
    struct params p = {0};
    struct assignments a;
    struct str err = STR_INIT;
    CHECK(param_add(&p, "a=1,2,3", &err) && param_add(&p, "b=x,y", &err));
    params_combine(&p, false, &a);
    CHECK_INT(a.list.count, 6);
    CHECK_INT(a.list.items[1].values.items[0], 0);
    CHECK_INT(a.list.items[1].values.items[1], 1);
    CHECK_INT(a.list.items[5].values.items[0], 2);
    assignments_release(&a);
    params_combine(&p, true, &a);
    CHECK_INT(a.list.count, 4);
    CHECK_INT(a.list.items[2].values.items[0], 2);
    CHECK_INT(a.list.items[3].values.items[0], 0);
    CHECK_INT(a.list.items[3].values.items[1], 1);
    assignments_release(&a);
    CHECK(!param_add(&p, "a=7", &err));
    params_release(&p);
    str_release(&err);
}

static void test_split(void)
{
    static const struct {
        const char *text, *json;
    } cases[] = {
        {"a b", "[\"a\",\"b\"]"},
        {"  a\t'b c'  \"d e\" ", "[\"a\",\"b c\",\"d e\"]"},
        {"a\\ b 'c\\d' \"e\\\"f\"", "[\"a b\",\"c\\\\d\",\"e\\\"f\"]"},
        {"x'y'z ''", "[\"xyz\",\"\"]"},
        {"", "[]"},
        {"a 'b", NULL},
        {"a \"b", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str json = STR_INIT;
        char **words = argv_split(cases[i].text);
        CHECK((words != NULL) == (cases[i].json != NULL));
        if (words)
            argv_from_words(words, &json);
        CHECK_STR(json.data, cases[i].json ? cases[i].json : "");
        argv_free(words);
        words = argv_words(json.data);
        struct str again = STR_INIT;
        argv_from_words(words, &again);
        CHECK_STR(again.data, json.len ? json.data : "[]");
        argv_free(words);
        str_release(&again);
        str_release(&json);
    }
}

static void add_points(struct plan *p, size_t count)
{
    char *argv[] = {"prog", "{n}", NULL};
    for (size_t i = 0; i < count; i++) {
        char *value = str_format("%zu", (i + 1) * 10);
        point_set(plan_point(p, "", argv), "n", value);
        free(value);
    }
}

static void test_order(void)
{
    struct plan p;
    size_t order[4], back[4];
    plan_init(&p, "record");
    add_points(&p, 2);
    p.order = ORDER_GIVEN;
    for (size_t pass = 0; pass < 4; pass++) {
        plan_pass(&p, pass, order);
        CHECK_INT(order[0], pass % 2);
        CHECK_INT(order[1], 1 - pass % 2);
    }
    add_points(&p, 2);
    p.order = ORDER_SHUFFLED;
    p.seed = 5;
    size_t first[4] = {0}, changes = 0;
    for (size_t pass = 0; pass < 64; pass += 2) {
        plan_pass(&p, pass, order);
        plan_pass(&p, pass + 1, back);
        for (size_t i = 0; i < 4; i++)
            CHECK_INT(order[i], back[3 - i]);
        CHECK_INT(order[0] + order[1] + order[2] + order[3], 6);
        first[order[0]]++;
        plan_pass(&p, pass, back);
        CHECK(memcmp(order, back, sizeof order) == 0);
        p.seed++;
        plan_pass(&p, pass, back);
        changes += memcmp(order, back, sizeof order) != 0;
        p.seed--;
    }
    for (size_t i = 0; i < 4; i++)
        CHECK(first[i] >= 2 && first[i] <= 16);
    CHECK(changes > 20);
    plan_release(&p);
}

static void test_padding(void)
{
    struct plan p;
    size_t low = 0, high = 0;
    plan_init(&p, "record");
    add_points(&p, 1);
    for (size_t pass = 0; pass < 200; pass++) {
        size_t padding = plan_padding(&p, 0, pass);
        CHECK(padding < PLAN_PADDING);
        low += padding < PLAN_PADDING / 4;
        high += padding >= PLAN_PADDING / 4 * 3;
    }
    CHECK(low > 20 && high > 20);
    CHECK(plan_padding(&p, 0, 0) != plan_padding(&p, 1, 0));
    plan_release(&p);
}

static void test_settings(void)
{
    struct plan p, q;
    plan_init(&p, "sweep");
    p.runs = 7;
    p.time_limit = 0.25;
    p.no_skip = true;
    p.order = ORDER_GIVEN;
    free(p.prepare);
    p.prepare = str_copy("echo \"a=b\" > 'x'\nsync");
    *vec_push(&p.metrics) = str_copy("score=is ([0-9]+)\\.");
    char *text = plan_write(&p);
    plan_init(&q, "sweep");
    plan_read(&q, text);
    CHECK_INT(q.runs, 7);
    CHECK(q.time_limit == 0.25 && q.no_skip && !q.no_shell && q.order == ORDER_GIVEN);
    CHECK_STR(q.prepare, p.prepare);
    CHECK_STR(q.output, "null");
    CHECK_INT(q.metrics.count, 1);
    CHECK_STR(q.metrics.items[0], p.metrics.items[0]);
    free(text);
    plan_release(&p);
    plan_release(&q);
}

static void test_points(void)
{
    struct plan p;
    plan_init(&p, "sweep");
    add_points(&p, 2);
    point_set(&p.points.items[0], "mode", "fast");
    point_set(&p.points.items[1], "mode", "fast");
    const struct point *small = &p.points.items[0], *large = &p.points.items[1];
    char *filled = point_fill(large, "-n{n} {mode}{no} {n");
    CHECK_STR(filled, "-n20 fast{no} {n");
    free(filled);
    CHECK(point_larger(large, small));
    CHECK(!point_larger(small, large));
    CHECK(!point_larger(small, small));
    free(large->settings.items[1].value);
    large->settings.items[1].value = str_copy("slow");
    CHECK(!point_larger(large, small));
    plan_release(&p);
}

/* A run that took `seconds`. */
static void made(struct experiment *e, size_t point, size_t pass, double seconds)
{
    struct progress *p = &e->done.items[point];
    while (p->passes.count <= pass)
        vec_push(&p->passes);
    p->passes.items[pass] = true;
    p->runs++;
    p->seconds += seconds;
    e->runs++;
}

/* The points in the order of their runs, as letters; each run takes as long as its point's number says. */
static char *play(struct experiment *e, size_t most)
{
    struct schedule s;
    struct str out = STR_INIT;
    size_t point, pass;
    schedule_open(&s, e);
    while (out.len < most && schedule_next(&s, &point, &pass)) {
        str_add_char(&out, (char)('A' + point));
        made(e, point, pass, (double)(point + 1));
    }
    schedule_close(&s);
    return str_detach(&out);
}

static void expect_play(struct plan *p, size_t most, const char *first, const char *rest)
{
    struct experiment e;
    experiment_init(&e, p);
    char *text = play(&e, most);
    CHECK_STR(text, first);
    free(text);
    text = play(&e, 1000);           /* after an interruption */
    CHECK_STR(text, rest);
    free(text);
    CHECK_INT(schedule_outlook(&e).left, 0);
    experiment_release(&e);
}

static void test_schedule(void)
{
    struct plan p;
    plan_init(&p, "record");
    add_points(&p, 2);
    p.order = ORDER_GIVEN;
    p.runs = 4;
    expect_play(&p, 1000, "ABBAABBA", "");

    plan_init(&p, "record");
    add_points(&p, 2);
    p.order = ORDER_GIVEN;
    p.runs = 4;
    expect_play(&p, 3, "ABB", "AABBA");

    plan_init(&p, "record");             /* A needs six runs for its six seconds, B as many then */
    add_points(&p, 2);
    p.order = ORDER_GIVEN;
    p.min_runs = 2;
    p.min_seconds = 6;
    expect_play(&p, 1000, "ABBAABBAABBA", "");

    plan_init(&p, "sweep");
    add_points(&p, 3);
    p.min_runs = 1;
    p.min_seconds = 3;
    struct experiment e;
    experiment_init(&e, &p);
    char *text = play(&e, 1000);
    size_t counts[3] = {0};
    for (const char *at = text; *at; at++)
        counts[*at - 'A']++;
    CHECK_INT(counts[0], 3);
    CHECK_INT(counts[1], 2);
    CHECK_INT(counts[2], 1);
    free(text);
    experiment_release(&e);

    plan_init(&p, "sweep");
    add_points(&p, 1);
    p.max_runs = 2;
    p.min_runs = 1;
    p.min_seconds = 100;
    expect_play(&p, 1000, "AA", "");
}

static void test_skipped(void)
{
    struct plan p;
    struct experiment e;
    plan_init(&p, "sweep");
    add_points(&p, 2);
    p.runs = 3;
    p.points.items[1].skipped = str_copy("too slow");
    experiment_init(&e, &p);
    struct outlook o = schedule_outlook(&e);
    CHECK_INT(o.left, 3);
    CHECK(o.seconds < 0);
    made(&e, 0, 0, 2);
    o = schedule_outlook(&e);
    CHECK_INT(o.left, 2);
    CHECK(o.seconds == 4);
    char *text = play(&e, 1000);
    CHECK_STR(text, "AA");
    free(text);
    experiment_release(&e);
}

static void test_load(void)
{
    struct load_reading from = {1000000000, 10, 4}, to = {3000000000, 13, 5}, soon = {1100000000, 10.1, 4};
    CHECK(load_others(&from, &to) == 1);
    CHECK(load_others(&from, &soon) < 0);
    CHECK(load_others(&(struct load_reading){0}, &to) < 0);
    to.own_s = 9;                        /* the kernel rounds: never below nothing */
    CHECK(load_others(&from, &to) == 0);
    CHECK(!load_disturbs(0.4, 1, 2) && load_disturbs(0.6, 1, 2));
    CHECK(!load_disturbs(7, 1, 16) && load_disturbs(8, 1, 16));
    CHECK(!load_disturbs(0.2, 2, 2) && load_disturbs(0.3, 2, 2));
    struct load_reading now;
    load_read(&now);
    CHECK(now.clock_ns > 0 && now.busy_s > 0 && now.own_s >= 0);
}

/* Last matches by name, of texts as programs print them. */
static void test_metrics(void)
{
    static const char printed[] = "step 1: 10.5 steps/s\nstep 2: 11.5 steps/s\n\nhash 00ff\nx=1 x=2 x=none\ntail 7";
    char *texts[] = {"rate=([0-9.]+) steps/s", "x=x=([0-9a-z]+)", "tail=tail ([0-9]+)$", "all=[0-9]+",
                     "none=no ([0-9])"};
    struct metrics m;
    struct settings found = {0};
    struct str err = STR_INIT, out = STR_INIT;
    int fd = printed_open();
    CHECK_INT(write(fd, printed, sizeof printed - 1), sizeof printed - 1);
    CHECK(metrics_open(&m, texts, 5, &err));
    metrics_find(&m, fd, &found);
    for (size_t i = 0; i < found.list.count; i++)
        str_addf(&out, "%s=%s ", found.list.items[i].name, found.list.items[i].value);
    CHECK_STR(out.data, "rate=11.5 all=7 x=2 tail=7 ");
    str_clear(&out);
    printed_tail(fd, 20, &out);
    CHECK_STR(out.data, "tail 7");
    str_clear(&out);
    printed_tail(fd, 10000, &out);
    CHECK_INT(out.len, sizeof printed - 1);
    settings_release(&found);
    metrics_close(&m);
    char *bad[] = {"a=("};
    CHECK(!metrics_open(&m, bad, 1, &err) && err.len);
    metrics_close(&m);
    str_release(&err);
    str_release(&out);
    close(fd);
}

int main(void)
{
    test_values();
    test_combine();
    test_split();
    test_order();
    test_padding();
    test_settings();
    test_points();
    test_schedule();
    test_skipped();
    test_load();
    test_metrics();
    return check_done();
}
