/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Charts by gnuplot: the data and the scripts go into a folder of their own, gnuplot runs there, the picture is moved.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/proc.h"
#include "db/chart/chart.h"

extern const struct embed plots[];

static bool put(const char *folder, const char *name, const char *text, size_t len, struct str *err)
{
    char *path = str_join_path(folder, name);
    bool ok = file_write(path, text, len, err);
    free(path);
    return ok;
}

static bool put_all(const struct str *data, const char *folder, struct str *err)
{
    bool ok = put(folder, "data.tsv", data->data, data->len, err);
    for (size_t i = 0; ok && plots[i].name; i++)
        ok = put(folder, plots[i].name, plots[i].text, strlen(plots[i].text), err);
    return ok;
}

static void clean(const char *folder, const char *picture)
{
    for (size_t i = 0; plots[i].name; i++) {
        char *path = str_join_path(folder, plots[i].name);
        unlink(path);
        free(path);
    }
    char *data = str_join_path(folder, "data.tsv");
    unlink(data);
    unlink(picture);
    rmdir(folder);
    free(data);
}

static bool run(const char *name, const char *folder, const char *picture, struct str *err)
{
    char *script = str_format("%s/%s.gp", folder, name), *data = str_join_path(folder, "data.tsv");
    char *argv[] = {"gnuplot", "-c", script, data, (char *)picture, NULL};
    struct str said = STR_INIT, printed = STR_INIT;
    struct proc_result r = proc_run(argv, &printed, &said);
    bool ok = r.started && proc_code(r) == 0;
    if (!r.started && r.error_number == ENOENT)
        str_add(err, "charts are drawn by gnuplot, which is not installed: install gnuplot-nox, or name a .txt file");
    else if (!ok)
        str_addf(err, "gnuplot failed: %s", said.len ? said.data : strerror(r.error_number));
    str_release(&said);
    str_release(&printed);
    free(script);
    free(data);
    return ok;
}

bool chart_draw(const char *script, const struct str *data, const char *path, struct str *err)
{
    const char *base = getenv("TMPDIR");
    char *folder = str_format("%s/farm-chart-XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(folder)) {
        str_addf(err, "cannot make a folder like %s: %s", folder, strerror(errno));
        free(folder);
        return false;
    }
    char *picture = str_format("%s/picture%s", folder, strrchr(path, '.'));
    struct str bytes = STR_INIT;
    bool ok = put_all(data, folder, err) && run(script, folder, picture, err) && file_read(picture, &bytes, err) &&
              file_write(path, bytes.data, bytes.len, err);
    clean(folder, picture);
    str_release(&bytes);
    free(picture);
    free(folder);
    return ok;
}
