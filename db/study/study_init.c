/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A study file to begin with. JSON has no remarks: members whose names begin with "//" are ours.
 */
#include "db/study/study.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "db/format.h"

extern const struct embed study_start[];

void study_template(const char *name, const char *build, const char *command, struct str *out)
{
    struct point words = {0};
    struct str texts[3] = {STR_INIT, STR_INIT, STR_INIT};
    const char *names[] = {"NAME", "BUILD", "RUN"}, *values[] = {name, build, command};
    for (int i = 0; i < 3; i++) {
        format_json_string(values[i], &texts[i]);
        point_set(&words, names[i], texts[i].data);
        str_release(&texts[i]);
    }
    char *filled = point_fill(&words, study_start[0].text);
    str_add(out, filled);
    free(filled);
    for (size_t i = 0; i < words.settings.count; i++) {
        free(words.settings.items[i].name);
        free(words.settings.items[i].value);
    }
    vec_release(&words.settings);
}
