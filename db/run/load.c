/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/load.h"

#include <fcntl.h>
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* Shorter than this, the kernel's hundredths say nothing. */
#define SHORTEST_NS 200000000

/* So much of a processor is the machine's own housekeeping. */
#define LEAST_OTHERS 0.25

/* Until the one who looks around at this moment has done so. */
#define MOST_TRIES 1000

/* Bytes of the file that are locked. */
enum { TURN_REPEATED, TURN_ANY };

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double own_seconds(int who)
{
    struct rusage usage;
    getrusage(who, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void load_read(struct load_reading *r)
{
    struct str text = STR_INIT, err = STR_INIT;
    double user, nice, system, idle, wait, irq, softirq, steal;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    *r = (struct load_reading){0};
    if (file_read("/proc/stat", &text, &err) && sscanf(text.data, "cpu %lf %lf %lf %lf %lf %lf %lf %lf", &user, &nice,
                                                       &system, &idle, &wait, &irq, &softirq, &steal) == 8) {
        r->clock_ns = now.tv_sec * (int64_t)1000000000 + now.tv_nsec;
        r->busy_s = (user + nice + system + irq + softirq + steal) / (double)sysconf(_SC_CLK_TCK);
        r->own_s = own_seconds(RUSAGE_SELF) + own_seconds(RUSAGE_CHILDREN);
    }
    str_release(&text);
    str_release(&err);
}

double load_others(const struct load_reading *from, const struct load_reading *to)
{
    int64_t ns = to->clock_ns - from->clock_ns;
    if (!from->clock_ns || ns < SHORTEST_NS)
        return -1;
    return fmax(0, (to->busy_s - from->busy_s) - (to->own_s - from->own_s)) / ((double)ns / 1e9);
}

bool load_disturbs(double others, double own, int cores)
{
    return others > fmax(LEAST_OTHERS, (cores - own) / 2);
}

double load_average(void)
{
    double average = 0;
    return getloadavg(&average, 1) == 1 ? average : 0;
}

/* Of one user: what other users do shows in the load. A link that somebody else put there is not followed. */
static int open_file(void)
{
    struct stat st;
    const char *folder = getenv("TMPDIR");
    char *path = str_format("%s/farm-recording-%u.lock", folder && *folder ? folder : "/tmp", (unsigned)getuid());
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    free(path);
    if (fd >= 0 && (fstat(fd, &st) != 0 || st.st_uid != getuid() || !S_ISREG(st.st_mode))) {
        close(fd);
        fd = -1;
    }
    return fd;
}

static bool lock(int fd, int byte, short type)
{
    struct flock range = {.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
    return fcntl(fd, F_OFD_SETLK, &range) == 0;
}

void turn_open(struct turn *t)
{
    *t = (struct turn){.fd = getenv("FARM_RUN") ? -1 : open_file()};
}

void turn_close(struct turn *t)
{
    if (t->fd >= 0)
        close(t->fd);
    t->fd = -1;
}

static struct timespec last_said(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 ? st.st_mtim : (struct timespec){0};
}

/* Everybody holds a lock to read while recording, so that one to write can be had by who is alone; it is let go at
 * once. Who comes second says so by the file's time, which who came first looks at in the end. */
static void look_around(struct turn *t)
{
    t->alone = lock(t->fd, TURN_ANY, F_WRLCK);
    for (int tries = 0; tries < MOST_TRIES && !lock(t->fd, TURN_ANY, F_RDLCK); tries++)
        sched_yield();
    if (!t->alone)
        futimens(t->fd, NULL);
    t->seen = last_said(t->fd);
}

bool turn_take(struct turn *t)
{
    if (t->fd < 0)
        return true;
    if (!lock(t->fd, TURN_REPEATED, F_WRLCK))
        return false;
    look_around(t);
    return true;
}

void turn_begin(struct turn *t)
{
    if (t->fd >= 0)
        look_around(t);
}

bool turn_end(struct turn *t)
{
    if (t->fd < 0)
        return true;
    struct timespec said = last_said(t->fd);
    lock(t->fd, TURN_ANY, F_UNLCK);
    lock(t->fd, TURN_REPEATED, F_UNLCK);
    return t->alone && said.tv_sec == t->seen.tv_sec && said.tv_nsec == t->seen.tv_nsec;
}
