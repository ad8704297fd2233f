/* SPDX-License-Identifier: MIT */
#include "runtime/room.h"

#include <sys/resource.h>

#include "runtime/sys.h"

#define RESERVE_LEAST (2ull << 20)       /* half of it is scratch: 131,000 counters */
#define RESERVE_MOST (64ull << 20)
#define TIGHT_BELOW (1ull << 30)
#define USUAL_STACK (2ull << 20)         /* of a thread, where its size is not limited */

struct farm_room farm_room;

static uint64_t limit_of(int resource, uint64_t otherwise)
{
    struct rlimit limit;
    bool known = farm_sys(SYS_prlimit64, 0, resource, NULL, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
    return known ? limit.rlim_cur : otherwise;
}

void farm_room_choose(void)
{
    uint64_t limit = limit_of(RLIMIT_AS, ~0ull), part = limit / 64 & ~(uint64_t)(FARM_PAGE - 1);
    farm_room.tight = limit < TIGHT_BELOW;
    farm_room.reserve = part < RESERVE_LEAST ? RESERVE_LEAST : part < RESERVE_MOST ? part : RESERVE_MOST;
}

/* "VmPeak:   123 kB" in the text of /proc/self/status; 0: it is not there. */
static uint64_t peak_in(const char *status)
{
    while (*status && !farm_starts(status, "VmPeak:"))
        status++;
    while (*status && (*status < '0' || *status > '9'))
        status++;
    return farm_number(&status, 10) << 10;
}

/* Nobody tells us what the kernel refused to the program; so what is said is that a thread's stack would not have
 * fitted. */
void farm_room_tell(void)
{
    char status[2048], megabytes[24];
    struct farm_text t = {megabytes, 0, sizeof megabytes};
    if (!farm_room.tight || farm_read_file("/proc/self/status", status, sizeof status) <= 0 ||
        peak_in(status) + limit_of(RLIMIT_STACK, USUAL_STACK) <= limit_of(RLIMIT_AS, ~0ull))
        return;
    farm_add_number(&t, farm_room.taken >> 20);
    farm_add(&t, " MB of it");
    farm_note("the program came near its limit of address space (ulimit -v), and a thread or memory may have been "
              "refused to it that it gets without us: counting took ",
              megabytes);
}
