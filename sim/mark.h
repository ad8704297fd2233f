/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one place where farmsim speaks to its profiler: a mark for each step, regions named after subsystems, metrics,
 * parameters. All vanish where runtime/farm.h is missing or farmcc does not compile.
 */
#ifndef SIM_MARK_H
#define SIM_MARK_H

#if defined(__has_include)
#if __has_include("runtime/farm.h")
#include "runtime/farm.h"
#endif
#endif

#ifdef FARM_STEP
#define MARK_STEP(name) FARM_STEP(name)
#else
#define MARK_STEP(name) ((void)0)
#endif

#if defined FARM_BEGIN && defined FARM_END
#define MARK_BEGIN(name) FARM_BEGIN(name)
#define MARK_END(name) FARM_END(name)
#else
#define MARK_BEGIN(name) ((void)0)
#define MARK_END(name) ((void)0)
#endif

#ifdef FARM_METRIC
#define MARK_METRIC(name, value) FARM_METRIC(name, value)
#else
#define MARK_METRIC(name, value) ((void)(value))
#endif

#ifdef FARM_PARAM
#define MARK_PARAM(name, value) FARM_PARAM(name, value)
#else
#define MARK_PARAM(name, value) ((void)(value))
#endif

#ifdef FARM_PARAM_TEXT
#define MARK_TEXT(name, text) FARM_PARAM_TEXT(name, text)
#else
#define MARK_TEXT(name, text) ((void)(text))
#endif

#endif
