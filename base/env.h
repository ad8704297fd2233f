/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every FARM_* environment variable, once: X(name, who reads it, default, meaning). `farmdb env` prints the list; the
 * runtime, which may include nothing of base/, keeps its rows in runtime/options.c and a test compares the two.
 * Who: "farmcc" while building, "runtime" inside the program, "farmdb" when asking; joined by a comma.
 */
#ifndef BASE_ENV_H
#define BASE_ENV_H

#define ENV_LIST(X) \
    X("FARM_CC", "farmcc", "cc", "the real compiler") \
    X("FARMCC", "farmcc", "on", "off: call the real compiler and nothing else") \
    X("FARM_INCLUDE", "farmcc", "", "globs of files and functions to instrument, separated by commas") \
    X("FARM_EXCLUDE", "farmcc", "", "globs of files and functions to leave alone, separated by commas") \
    X("FARM_DIAGNOSTICS", "farmcc", "fast", "exact: compile the untouched text first, always") \
    X("FARM_VERBOSE", "farmcc", "", "1: say on stderr what is done") \
    X("FARM_CACHE", "farmcc,farmdb", "~/.cache/farm", "folder of the debug information kept by build-id") \
    X("FARM_DB", "runtime,farmdb", "", "the store; else the nearest farm.db upward from the working folder") \
    X("FARM_LABEL", "runtime", "", "label of the run") \
    X("FARM_OFF", "runtime", "", "1: record nothing") \
    X("FARM_HZ", "runtime", "1000", "samples per second of CPU time; 0: none") \
    X("FARM_SAMPLER", "runtime", "auto", "auto, perf, timer or none") \
    X("FARM_RUN", "runtime", "", "set by `farmdb record`: the run that the processes belong to") \
    X("FARM_PARAM_*", "runtime", "", "FARM_PARAM_NAME=VALUE: a parameter of the run, stored with it")

#endif
