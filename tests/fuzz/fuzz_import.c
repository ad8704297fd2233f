/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The readers of other profilers' files with any text, the first byte of which names the format: they take it, or
 * refuse it with a sentence, and what they made holds together.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "db/import/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void check(bool good)
{
    if (!good)
        abort();
}

/* What import_put relies on. */
static void use(const struct import *im)
{
    for (size_t i = 0; i < im->functions.count; i++)
        check(im->functions.items[i].file < im->files.list.count && im->functions.items[i].calls >= -1);
    for (size_t i = 0; i < im->lines.count; i++)
        check(im->lines.items[i].function < im->functions.count && im->lines.items[i].hits >= -1);
    for (size_t i = 0; i < im->samples.count; i++)
        check(im->samples.items[i].function < im->functions.count && im->samples.items[i].samples >= 0);
    for (size_t i = 0; i < im->branches.count; i++)
        check(im->branches.items[i].outcomes[0] >= 0 && im->branches.items[i].outcomes[1] >= 0);
    for (size_t i = 0; i < im->nodes.count; i++)
        check(im->nodes.items[i].parent <= i && im->nodes.items[i].samples >= 0);
    check(im->totals.count <= im->functions.count && im->all_samples >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static const char *const formats[] = {"lcov", "gcov", "callgrind", "perf"};
    if (!len || memchr(data, 0, len))
        return 0;
    struct import im;
    struct str text = STR_INIT, err = STR_INIT;
    const struct import_format *format = import_find(formats[data[0] % 4]);
    import_init(&im, "/");
    str_add_bytes(&text, data + 1, len - 1);
    if (format->read(&im, "file", &text, &err))
        use(&im);
    else
        check(err.len > 0);
    import_release(&im);
    str_release(&text);
    str_release(&err);
    return 0;
}
