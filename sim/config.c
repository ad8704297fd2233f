/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/config.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_ROOM = 128, MOST_BYTES = 1 << 20 };

static char *read_text(const char *path, char problem[SETTING_PROBLEM])
{
    FILE *file = fopen(path, "re");
    char *text = calloc(1, MOST_BYTES + 1);
    if (file && text && fread(text, 1, MOST_BYTES, file) < MOST_BYTES && !ferror(file)) {
        fclose(file);
        return text;
    }
    snprintf(problem, SETTING_PROBLEM, "cannot read %.100s: %s", path, file ? "too long, or no file" : strerror(errno));
    if (file)
        fclose(file);
    free(text);
    return NULL;
}

/* A value as --set would have it. */
static bool put_value(struct sim_def *def, const char *key, const cJSON *value, char problem[SETTING_PROBLEM])
{
    const struct setting *s = setting_find(key);
    char text[64];
    if (!s) {
        snprintf(problem, SETTING_PROBLEM, "there is no setting '%.100s'", key);
        return false;
    }
    if (cJSON_IsString(value))
        return setting_put(def, s, value->valuestring, problem);
    if (cJSON_IsBool(value))
        return setting_put(def, s, cJSON_IsTrue(value) ? "on" : "off", problem);
    if (cJSON_IsNull(value))
        return setting_put(def, s, "", problem);
    if (!cJSON_IsNumber(value)) {
        snprintf(problem, SETTING_PROBLEM, "%s takes one value", key);
        return false;
    }
    snprintf(text, sizeof text, "%.15g", value->valuedouble);
    return setting_put(def, s, text, problem);
}

static bool put_object(struct sim_def *def, const char *prefix, const cJSON *object, char problem[SETTING_PROBLEM])
{
    const cJSON *item;
    cJSON_ArrayForEach(item, object) {
        char key[KEY_ROOM];
        if (snprintf(key, sizeof key, "%s%s%s", prefix, *prefix ? "." : "", item->string) >= KEY_ROOM) {
            snprintf(problem, SETTING_PROBLEM, "there is no setting '%.100s...'", key);
            return false;
        }
        if (cJSON_IsObject(item) ? !put_object(def, key, item, problem) : !put_value(def, key, item, problem))
            return false;
    }
    return true;
}

bool config_read(struct sim_def *def, const char *path, char problem[SETTING_PROBLEM])
{
    char *text = read_text(path, problem);
    if (!text)
        return false;
    cJSON *json = cJSON_Parse(text);
    struct sim_def changed = *def;
    bool good = cJSON_IsObject(json) && put_object(&changed, "", json, problem);
    if (!cJSON_IsObject(json))
        snprintf(problem, SETTING_PROBLEM, "%.100s is no JSON object", path);
    if (good)
        *def = changed;
    cJSON_Delete(json);
    free(text);
    return good;
}

/* The object for "section.name", made where it is missing; *name is left as what follows. */
static cJSON *section_of(cJSON *json, const char *key, const char **name)
{
    const char *dot = strchr(key, '.');
    *name = dot ? dot + 1 : key;
    if (!dot)
        return json;
    char section[KEY_ROOM];
    snprintf(section, sizeof section, "%.*s", (int)(dot - key), key);
    cJSON *object = cJSON_GetObjectItemCaseSensitive(json, section);
    return object ? object : cJSON_AddObjectToObject(json, section);
}

char *config_write(const struct sim_def *def)
{
    cJSON *json = cJSON_CreateObject();
    for (size_t i = 0; setting_at(i); i++) {
        const struct setting *s = setting_at(i);
        const char *name;
        char value[256];
        cJSON *object = section_of(json, s->key, &name);
        setting_get(def, s, value, sizeof value);
        if (s->type == SETTING_SWITCH)
            cJSON_AddBoolToObject(object, name, strcmp(value, "on") == 0);
        else if (s->type <= SETTING_AMOUNT && s->type != SETTING_WHOLE64)     /* a JSON number is a double */
            cJSON_AddRawToObject(object, name, value);
        else if (*value)
            cJSON_AddStringToObject(object, name, value);
        else
            cJSON_AddNullToObject(object, name);
    }
    char *text = cJSON_Print(json);
    cJSON_Delete(json);
    return text;
}
