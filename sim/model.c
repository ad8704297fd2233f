/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/model.h"

#include <string.h>

extern const struct model model_forager, model_random;

const struct model *const models[] = {&model_forager, &model_random, NULL};

const struct model *model_find(const char *name)
{
    for (const struct model *const *m = models; *m; m++)
        if (strcmp((*m)->name, name) == 0)
            return *m;
    return NULL;
}
