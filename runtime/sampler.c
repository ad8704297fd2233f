/* SPDX-License-Identifier: MIT
 *
 * Which sampler runs: perf where the kernel lets us, else the timer, and the record says why.
 */
#include "runtime/internal.h"
#include "runtime/sampler.h"
#include "runtime/sys.h"

static void say_why(const char *why)
{
    struct farm_text t = {farm_it.header->sampler_note, 0, sizeof farm_it.header->sampler_note};
    farm_add(&t, why);
}

static void use_timer(const char *why)
{
    say_why(why);
    if (farm_timer_init())
        farm_it.header->sampler = FARM_SAMPLER_TIMER;
    farm_helper_start(false);
}

static void use_none(const char *why)
{
    say_why(why);
    farm_helper_start(false);
}

void farm_sampler_start(void)
{
    enum farm_choice choice = farm_it.options.sampler;
    if (farm_it.emulated) {
        say_why("the program runs under Valgrind");
        return;
    }
    if (choice == FARM_CHOOSE_NONE) {
        use_none("switched off by FARM_SAMPLER or FARM_HZ");
        return;
    }
    if (choice == FARM_CHOOSE_TIMER) {
        use_timer("asked for by FARM_SAMPLER");
        return;
    }
    const char *why = farm_perf_open(farm_it.pid);
    if (!why) {
        farm_it.header->sampler = FARM_SAMPLER_PERF;
        if (!farm_helper_start(false)) {
            why = "no process could be started to read perf's rings (a limit on processes?)";
            farm_perf_unmap();
        }
    }
    if (!why)
        return;
    farm_it.header->sampler = FARM_SAMPLER_NONE;
    if (choice == FARM_CHOOSE_PERF)
        use_none(why);
    else
        use_timer(why);
}

void farm_sampler_fork(void)
{
    bool perf = farm_it.ring_count > 0 || farm_it.perf_wanted;
    farm_perf_forget();
    farm_it.fd_count = 0;
    farm_it.perf_wanted = perf;
    if (farm_it.signo) {
        farm_it.header->sampler = FARM_SAMPLER_TIMER;
        if (farm_block_mine())
            farm_timer_attach(farm_block_mine());
    }
    if (farm_it.emulated)
        say_why("the program runs under Valgrind");
    else
        farm_helper_start(perf);
}
