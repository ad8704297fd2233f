/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/job.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "instrument/place.h"
#include "instrument/temp.h"

void job_word(struct words *out, const char *word)
{
    *vec_push(&out->list) = str_copy(word);
}

void job_command(const struct job *j, struct words *out)
{
    for (size_t i = 0; i < j->compiler.command.list.count; i++)
        job_word(out, j->compiler.command.list.items[i]);
}

void job_link_command(const struct job *j, struct words *out)
{
    if (j->settings.link)
        response_split(j->settings.link, out);
    else
        job_command(j, out);
}

void job_say(const struct job *j, const char *format, ...)
{
    if (!j->settings.verbose)
        return;
    struct str text = STR_INIT;
    va_list args;
    va_start(args, format);
    str_vaddf(&text, format, args);
    va_end(args);
    warn("%s", text.data);
    str_release(&text);
}

static void say_command(const struct job *j, const struct words *command)
{
    struct str line = STR_INIT;
    for (size_t i = 0; i < command->list.count; i++)
        str_addf(&line, " %s", command->list.items[i]);
    job_say(j, "run:%s", line.data);
    str_release(&line);
}

enum { LONG_COMMAND = 100000 };  /* bytes; the system's limit may be as low as 128 KB for all words together */

/* Moves the words of a long command to a response file, but for the first, which may be a launcher's and the
 * compiler's. Yours to delete; NULL: the command is short. */
static char *shorten(struct words *command)
{
    size_t len = 0, first = 1;
    for (size_t i = 0; i < command->list.count; i++)
        len += strlen(command->list.items[i]) + 1;
    if (len < LONG_COMMAND)
        return NULL;
    while (first < 4 && first < command->list.count && command->list.items[first][0] != '-')
        first++;
    struct str text = STR_INIT, err = STR_INIT;
    response_write(command, first, &text);
    char *path = temp_path("words");
    bool written = file_write(path, text.data, text.len, &err);
    str_release(&text);
    str_release(&err);
    if (!written) {
        free(path);
        return NULL;
    }
    while (command->list.count > first)
        free(command->list.items[--command->list.count]);
    *vec_push(&command->list) = str_format("@%s", path);
    return path;
}

struct proc_result job_run(const struct job *j, struct words *command, struct str *out, struct str *err)
{
    say_command(j, command);
    char *words_file = shorten(command);
    *vec_push(&command->list) = NULL;
    struct proc_result r = proc_run(command->list.items, out, err);
    command->list.count--;
    if (words_file)
        unlink(words_file);
    free(words_file);
    temp_check_signal();
    return r;
}

void job_headers(struct words *out)
{
    char *folder = place_headers(), *own = str_format("%s/farm", folder);
    if (file_exists(own)) {
        const char *const words[] = {"-idirafter", folder, "-idirafter", own};
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            job_word(out, words[i]);
    }
    free(folder);
    free(own);
}

struct proc_result job_run_plain(const struct job *j, bool silent)
{
    struct words command = {0};
    struct str out = STR_INIT, err = STR_INIT;
    if (j->args.mode == ARGS_LINK && !args_c_count(&j->args))
        job_link_command(j, &command);
    else
        job_command(j, &command);
    for (char **word = j->words; *word; word++)
        job_word(&command, *word);
    if (args_c_count(&j->args))
        job_headers(&command);
    struct proc_result r = job_run(j, &command, silent ? &out : NULL, silent ? &err : NULL);
    if (!r.started)
        die(EXIT_NOT_FOUND, "cannot run '%s'", command.list.items[0]);
    str_release(&out);
    str_release(&err);
    words_release(&command);
    return r;
}
