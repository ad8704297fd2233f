#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A guest's manners. In each situation the program prints and returns what the plain build does, and what was recorded
# is exact, hits and allocations both, or the loss is said. Everything is switched on, as it is by default.
#
# | trap                                    | test                                                                  |
# |-----------------------------------------|-----------------------------------------------------------------------|
# | fork in the middle of a function        | here fork; death.sh fork, fork-deep; runtime_counts.sh fork-threads   |
# | _Fork, raw clone                        | here _Fork; runtime_counts.sh stray-fork, raw-clone                   |
# | vfork                                   | here vfork; death.sh vfork; runtime_counts.sh vfork                   |
# | exec, also failing, also of itself      | here exec; death.sh exec, exec-self, failing-exec                     |
# | posix_spawn                             | here spawn                                                            |
# | quick_exit, _exit, signals, SIGKILL     | here quick_exit; death.sh; runtime_ends.sh                            |
# | main never returns                      | here daemon; death.sh report, spin, pthread_exit                      |
# | dlopen and dlclose, threads at it       | here dlopen; runtime_counts.sh plug-in                                |
# | only a plug-in is instrumented          | here dlopen of a plain program; runtime_counts.sh plug-in alone       |
# | RTLD_LOCAL, version scripts, -shared    | here dlopen; mixed.sh                                                 |
# | static linking                          | runtime_counts.sh, the last lines                                     |
# | OpenMP                                  | here openmp; threads.sh                                               |
# | setjmp and longjmp across frames        | here setjmp; death.sh setjmp                                          |
# | signal handlers on alternate stacks     | here altstack; runtime_counts.sh altstack; death.sh segv-handled      |
# | ucontext                                | here ucontext                                                         |
# | thrd_create                             | here thrd_create                                                      |
# | 1,000 short threads                     | here short-threads; runtime_counts.sh short-threads (few blocks)      |
# | detached threads alive at exit          | here detached; runtime_counts.sh detached                             |
# | TLS destructors                         | here tls-destructors                                                  |
# | destructors and atexit of the program   | runtime_counts.sh late                                                |
# | a daemon that closes all descriptors    | here daemon; runtime_ends.sh daemon                                   |
# | chroot                                  | here chroot                                                           |
# | setuid drop                             | here setuid                                                           |
# | seccomp that forbids perf_event_open    | here seccomp; runtime_time.sh noperf                                  |
# | seccomp that forbids nearly all         | runtime_guest.sh sandbox; mixed.sh strict                             |
# | disk full                               | here disk; runtime_guest.sh a full disk                               |
# | RLIMIT_FSIZE, RLIMIT_AS                 | here limits; runtime_guest.sh                                         |
# | read-only working directory             | here read-only                                                        |
# | FARM_DB unwritable                      | here unwritable; runtime_guest.sh                                     |
# | two runs in one directory               | here two runs                                                         |
# | unshare(CLONE_NEWUSER)                  | here unshare; runtime_guest.sh guest                                  |
# | putc loop, libc's single-thread mode    | here putc; runtime_guest.sh guest; bench/run.sh (its cost)            |
# | environment, descriptors, signals       | here given; runtime_guest.sh guest                                    |
# | stderr that is not ours any more        | runtime_guest.sh                                                      |
# | Valgrind                                | runtime_guest.sh under Valgrind                                       |
# | process storms                          | storm.sh                                                              |
# | a record that must not grow for ever    | growing.sh; unit/test_runtime_tree.c; bench/long.sh                   |
. "$(dirname "$0")/lib.sh"
. "$e2e/runtime_lib.sh"
source=$e2e/src/manners.c
work_line=$(source_line "$source" '/* work */')
FARM_LABEL=all
export FARM_LABEL

# both PLAIN FARM ARGUMENT...: runs both alike; their output and status are the same
both() {
    plain=$1 farm=$2 mode=$3
    shift 2
    fresh_store
    want=0 status=0
    "$plain" "$@" >want 2>want.err || want=$?
    [ $want != 77 ] || { echo "not tried here: $mode"; return 1; }
    "$farm" "$@" >out 2>err || status=$?
    expect "status of $mode, $cc" "$status" "$want"
    same "what $mode prints, $cc" want out
}

quiet() {
    same "stderr of $mode, $cc" want.err err
    expect "notes of $mode, $cc" "$(query "SELECT note FROM process WHERE note <> ''")" ""
}

# recorded: hits of the work line, allocations there, and whole blocks among their bytes
recorded() {
    echo "$(hits manners.c "$work_line" all) $(query "SELECT sum(allocs), sum(bytes) / 48 FROM line_heap
        WHERE file LIKE '%/manners.c' AND line = $work_line" | tr , ' ')"
}

# exact EXPECTED: so many pieces of work, and all the memory
exact() {
    quiet
    expect "hits, allocations and blocks of $mode, $cc" "$(recorded)" "$1 $1 $1"
}

# check EXPECTED MODE [ARGUMENT]
check() {
    expected=$1
    shift
    both ./plain ./farm "$@" || return 0
    exact "$expected"
}

# said WORDS: the loss is on stderr, in one line, and with the run
said() {
    expect "lines on stderr, $mode, $cc" "$(wc -l <err)" 1
    grep -q "$1" err || fail "$mode is not explained: $(cat err)"
}

processes() {
    check 3000 fork
    check 2000 vfork
    check 2000 exec
    check 3000 spawn
    expect "processes of $mode" "$(query 'SELECT count(*) FROM process')" 2
    check 2000 quick_exit
    if both ./plain ./farm daemon; then
        wait_until "the end of the daemon" none_alive pid
        exact 3000
    fi
    # Helpers of forked children open perf beside the program: its descriptors stay its own.
    for i in $(seq 60); do
        FARM_LABEL=again ./farm daemon >/dev/null 2>err || fail "daemon, run $i, $cc: $(cat err)"
    done
    both ./plain ./farm _Fork
    said "started without fork"
    within "hits where a child was not seen to start, $cc" "$(hits manners.c "$work_line" all)" 2000 3000
}

threads() {
    check 1000000 short-threads
    check 4000 thrd_create
    check 4000 detached
    check 24000 tls-destructors
    check 1000 openmp
}

plugins() {
    plugin_line=$(source_line "$e2e/src/manners_plugin.c" '/* plugin work */')
    ./plain dlopen ./plain.so >want
    for program in ./farm ./plain; do
        plugin=$([ $program = ./farm ] && echo ./farm.so || echo ./alone.so)
        fresh_store
        "$program" dlopen $plugin >out 2>err
        same "what a program with a plug-in prints, $cc" want out
        expect "stderr with a plug-in, $cc" "$(cat err)" ""
        expect "hits in a plug-in loaded by four threads, $program, $cc" \
            "$(hits manners_plugin.c "$plugin_line" all)" 4000
    done
}

stacks() {
    check 1000 setjmp
    check 1000 altstack
    expect "hits of the handler, $cc" "$(hits manners.c "$(source_line "$source" '/* handler */')" all)" 1000
    check 2000 ucontext
}

rights() {
    check 6000 unshare
    mode=seccomp
    fresh_store
    ./noperf ./farm threads >out 2>err || fail "$mode: the program fails"
    : >want.err
    exact 9000
    expect "sampler under $mode" "$(query 'SELECT sampler FROM process')" timer
    [ "$(id -u)" = 0 ] || { echo "not tried here, for lack of rights: chroot, setuid"; return 0; }
    mkdir -p jail
    for mode in chroot setuid; do
        both ./plain ./farm $mode jail || continue
        if [ -s err ]; then
            said "the record file cannot be reached"
            within "hits after $mode, $cc" "$(hits manners.c "$work_line" all)" 1000 9000
        else
            exact 9000
        fi
    done
    bare_root
}

# Started where neither /proc nor /sys is: named, and sampled as it is here.
bare_root() {
    cat >bare.c <<'C'
int main(void)
{
    volatile double x = 1;
    for (long i = 0; i < 30000000; i++)
        x = x / 1.1 + 1;
    return 0;
}
C
    "$farmcc" -O2 -static bare.c -o jail/bare
    mode="a bare root"
    fresh_store
    ./jail/bare
    sampler=$(query 'SELECT sampler FROM process')
    FARM_DB=/farm.db chroot jail /bare
    FARM_DB=$work/jail/farm.db
    expect "sampler in $mode" "$(query 'SELECT sampler FROM process')" "$sampler"
    "$farmdb" runs | grep -q ' /bare$' || fail "$mode: the run has no name"
    fresh_store
    FARM_DB=$work/farm.db
}

# Room for some of it: all, or what was said
limited() {
    expect "status of $mode, $cc" "$status" 0
    hit=$(hits manners.c "$work_line" all)
    if [ "$hit" = 9000 ]; then
        echo "$mode: exact"
    else
        said "no room\|no memory"
        within "hits with $mode, $cc" "$hit" 0 8999
        expect "notes of $mode, $cc" "$(query "SELECT count(*) FROM process WHERE note <> ''")" 1
    fi
}

limits() {
    for blocks in 8 100 200 400; do
        mode="a file of $blocks KB at most" status=0
        fresh_store
        sh -c "ulimit -f $((2 * blocks)); exec ./farm threads" >out 2>err || status=$?
        if [ -e "$FARM_DB-records" ] && find "$FARM_DB-records" -name '*.rec' | grep -q .; then
            limited
        else
            expect "status of $mode, $cc" "$status" 0
            said "nothing is recorded"
        fi
    done
    # Ours takes address space as well: some 5 MB, and a 64th of the limit, at least 2 MB, for each
    # thread. Where that may have cost the program a thread, it is said.
    mode="200 MB of address space" status=0
    fresh_store
    sh -c "ulimit -s 1024; ulimit -v 200000; exec ./farm threads" >out 2>err || status=$?
    limited
    fresh_store
    FARM_CC=$cc "$farmcc" -O2 -pthread "$root/tests/e2e/src/eight_threads.c" -o eight
    expect "8 threads in 104 MB, $cc" "$(sh -c 'ulimit -s 8192; ulimit -v 104000; exec ./eight' 2>&1)" 8
    for size in 85000 76000; do
        mode="8 threads in $size KB"
        fresh_store
        sh -c "ulimit -s 8192; ulimit -v $size; exec ./eight" >out 2>err || true
        said "near its limit of address space\|no memory for its counters"
        expect "notes of $mode, $cc" "$(query "SELECT count(*) FROM process WHERE note <> ''")" 1
    done
}

disk() {
    mkdir -p small
    [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=36k none small 2>/dev/null ||
        { echo "not tried here: a full disk"; return 0; }
    mode="a full disk" status=0
    fresh_store
    FARM_DB=$work/small/farm.db ./farm threads >out 2>err || status=$?
    records=small/farm.db-records
    settled
    mkdir -p "$FARM_DB-records"
    cp small/farm.db-records/*.rec "$FARM_DB-records/"
    umount small
    limited
}

folders() {
    mode="a read-only working directory" status=0
    mkdir -p sealed
    chmod 555 sealed
    if [ "$(id -u)" != 0 ] || can_be_user; then
        as=
        [ "$(id -u)" != 0 ] || as=as_user
        (unset FARM_DB; cd sealed && $as ../farm threads >../out 2>../err) || status=$?
        expect "status in $mode, $cc" "$status" 0
        said "nothing is recorded"
    fi
    chmod 755 sealed
    mode="an unwritable store" status=0
    FARM_DB=$work/sealed/not/there/farm.db ./farm threads >out 2>err || status=$?
    [ ! -s err ] || said "nothing is recorded"
    expect "status with $mode, $cc" "$status" 0
    FARM_DB=/proc/farm.db ./farm threads >out 2>err
    said "nothing is recorded"
    mode="two runs"
    fresh_store
    ./farm threads & ./farm threads & wait
    expect "runs of two at a time, $cc" "$(query 'SELECT count(*) FROM run')" 2
    expect "hits of two at a time, $cc" "$(hits manners.c "$work_line" all)" 18000
}

for cc in $(compilers); do
    FARM_CC=$cc
    export FARM_CC
    openmp=-fopenmp
    "$cc" -O2 $openmp "$source" -o plain -ldl 2>/dev/null || openmp=
    "$cc" -O2 $openmp "$source" -o plain -ldl 2>/dev/null
    "$farmcc" -O2 $openmp "$source" -o farm -ldl
    "$cc" -O2 -shared -fPIC "$e2e/src/manners_plugin.c" -o plain.so
    "$farmcc" -O2 -shared -fPIC "$e2e/src/manners_plugin.c" -o farm.so
    "$farmcc" -O2 -shared -fPIC "$e2e/src/manners_plugin.c" -Wl,-u,__farm_register "$FARM_BUILD/lib/farm/libfarm.a" \
        -o alone.so
    gcc -O2 "$e2e/src/runtime_noperf.c" -o noperf
    processes
    threads
    plugins
    stacks
    rights
    check 1 putc
    check 1000 given
    limits
    disk
    folders
    echo "$cc: a good guest"
done
