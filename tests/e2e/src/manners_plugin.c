/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The plug-in that manners.c loads: plugin_call works n times and says so.
 */
static volatile int sink;

static void plugin_work(void)
{
    sink++;                     /* plugin work */
}

int plugin_call(int n)
{
    int done = 0;
    for (; done < n; done++)
        plugin_work();
    return done;
}
