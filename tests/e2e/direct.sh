#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Counters that name themselves (runtime/direct.h): threads that begin with a function of another file, or in a library
# that nobody instrumented; shared objects of objects that were compiled for a program; programs that use %gs
# themselves; C without GNU's words; and --farm-counts=pointer. Counts are exact in all of them.
. "$(dirname "$0")/lib.sh"

cat >work.c <<'E2'
#include "work.h"
static volatile unsigned sums[64];
unsigned work(unsigned n, unsigned at)
{
    for (unsigned i = 0; i < n; i++) {
        sums[at]++; /* each turn */
        if (i & 1)
            sums[at] += step(i);
    }
    return sums[at];
}
unsigned step(unsigned i)
{
    return i & 3; /* a call */
}
void *begin(void *data)
{
    work(5000, (unsigned)(unsigned long)data); /* a thread */
    return 0;
}
E2
cat >work.h <<'E2'
unsigned work(unsigned n, unsigned at), step(unsigned i);
void *begin(void *data);
E2
turn=$(source_line work.c 'each turn') call=$(source_line work.c 'a call') thread=$(source_line work.c 'a thread')

# exactly WHAT THREADS: what THREADS of 5000 turns count
exactly() {
    expect "turns, $1" "$(hits work.c "$turn")" $(($2 * 5000))
    expect "calls, $1" "$(hits work.c "$call")" $(($2 * 2500))
    expect "threads, $1" "$(hits work.c "$thread")" "$2"
}
uses_gs() { objdump -d "$1" | grep -q '%gs:'; }

# ---- threads whose first function is another file's
cat >threads.c <<'E2'
#include <pthread.h>
#include <threads.h>
#include "work.h"
static int begin_c11(void *data) { begin(data); return 0; }
int main(void)
{
    for (int round = 0; round < 100; round++) {
        pthread_t ids[8];
        thrd_t c11;
        for (unsigned long i = 0; i < 8; i++)
            if (pthread_create(&ids[i], 0, begin, (void *)i))
                return 1;
        if (thrd_create(&c11, begin_c11, (void *)8) != thrd_success)
            return 1;
        for (int i = 0; i < 8; i++)
            pthread_join(ids[i], 0);
        thrd_join(c11, 0);
    }
    return 0;
}
E2
for cc in $(compilers); do
    for how in "" -static -fPIC --farm-counts=pointer -O0 -flto; do
        # shellcheck disable=SC2086
        FARM_CC=$cc "$farmcc" -O2 -pthread $how work.c threads.c -o threads 2>err || {
            [ "$how" = -flto ] && continue           # clang without its linker
            fail "$cc $how: $(cat err)"
        }
        fresh_store
        ./threads || fail "threads, $cc $how"
        exactly "threads, $cc $how" 900
        case $how in
        -fPIC|--farm-counts=pointer) ! uses_gs threads || fail "%gs in spite of $how" ;;
        -static) ;;
        *) uses_gs threads || fail "no %gs, $cc $how" ;;
        esac
    done
done

# ---- threads that a library makes, which knows the function by its name only
cat >pool.c <<'E2'
#include <dlfcn.h>
#include <pthread.h>
void pool(int threads)
{
    void *(*begin)(void *) = (void *(*)(void *))dlsym(RTLD_DEFAULT, "begin");
    pthread_t ids[64];
    for (long i = 0; i < threads; i++)
        pthread_create(&ids[i], 0, begin, (void *)i);
    for (int i = 0; i < threads; i++)
        pthread_join(ids[i], 0);
}
E2
echo 'void pool(int); int main(void) { pool(40); return 0; }' >host.c
gcc -O2 -fPIC -shared pool.c -o libpool.so -pthread
"$farmcc" -O2 work.c host.c -o host -rdynamic -L. -lpool -Wl,-rpath,"$work"
fresh_store
./host
exactly "a library's threads" 40

if command -v g++ >/dev/null; then
    cat >lambda.cc <<'E2'
#include <thread>
#include <vector>
extern "C" { unsigned work(unsigned n, unsigned at); void *begin(void *data); }
int main()
{
    std::vector<std::thread> all;
    for (long i = 0; i < 16; i++)
        all.emplace_back([i] { begin((void *)i); });
    for (auto &t : all)
        t.join();
}
E2
    "$farmcc" -O2 -c work.c
    g++ -O2 -c lambda.cc -o lambda.o
    FARM_LINK=g++ "$farmcc" -O2 work.o lambda.o -o lambda -pthread
    fresh_store
    ./lambda
    exactly "threads of C++" 16
fi

# ---- an object that was compiled for a program, in a shared one: linked by us, and by others without a runtime
"$farmcc" -O2 -fPIE -c work.c
cat >loads.c <<'E2'
#include <dlfcn.h>
#include <stdio.h>
static volatile int own;
int main(int argc, char **argv)
{
    for (int k = 1; k < argc; k++) {
        void *so = dlopen(argv[k], RTLD_NOW);
        void *(*begin)(void *) = so ? (void *(*)(void *))dlsym(so, "begin") : 0;
        if (!begin)
            return 1;
        for (long i = 0; i < 3; i++) {
            own++; /* own */
            begin((void *)i);
        }
    }
    printf("%d\n", own);
    return 0;
}
E2
"$farmcc" -O2 loads.c -o loads
gcc -O2 loads.c -o plain
own=$(source_line loads.c '/* own */')
# stray NAME: the object as NAME, in a program with counters and in one without
stray() {
    fresh_store
    expect "output with $1" "$(./loads "./$1")" 3
    exactly "$1" 3
    expect "own count with $1" "$(hits loads.c "$own")" 3
    expect "output of a plain program with $1" "$(./plain "./$1")" 3
}
if gcc -shared work.o -o theirs.so 2>/dev/null; then
    stray theirs.so
    "$farmcc" -shared work.o -o ours.so
    stray ours.so
else
    echo "not tried here: the linker takes no such object for a shared one"
fi

# ---- a program that uses %gs itself
cat >taken.c <<'E2'
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "work.h"
static long place[2] = {41, 42};
static long mine(void)
{
    long value;
    __asm__ volatile("movq %%gs:8, %0" : "=r"(value));
    return value;
}
int main(void)
{
    if (syscall(SYS_arch_prctl, 0x1001, place))
        return 1;
    begin(0);
    begin((void *)1);
    pid_t child = fork();
    if (child == 0)
        _exit(!(begin(0) || mine() == 42));
    int status;
    waitpid(child, &status, 0);
    printf("%ld %d\n", mine(), status);
    return 0;
}
E2
"$farmcc" -O2 work.c taken.c -o taken
fresh_store
expect "a program's own %gs" "$(./taken)" "42 0"
exactly "a program's own %gs" 3
expect "a program's own %gs, FARM_OFF=1" "$(FARM_OFF=1 ./taken)" "42 0"

sed 's/begin((void \*)1);/pthread_t thread; pthread_create(\&thread, 0, begin, (void *)1); pthread_join(thread, 0);/
     s/#include <stdio.h>/&\n#include <pthread.h>/' taken.c >taken_threads.c
"$farmcc" -O2 -pthread work.c taken_threads.c -o taken_threads
fresh_store
expect "a program's own %gs, two threads" "$(./taken_threads 2>err)" "42 0"
exactly "a program's own %gs, threads that do not meet" 3
grep -q 'farm-counts=pointer' err || fail "nothing is said of counts that may race: $(cat err)"

# ---- more counters than fit into the first pages of a block
awk 'BEGIN {
    for (f = 0; f < 5000; f++) {
        printf "int f%d(int a)\n{\n", f
        for (i = 0; i < 12; i++) printf "    if (a > %d)\n        return a + %d;\n", 40 * i, i
        print "    return 0;\n}"
    }
    print "int main(void)\n{\n    int sum = 0;"
    for (f = 0; f < 5000; f += 7) printf "    sum += f%d(%d);\n", f, f % 500
    print "    return sum == 0;\n}"
}' >many.c
"$farmcc" -O0 many.c -o many
fresh_store
./many || fail "many counters: status $?"
expect "functions of many that ran" "$(query "SELECT count(*) FROM calls WHERE calls > 0")" 716

# ---- words that are names in strict C
cat >strict.c <<'E2'
#include "work.h"
static int asm, typeof;
int main(void)
{
    asm = 1;
    typeof = asm + 1;
    begin(0);
    return asm + typeof - 3;
}
E2
for standard in c99 c11 iso9899:1999; do
    "$farmcc" -O2 -std=$standard -pedantic-errors -Wall -Wextra work.c strict.c -o strict 2>err ||
        fail "$standard: $(cat err)"
    expect "warnings, $standard" "$(cat err)" ""
    fresh_store
    ./strict || fail "strict.c"
    exactly "-std=$standard" 1
    expect "lines, $standard" "$(hits strict.c "$(source_line strict.c 'typeof = asm')")" 1
done
"$farmcc" -O2 -std=c11 -c work.c
uses_gs work.o || fail "no %gs with -std=c11"
echo "exact, however threads begin and whoever uses %gs"
