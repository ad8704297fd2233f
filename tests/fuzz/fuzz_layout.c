/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as preprocessed C, for the two scans that run outside of the guarded child.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/str.h"
#include "instrument/glance.h"
#include "instrument/layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    char *text = str_copy_bytes((const char *)data, len);
    layout_is_doubtful(text, (uint32_t)len);
    glance_has_function(text, len);
    free(text);
    return 0;
}
