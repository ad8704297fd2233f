/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settings by name: every one can be read and put back, files and assignments mean the same, and what is wrong is said
 * in one sentence and changes nothing.
 */
#include "sim/settings.h"

#include <stdlib.h>
#include <unistd.h>

#include "sim/config.h"
#include "sim/scenario.h"
#include "tests/unit/check.h"

static void test_all_go_round(void)
{
    struct sim_def def = sim_default();
    char problem[SETTING_PROBLEM], text[256], again[256];
    size_t count = 0;
    for (; setting_at(count); count++) {
        const struct setting *s = setting_at(count);
        CHECK(setting_find(s->key) == s);
        setting_get(&def, s, text, sizeof text);
        if (!CHECK(setting_put(&def, s, text, problem)))
            fprintf(stderr, "%s\n", problem);
        setting_get(&def, s, again, sizeof again);
        CHECK_STR(again, text);
        for (size_t other = 0; other < count; other++)
            CHECK(!s->option || !setting_at(other)->option || strcmp(s->option, setting_at(other)->option) != 0);
    }
    CHECK(count > 60);
    CHECK(!sim_problem(&def));
}

static void check_problem(const char *assignment, const char *expected)
{
    struct sim_def def = sim_default(), before = def;
    char problem[SETTING_PROBLEM] = "";
    CHECK(!settings_assign(&def, assignment, problem));
    CHECK_STR(problem, expected);
    CHECK(memcmp(&def, &before, sizeof def) == 0);
}

static void test_problems(void)
{
    check_problem("world.with=3", "there is no setting 'world.with'");
    check_problem("world.width", "--set takes KEY=VALUE, not 'world.width'");
    check_problem("world.width=0", "world.width must be between 1 and 65536");
    check_problem("world.width=nan", "world.width takes a number, not 'nan'");
    check_problem("world.width=3m", "world.width takes a number, not '3m'");
    check_problem("agents.system=-1", "agents.system takes a whole number, not '-1'");
    check_problem("agents.system=5000000000", "agents.system takes a whole number, not '5000000000'");
    check_problem("threads=0", "threads must be between 1 and 256");
    check_problem("spatial.index=cube", "spatial.index takes hash|kd|quad|brute, not 'cube'");
    check_problem("spatial.update=ba", "spatial.update takes rebuild|incremental|batch, not 'ba'");
    check_problem("sight.reuse=yes", "sight.reuse takes on or off, not 'yes'");
    check_problem("curriculum.first=move,fly",
                  "curriculum.first takes names of actions joined by commas, not 'move,fly'");
}

static void test_values(void)
{
    struct sim_def def = sim_default();
    char problem[SETTING_PROBLEM];
    CHECK(settings_assign(&def, "curriculum.first=move,pass", problem));
    CHECK_INT(def.phase_actions[0], 1u << SIM_MOVE | 1u << SIM_PASS);
    CHECK(settings_assign(&def, "curriculum.first=all", problem));
    CHECK_INT(def.phase_actions[0], SIM_ALL_ACTIONS);
    CHECK(settings_assign(&def, "agents.consumption=0.29", problem));
    CHECK_INT(def.consumption, 29);
    CHECK(settings_assign(&def, "seed=18446744073709551615", problem));
    CHECK(def.seed == UINT64_MAX);
    CHECK(settings_assign(&def, "sight.bilinear=vector", problem));
    CHECK_INT(def.sight.spread, SIM_VECTOR);
}

static bool read_config(struct sim_def *def, const char *text, char problem[SETTING_PROBLEM])
{
    char path[] = "test_settings.XXXXXX";
    int file = mkstemp(path);
    CHECK(write(file, text, strlen(text)) == (ssize_t)strlen(text));
    close(file);
    bool good = config_read(def, path, problem);
    unlink(path);
    return good;
}

static void test_files(void)
{
    struct sim_def def = sim_default(), before = def;
    char problem[SETTING_PROBLEM] = "";
    CHECK(read_config(&def, "{\"seed\": 5, \"world\": {\"width\": 50.5}, \"spatial\": {\"index\": \"kd\"}, \"sight\": "
                            "{\"reuse\": false, \"map\": null}, \"agents\": {\"consumption\": 0.5}}", problem));
    CHECK(def.seed == 5 && def.width == 50.5f && !def.sight.reuse && def.consumption == 50);
    CHECK_STR(def.spatial.index, "kd");
    char *text = config_write(&def);
    struct sim_def copy = sim_default();
    CHECK(read_config(&copy, text, problem));
    CHECK(memcmp(&copy.width, &def.width, sizeof copy.width) == 0 && copy.seed == 5 && copy.consumption == 50);
    char *again = config_write(&copy);
    CHECK_STR(again, text);
    free(text);
    free(again);
    def = before;
    CHECK(!read_config(&def, "{\"seed\": 6, \"world\": {\"wide\": 3}}", problem));
    CHECK_STR(problem, "there is no setting 'world.wide'");
    CHECK(!read_config(&def, "{\"seed\": [1]}", problem));
    CHECK_STR(problem, "seed takes one value");
    CHECK(!read_config(&def, "{\"seed\": ", problem));
    CHECK(strstr(problem, "is no JSON object"));
    CHECK(!config_read(&def, "does/not/exist", problem));
    CHECK(strstr(problem, "cannot read does/not/exist: "));
    CHECK(memcmp(&def, &before, sizeof def) == 0);
}

static void test_scenarios(void)
{
    for (const struct scenario *s = scenarios; s->name; s++) {
        struct sim_def def = scenario_def(s);
        CHECK(!sim_problem(&def));
        CHECK(scenario_find(s->name) == s);
        CHECK_INT(def.agents[0] + def.agents[1] + def.agents[2], s->agents);
    }
    CHECK(!scenario_find("none"));
}

int main(void)
{
    test_all_go_round();
    test_problems();
    test_values();
    test_files();
    test_scenarios();
    return check_done();
}
