/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every FARM_* environment variable, once: X(name, who reads it, default, meaning). `farmdb env` prints the list; the
 * runtime, which may include nothing of base/, keeps its rows in runtime/options.c; tests/lint/env.sh compares the two,
 * and farmcc's in instrument/settings.c as well.
 * Who: "farmcc" while building, "runtime" inside the program, "farmdb" when asking; joined by a comma.
 */
#ifndef BASE_ENV_H
#define BASE_ENV_H

#define ENV_LIST(X) \
    X("FARM_CC", "farmcc", "cc, gcc or clang in PATH", "the real compiler, with options if need be") \
    X("FARMCC", "farmcc", "on", "off: call the real compiler and nothing else") \
    X("FARM_INCLUDE", "farmcc", "", "globs of files and functions to instrument, separated by commas") \
    X("FARM_EXCLUDE", "farmcc", "", "globs of files and functions to leave alone, separated by commas") \
    X("FARM_ALLOC", "farmcc", "", "globs of functions that allocate for their callers, separated by commas") \
    X("FARM_COUNTS", "farmcc", "fast", "volatile: keep no counter in a register, so that SIGKILL loses nothing") \
    X("FARM_TIME", "farmcc", "calls", "off: time no calls; exact: the lines of FARM_FUNCTION too") \
    X("FARM_FUNCTION", "farmcc", "", "globs of functions whose lines FARM_TIME=exact times, separated by commas") \
    X("FARM_DIAGNOSTICS", "farmcc", "fast", "exact: compile the untouched text first, always") \
    X("FARM_LINK", "farmcc", "the compiler", "command to link with, such as g++ for programs of C and C++") \
    X("FARM_SHOW", "farmcc", "", "1: print the rewritten source and compile nothing") \
    X("FARM_VERBOSE", "farmcc", "", "1: say on stderr what is done") \
    X("FARM_CACHE", "farmcc,farmdb", "~/.cache/farm", "folder of the debug information kept by build-id") \
    X("FARM_DB", "runtime,farmdb", "the nearest farm.db upward, else ./farm.db", "the store") \
    X("FARM_LABEL", "runtime,farmdb", "", "label of the run") \
    X("FARM_OFF", "runtime", "", "1: record nothing") \
    X("FARM_START", "runtime", "on", "off: collect nothing until the program calls farm_start") \
    X("FARM_HZ", "runtime", "1000", "samples per second of CPU time; 0: none") \
    X("FARM_HEAP", "runtime", "on", "off: allocations are not counted") \
    X("FARM_CALLS", "runtime", "on", "off: time no calls") \
    X("FARM_SAMPLER", "runtime", "auto", "where time is taken from: auto, perf, timer or none") \
    X("FARM_RUN", "runtime", "", "set by farmdb record: the run that the processes belong to") \
    X("FARM_PAGER", "farmdb", "PAGER, else less", "shows answers on a terminal; empty: none") \
    X("FARM_PAD", "farmdb", "", "set for repeated runs to vary the size of the environment; read by nobody") \
    X("FARM_PARAM_NAME", "runtime", "", "parameter NAME of the run, any number of them")

#endif
