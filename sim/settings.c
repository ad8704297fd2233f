/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/settings.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct setting *const parts[] = {settings_world, settings_learn, settings_log};

const struct setting *setting_at(size_t index)
{
    for (size_t part = 0; part < sizeof parts / sizeof parts[0]; part++)
        for (const struct setting *s = parts[part]; s->key; s++)
            if (index-- == 0)
                return s;
    return NULL;
}

const struct setting *setting_find(const char *key)
{
    for (size_t i = 0; setting_at(i); i++)
        if (strcmp(setting_at(i)->key, key) == 0)
            return setting_at(i);
    return NULL;
}

static void *field(const struct sim_def *def, const struct setting *s)
{
    return (char *)def + s->offset;
}

static double number(const struct sim_def *def, const struct setting *s)
{
    const void *at = field(def, s);
    switch (s->type) {
    case SETTING_WHOLE32: return *(const uint32_t *)at;
    case SETTING_WHOLE64: return (double)*(const uint64_t *)at;
    case SETTING_REAL: return (double)*(const float *)at;
    case SETTING_AMOUNT: return *(const int32_t *)at / 100.0;
    default: return s->least;
    }
}

bool setting_check(const struct sim_def *def, const struct setting *s, char problem[SETTING_PROBLEM])
{
    double value = number(def, s);
    if (s->least == s->most || (value >= (double)(float)s->least - 1e-9 && value <= s->most))
        return true;                                     /* false for NaN as well */
    snprintf(problem, SETTING_PROBLEM, "%s must be between %.10g and %.10g", s->key, s->least, s->most);
    return false;
}

/* The place of `text` in "a|b|c", or -1. */
static int choice_of(const char *choices, const char *text)
{
    size_t length = strlen(text);
    for (int i = 0;; i++) {
        const char *end = strchrnul(choices, '|');
        if ((size_t)(end - choices) == length && strncmp(choices, text, length) == 0)
            return i;
        if (!*end)
            return -1;
        choices = end + 1;
    }
}

static bool put_whole(const struct setting *s, void *at, const char *text)
{
    char *end;
    errno = 0;
    uint64_t value = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno || (s->type == SETTING_WHOLE32 && value > UINT32_MAX))
        return false;
    if (s->type == SETTING_WHOLE32)
        *(uint32_t *)at = (uint32_t)value;
    else
        *(uint64_t *)at = value;
    return true;
}

static bool put_real(const struct setting *s, void *at, const char *text)
{
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end || !(fabs(value) < 1e7))
        return false;
    if (s->type == SETTING_REAL)
        *(float *)at = (float)value;
    else
        *(int32_t *)at = (int32_t)lrint(value * 100);
    return true;
}

static bool put_actions(uint32_t *mask, const char *text)
{
    *mask = 0;
    while (*text) {
        const char *end = strchrnul(text, ',');
        bool all = strncmp(text, "all", (size_t)(end - text)) == 0 && end - text == 3, known = all;
        for (int a = 0; a < SIM_ACTIONS; a++) {
            size_t length = strlen(sim_action_names[a]);
            if (!all && (length != (size_t)(end - text) || strncmp(text, sim_action_names[a], length) != 0))
                continue;
            *mask |= 1u << a;
            known = true;
        }
        if (!known)
            return false;
        text = *end ? end + 1 : end;
    }
    return *mask != 0;
}

/* Names live as long as the program, each once. NULL: out of memory. */
static const char *kept_name(const char *text)
{
    static struct name {
        struct name *next;
        char text[];
    } *names;
    for (const struct name *n = names; n; n = n->next)
        if (strcmp(n->text, text) == 0)
            return n->text;
    struct name *name = malloc(sizeof *name + strlen(text) + 1);
    if (!name)
        return NULL;
    memcpy(name->text, text, strlen(text) + 1);
    name->next = names;
    names = name;
    return name->text;
}

static bool put_name(const struct setting *s, const char **at, const char *text)
{
    if (s->choices && choice_of(s->choices, text) < 0)
        return false;
    *at = *text ? kept_name(text) : NULL;
    return *at || !*text;
}

static bool put(void *at, const struct setting *s, const char *text)
{
    int choice;
    switch (s->type) {
    case SETTING_WHOLE32:
    case SETTING_WHOLE64:
        return put_whole(s, at, text);
    case SETTING_REAL:
    case SETTING_AMOUNT:
        return put_real(s, at, text);
    case SETTING_SWITCH:
        choice = choice_of("off|on|false|true", text);
        *(bool *)at = choice & 1;
        return choice >= 0;
    case SETTING_CHOICE:
        choice = choice_of(s->choices, text);
        *(int *)at = choice;
        return choice >= 0;
    case SETTING_NAME:
        return put_name(s, at, text);
    default:
        return put_actions(at, text);
    }
}

static const char *kind_of_value(const struct setting *s)
{
    static const char *const kinds[] = {
        [SETTING_WHOLE32] = "a whole number", [SETTING_WHOLE64] = "a whole number", [SETTING_REAL] = "a number",
        [SETTING_AMOUNT] = "a number", [SETTING_SWITCH] = "on or off", [SETTING_NAME] = "a name",
        [SETTING_ACTIONS] = "names of actions joined by commas"};
    return s->choices ? s->choices : kinds[s->type];
}

bool setting_put(struct sim_def *def, const struct setting *s, const char *text, char problem[SETTING_PROBLEM])
{
    struct sim_def changed = *def;
    if (!put(field(&changed, s), s, text)) {
        snprintf(problem, SETTING_PROBLEM, "%s takes %s, not '%.60s'", s->key, kind_of_value(s), text);
        return false;
    }
    if (!setting_check(&changed, s, problem))
        return false;
    *def = changed;
    return true;
}

static void get_actions(uint32_t mask, char *text, size_t room)
{
    size_t used = 0;
    *text = 0;
    for (int a = 0; a < SIM_ACTIONS && used < room; a++)
        if (mask >> a & 1)
            used += (size_t)snprintf(text + used, room - used, "%s%s", used ? "," : "", sim_action_names[a]);
}

static void get_choice(const char *choices, int value, char *text, size_t room)
{
    for (; value > 0; value--)
        choices = strchrnul(choices, '|') + 1;
    snprintf(text, room, "%.*s", (int)(strchrnul(choices, '|') - choices), choices);
}

void setting_get(const struct sim_def *def, const struct setting *s, char *text, size_t room)
{
    const void *at = field(def, s);
    const char *name;
    switch (s->type) {
    case SETTING_WHOLE64:
        snprintf(text, room, "%" PRIu64, *(const uint64_t *)at);
        break;
    case SETTING_SWITCH:
        snprintf(text, room, "%s", *(const bool *)at ? "on" : "off");
        break;
    case SETTING_CHOICE:
        get_choice(s->choices, *(const int *)at, text, room);
        break;
    case SETTING_NAME:
        name = *(const char *const *)at;
        snprintf(text, room, "%s", name ? name : "");
        break;
    case SETTING_ACTIONS:
        get_actions(*(const uint32_t *)at, text, room);
        break;
    default:
        snprintf(text, room, s->type == SETTING_REAL ? "%.7g" : "%.12g", number(def, s));
    }
}

bool settings_assign(struct sim_def *def, const char *assignment, char problem[SETTING_PROBLEM])
{
    const char *equals = strchr(assignment, '=');
    char key[64];
    if (!equals || (size_t)(equals - assignment) >= sizeof key) {
        snprintf(problem, SETTING_PROBLEM, "--set takes KEY=VALUE, not '%.60s'", assignment);
        return false;
    }
    snprintf(key, sizeof key, "%.*s", (int)(equals - assignment), assignment);
    const struct setting *s = setting_find(key);
    if (!s) {
        snprintf(problem, SETTING_PROBLEM, "there is no setting '%s'", key);
        return false;
    }
    return setting_put(def, s, equals + 1, problem);
}
