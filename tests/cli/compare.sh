# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by the cases of compare, check and log: two versions of a program and runs of them with fixed figures.
maker=$(dirname "$(command -v farmdb)")/../tests/farm_maker
export FARM_DB="$PWD/farm.db"
mkdir -p farm.db-records old new

# link FOLDER FIRST: FOLDER/demo with its tables; FIRST is the line of twice, the others follow as in the text
link() (
    cd "$1"
    at=$2
    ${CC:-cc} -g -O0 -Wl,--build-id -o demo demo.c
    "$maker" <<E2
sites tables 0x77 4 $PWD demo.c
file demo.c demo.c
function 0 $at $((at + 3)) twice 1*3
function 0 $((at + 5)) $((at + 11)) $3 1*0
function 0 $((at + 13)) $((at + 16)) main 1*1
line 0 0 $at 1*3
line 0 0 $((at + 2)) 1*3
line 1 0 $((at + 5)) 1*0
line 1 0 $((at + 7)) 1*0
line 1 0 $((at + 8)) 1*0,1*2
line 1 0 $((at + 9)) 1*2
line 1 0 $((at + 10)) 1*0
line 2 0 $((at + 13)) 1*1
line 2 0 $((at + 15)) 1*1
end
source src demo.c
E2
    objcopy --add-section .farm_sites=tables --add-section .farm_src=src demo
)

build_both() {
    cat >old/demo.c <<'E2'
static inline int twice(int x)
{
    return x * 2;
}

int work(int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += twice(i) ^ n;
    return sum;
}

int main(int argc, char **argv)
{
    return work(argc) + !argv;
}
E2
    sed '1i static int unrelated = 1;\n' old/demo.c | sed 's/work/labour/; s/i < n; i++/i < 2 * n; i++/' >new/demo.c
    sed -i 's/return labour(argc) + !argv/return labour(argc) + !argv * unrelated/' new/demo.c
    link old 1 work
    link new 3 labour
}

# run FOLDER LABEL NUMBER LOOPS [TICKS [MORE]]: a run whose loop line was passed LOOPS times and took TICKS samples of
# 1 ms; MORE of its record
run() {
    first=$([ "$1" = old ] && echo 1 || echo 3)
    ticks=${5:-$(($4 / 10))}
    "$maker" <<E2
record farm.db-records $3
set pid $((4240 + $3))
set start_ns $((1700000000 + $3))000000000
set wall_ns $((1000000 * (ticks + 60 + $3 % 5)))
set user_ns $((1000000 * (ticks + 50)))
set sys_ns 1000000
set max_rss_kb 12345
set sampler 1
set sample_hz 1000
info exe $PWD/$1/demo
info cwd $PWD/$1
info label $2
info host box
info kernel 6.1
info cpu Some CPU
info cores 4
argv ./demo a b
${6:-info cores 4}
module $1/demo 1 0x550000000000 0x550000001000 0x550000002000
unit 0x77 0 4 64
block 0 64 10 1 $4 $4
node @0:$((first + 15)) - 0
node @0:$((first + 9)) 0 $ticks
node @0:$((first + 2)) 1 40
node @0:$((first + 8)) 0 10
end
E2
}

# runs COUNT: as many of each version, in turns, with times that differ a little
runs() {
    for i in $(seq 1 "$1"); do
        run old before $((2 * i)) 5000 $((500 + i * 7 % 10))
        run new after $((2 * i + 1)) 10000 $((1000 + i * 3 % 10))
    done
}
