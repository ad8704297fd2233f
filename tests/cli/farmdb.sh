# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by the farmdb-* cases: a program with a hand-made site table, and records of it with fixed figures.
maker=$(dirname "$(command -v farmdb)")/../tests/farm_maker
unset MAKEFLAGS

# demo.c, the program ./demo with its tables, and farm.db-records/.
demo_build() {
    cat >demo.c <<'E2'
#include <string.h>

static inline int twice(int x)
{
    return x * 2;
}

int work(int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += twice(i) ^ n;
    if (sum > 7)
        sum--;
    return sum;
}

int main(int argc, char **argv)
{
    return work(argc) + (int)strlen(argv[0]);
}
E2
    ${CC:-cc} -g -O0 -Wl,--build-id -o demo demo.c
    "$maker" <<E2
sites tables 0x77 4 $PWD demo.c
file demo.c demo.c
function 0 3 6 twice 1*3
function 0 8 16 work 1*0
function 0 18 21 main 1*1
refused 0 30 31 odd it uses a computed goto
line 0 0 3 1*3
line 0 0 5 1*3
line 1 0 8 1*0
line 1 0 10 1*0
line 1 0 11 1*0,1*2
line 1 0 12 1*2 loop
line 1 0 13 1*0
line 1 0 14 1*0,-1*1
line 1 0 15 1*0
line 2 0 18 1*1
line 2 0 20 1*1
end
sites tables 0x78 0 $PWD other.c
file other.c
reason it does not parse
end
source src demo.c
E2
    objcopy --add-section .farm_sites=tables --add-section .farm_src=src demo
    mkdir -p farm.db-records
}

# demo_record IDENTITY [LINE...]: a record of ./demo; further script lines come from the arguments.
demo_record() {
    identity=$1
    shift
    {
        cat <<E2
record farm.db-records $identity
set pid $((4240 + identity))
set start_ns $((1700000000 + identity))000000000
set wall_ns 2000000000
set user_ns 1000000000
set sys_ns 100000000
set max_rss_kb 12345
set sampler 1
set sample_hz 1000
set threads_peak 2
info exe $PWD/demo
info cwd $PWD
info host box
info kernel 6.1
info cpu Some CPU
info cores 4
argv ./demo a b
module demo 1 0x550000000000 0x550000001000 0x550000002000
module /lib/libother.so.6 0 0x7f0000000000 0x7f0000000000 0x7f0000200000
unit 0x77 0 4 64
block 0 64 10 1 500 500
block 1 64 1 0 499 499
node @0:20 - 0
node @0:12 0 40
node @0:5 1 30
node @0:11 0 10
node 0x7f0000001000 0 15
node 0x7f0000001000 - 5
E2
        for more in "$@"; do echo "$more"; done
        echo end
    } | "$maker"
}
