/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files that read the study file share (study_read.c, study_grid.c).
 */
#ifndef DB_STUDY_READER_H
#define DB_STUDY_READER_H

#include "base/file.h"
#include "db/run/printed.h"
#include "db/study/study.h"

struct reader {
    struct study *study;
    struct str *err;
    struct study_experiment *experiment;         /* that is being read */
    struct str place;            /* of what is being read: component[2].grid.index */
};

/* False, after the sentence "FILE: PLACE: ..."; the place is left as it is. */
bool reader_wrong(struct reader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The length to go back to by reader_leave. */
size_t reader_enter(struct reader *r, const char *name);
size_t reader_enter_element(struct reader *r, size_t index);
void reader_leave(struct reader *r, size_t before);

/* Members of an object; one that is missing changes nothing. False, with the sentence: it is of another kind. */
bool reader_only(struct reader *r, const struct json *object, const char *const *names);
bool reader_text(struct reader *r, const struct json *object, const char *name, char **out);
bool reader_number(struct reader *r, const struct json *object, const char *name, double least, double *out);
bool reader_whole(struct reader *r, const struct json *object, const char *name, double least, double *out);
bool reader_flag(struct reader *r, const struct json *object, const char *name, bool *out);
bool reader_texts(struct reader *r, const struct json *object, const char *name,
                  bool (*take)(struct reader *r, const char *text));

/* The value of a parameter as it stands in commands; yours. NULL, with the sentence: it has none. */
char *reader_value(struct reader *r, const struct json *j);

/* The experiments of all phases (study_grid.c). */
bool reader_limits(struct reader *r, const struct json *file);

bool reader_experiments(struct reader *r, const struct json *file);

#endif
