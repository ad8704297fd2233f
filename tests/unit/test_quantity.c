/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/quantity.h"

#include <stdlib.h>

#include "tests/unit/check.h"

#define SAYS(call, expected) \
    do { \
        struct str s = STR_INIT; \
        call; \
        CHECK_STR(s.data, expected); \
        str_release(&s); \
    } while (0)

int main(void)
{
    SAYS(quantity_count(&s, 0), "0");
    SAYS(quantity_count(&s, 999), "999");
    SAYS(quantity_count(&s, 1000), "1,000");
    SAYS(quantity_count(&s, 1234567), "1,234,567");
    SAYS(quantity_count(&s, -123456), "-123,456");
    SAYS(quantity_count(&s, INT64_MAX), "9,223,372,036,854,775,807");

    SAYS(quantity_seconds(&s, 0), "0 s");
    SAYS(quantity_seconds(&s, 1.5e-9), "1.50 ns");
    SAYS(quantity_seconds(&s, 999.9e-9), "1.00 us");
    SAYS(quantity_seconds(&s, 12.34e-6), "12.3 us");
    SAYS(quantity_seconds(&s, 0.9994), "999 ms");
    SAYS(quantity_seconds(&s, 0.9996), "1.00 s");
    SAYS(quantity_seconds(&s, 3600), "3600 s");

    SAYS(quantity_percent(&s, 0.12345), "12.3");
    SAYS(quantity_bytes(&s, 0), "0 B");
    SAYS(quantity_bytes(&s, 999), "999 B");
    SAYS(quantity_bytes(&s, 12345), "12.3 kB");
    SAYS(quantity_bytes(&s, 2e9), "2.00 GB");

    setenv("TZ", "UTC", 1);
    SAYS(quantity_date(&s, 1700000000000000000), "2023-11-14 22:13:20");
    return check_done();
}
