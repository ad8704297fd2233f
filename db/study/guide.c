/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/guide.h"

#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/msg.h"

extern const struct embed study_guide[];

void guide_write(const char *folder)
{
    struct str err = STR_INIT;
    char *path = str_join_path(folder, "README.md");
    if (!file_write(path, study_guide[0].text, strlen(study_guide[0].text), &err))
        die(EXIT_DATA, "%s", err.data);
    free(path);
}
