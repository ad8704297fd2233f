/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * completion bash|zsh: the script that a shell completes farmdb's command line by. completion words KIND is what these
 * scripts ask. Not listed in the help, since it is the package that needs it.
 */
#include <string.h>

#include "db/complete/complete.h"

static int run(struct context *c, int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[0], "words") == 0 && complete_words(&c->store, argv[1], stdout))
        return EXIT_OK;
    if (argc != 1 || !complete_script(argv[0], cmd_all(), cmd_global_options(), stdout))
        die(EXIT_USAGE, "completion takes bash or zsh");
    return EXIT_OK;
}

const struct cmd cmd_completion = {
    "completion", "bash|zsh", "the script by which a shell completes farmdb's command line",
    NULL,         NULL,       NEEDS_NOTHING,
    false,        run};
