/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a site table. What is accepted must survive being written and read again, with the same bytes the second
 * time.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sites.h"
#include "base/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
    if (!good)
        abort();
}

static void check_table(const struct sites *s)
{
    struct str first = STR_INIT, second = STR_INIT, err = STR_INIT;
    struct sites again;
    size_t taken;
    sites_encode(s, &first);
    check(sites_decode(first.data, first.len, &again, &taken, &err));
    check(taken == first.len && again.line_count == s->line_count && again.id == s->id);
    sites_encode(&again, &second);
    check(second.len == first.len && memcmp(first.data, second.data, first.len) == 0);
    sites_release(&again);
    str_release(&first);
    str_release(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str err = STR_INIT, text = STR_INIT;
    struct sites s;
    uint8_t hash[SOURCE_HASH_LEN];
    size_t taken;
    if (sites_decode(data, size, &s, &taken, &err)) {
        check(taken <= size);
        check_table(&s);
        sites_release(&s);
    } else {
        check(err.len > 0);
    }
    if (source_unpack(data, size, hash, &text, &taken, &err))
        check(taken <= size);
    str_release(&err);
    str_release(&text);
    return 0;
}
