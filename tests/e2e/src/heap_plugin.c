/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A library that allocates, in a program that was built without farmcc.
 */
#include <stdlib.h>

void *plugin_make(int n);
void plugin_end(void *p);

void *plugin_make(int n)
{
    void *last = NULL;
    for (int i = 0; i < n; i++) {
        free(last);
        last = malloc(100); /* made */
    }
    return last;
}

void plugin_end(void *p)
{
    free(p);
}
