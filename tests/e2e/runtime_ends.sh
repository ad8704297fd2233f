#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# However a program ends, its counts are in the record, its status is its own, and the record says how it was. Each end
# with each sampler, because the helper watches in another way without perf.
. "$(dirname "$0")/lib.sh"
. "$e2e/runtime_lib.sh"

build modes runtime_modes.c

# end MODE STATUS "STATE VALUE" CALLS
end() {
    run "$1" "$2"
    ended "$3"
    counted 1 "$4"
}

all_ends() {
    end return 3 "1 3" 1000
    end exit 4 "1 4" 1000
    end _exit 5 "2 5" 1000
    end _Exit 6 "2 6" 1000
    end quick_exit 7 "2 7" 1000
    end abort 134 "3 6" 1000
    end fault 139 "3 11" 1000
    end sent-fault 139 "3 11" 1000
    end own-handler 51 "2 51" 1000
    counted 4 1
    end pthread_exit 0 "1 0" 2000
    end kill 137 "0 -1" 1000
    end exec 9 "4 -1" 1000
    end exec-failing 2 "1 2" 2000
    run exec-self 4
    ended "4 -1" "1 4"
    counted 1 2000
    run fork-exec 0
    ended "4 -1" "1 0"
    counted 1 1000
}

# Ends that only the helper can tell, from what the kernel says about a process that is gone (Linux 6.15).
late_ends() {
    end raw-exit 8 "2 8" 1000
    end term 143 "3 15" 1000
}

# Killed from outside after some progress: what was reported is there, and nothing but the piece that was under way.
killed() {
    for moment in 8 80 808 8000 $((8 * (seed % 5000 + 1))) $((8 * (seed % 777 + 1))); do
        fresh_store
        mode="report killed at $moment"
        reported=$(./killer "$moment" ./modes report) || fail "$mode: did not die by SIGKILL"
        settled
        within "calls of $mode" "$(field 'count 1 1')" "$reported" $((reported + 200))
        ended "0 -1"
    done
}

seed=${SEED:-$(date +%s)}
gcc -O2 "$e2e/src/proof_killer.c" -o killer
for FARM_SAMPLER in perf timer none; do
    export FARM_SAMPLER
    all_ends
    case $(uname -r) in [7-9].* | 6.1[5-9].* | 6.[2-9][0-9].*) late_ends ;; esac
done
unset FARM_SAMPLER
killed

mode=daemon
fresh_store
./modes daemon 1000 0<&- >/dev/null 2>&1
# the child makes its record when it comes to run, which may be after its parent's end
two_records() { [ "$("$dump" "$records"/*.rec 2>/dev/null | grep -c '^pid [1-9]')" = 2 ]; }
wait_until "the record of the daemon" two_records
wait_until "the end of the daemon" none_alive pid
settled
counted 1 2000
echo "all ends recorded (seed $seed)"
