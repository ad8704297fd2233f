/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pairs ROUNDS FILE: measures commands against each other. FILE has a line "NAME<TAB>COMMAND" for each; the first is
 * what the others are compared with. Every round runs each command once, in an order that rotates, so that slow drift
 * of the machine hits all alike. One line per command comes out: NAME, median CPU seconds (user + system, children
 * included), and the median, least and greatest ratio to the first command of the same round. A command that fails, or
 * takes longer than a minute, is not run again and has "-" in place of its figures: one tool that is missing or breaks
 * must not cost a long bench its results. Without the first command there is nothing to compare with: status 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_COMMANDS = 16, MAX_ROUNDS = 1000 };
#define LONGEST "60"           /* seconds */

struct command {
    char *name, *text;
    bool failed;
    double cpu[MAX_ROUNDS], ratio[MAX_ROUNDS];
};

static struct command commands[MAX_COMMANDS];
static int command_count;

static void die(const char *what, const char *name)
{
    fprintf(stderr, "pairs: %s: %s\n", what, name);
    exit(1);
}

static void read_commands(const char *path)
{
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    if (!f)
        die(strerror(errno), path);
    while (getline(&line, &room, f) > 0) {
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (!tab)
            continue;
        if (command_count == MAX_COMMANDS)
            die("too many commands", path);
        *tab = '\0';
        commands[command_count++] = (struct command){ .name = strdup(line), .text = strdup(tab + 1) };
    }
    free(line);
    fclose(f);
    if (!command_count)
        die("no commands", path);
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

/* The shell waits for the command, so its usage holds the command's, descendants that were waited for included. timeout
 * ends all of them, and has a millisecond in every figure. */
static double run(struct command *c)
{
    if (c->failed)
        return 0;
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 0);
        dup2(null, 1);
        execlp("timeout", "timeout", LONGEST, "sh", "-c", c->text, (char *)NULL);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (wait4(child, &status, 0, &usage) != child)
        die("cannot wait for", c->text);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "pairs: failed: %s\n", c->text);
        c->failed = true;
    }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double sorted_median(double *values, int n)
{
    qsort(values, (size_t)n, sizeof *values, by_value);
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static void compare(struct command *c, int rounds)
{
    for (int r = 0; r < rounds; r++)
        c->ratio[r] = c->cpu[r] / commands[0].cpu[r];
}

static void show(struct command *c, int rounds)
{
    if (c->failed || commands[0].failed) {
        printf("%s\t-\t-\t-\t-\n", c->name);
        return;
    }
    double ratio = sorted_median(c->ratio, rounds), least = c->ratio[0], most = c->ratio[rounds - 1];
    printf("%s\t%.3f\t%.4f\t%.4f\t%.4f\n", c->name, sorted_median(c->cpu, rounds), ratio, least, most);
}

int main(int argc, char **argv)
{
    int rounds = argc == 3 ? atoi(argv[1]) : 0;
    if (rounds < 1 || rounds > MAX_ROUNDS) {
        fputs("usage: pairs ROUNDS FILE\n", stderr);
        return 2;
    }
    read_commands(argv[2]);
    for (int c = 0; c < command_count; c++)
        run(&commands[c]);                        /* caches warm, files there */
    for (int r = 0; r < rounds && !commands[0].failed; r++)
        for (int i = 0; i < command_count; i++) {
            struct command *c = &commands[(r + i) % command_count];
            c->cpu[r] = run(c);
        }
    for (int i = 0; i < command_count; i++)
        compare(&commands[i], rounds);
    for (int i = 0; i < command_count; i++)
        show(&commands[i], rounds);
    return commands[0].failed;
}
