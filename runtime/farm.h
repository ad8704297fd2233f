/* SPDX-License-Identifier: MIT
 *
 * What a program may say of itself to its profiler: farm.h(3). Programs need nothing of it to be profiled.
 *
 * For C89 and later and C++98 and later. Built without farmcc everything here is gone: nothing is included or called,
 * and arguments are not evaluated. Built with farmcc, or with FARM_ENABLED defined (files of C++, which farmcc does not
 * rewrite), the runtime is called where one is linked, and nothing is where none is. All may be called by any thread;
 * in a signal handler a mark that interrupts another one is not recorded.
 *
 *   FARM_STEP(name)             a step begins here, and the one before of that name and thread ends: call it once in
 *                               each turn of the main loop. The process's steps are those of the name used first.
 *   FARM_BEGIN(name)            a region begins; regions nest, by thread ...
 *   FARM_END(name)              ... and ends, with regions inside that are still open (longjmp, an exception)
 *   FARM_SCOPE(name)            a region from here to the end of the block (C++, and C of gcc and clang)
 *   FARM_METRIC(name, value)    a figure of the program, by step; value is made a double
 *   FARM_PARAM(name, value)     a parameter of the run: a number ...
 *   FARM_PARAM_TEXT(name, text) ... or a text; each as it was said last
 *   farm_stop()                 takes nothing into account from here ...
 *   farm_start()                ... to here; FARM_START=off in the environment starts like this
 *   farm_reset()                everything so far was in vain: hits, times, allocations and marks start from zero
 *   farm_dump(label)            what is known so far becomes a run of its own, with this label (NULL: none), which
 *                               farmdb can read at once. 0, or -1 where nothing is recorded
 *
 * farm_stop, farm_start and farm_reset are exact for the calling thread, in the middle of any function: figures are
 * those of what ran between. In threads that run meanwhile, loops without calls count where they end. Wall time,
 * memory, threads, series and parameters are of the whole process always. A region or step that such a call falls into
 * is not timed. Names are compared by content and cut to 55 bytes; a thread has 256 of them at most.
 */
#ifndef FARM_FARM_H
#define FARM_FARM_H

#define FARM_API_VERSION 1

#if (defined __FARMCC__ || defined FARM_ENABLED) && defined __GNUC__
#pragma GCC system_header

#ifdef __cplusplus
extern "C" {
#endif
#define FARM_WEAK_ __attribute__((__weak__, __visibility__("default")))
extern FARM_WEAK_ void __farm_step(const char *name);
extern FARM_WEAK_ void __farm_enter(const char *name);
extern FARM_WEAK_ void __farm_leave(const char *name);
extern FARM_WEAK_ void __farm_metric(const char *name, double value);
extern FARM_WEAK_ void __farm_param(const char *name, double value);
extern FARM_WEAK_ void __farm_param_text(const char *name, const char *text);
extern FARM_WEAK_ void __farm_collect(int on);
extern FARM_WEAK_ void __farm_reset(void);
extern FARM_WEAK_ int __farm_dump(const char *label);
#undef FARM_WEAK_
#ifdef __cplusplus
}
#endif

#define FARM_INLINE_ static __inline__ __attribute__((__unused__, __no_instrument_function__))
FARM_INLINE_ void farm_step_(const char *name)
{
    if (__farm_step)
        __farm_step(name);
}
FARM_INLINE_ void farm_enter_(const char *name)
{
    if (__farm_enter)
        __farm_enter(name);
}
FARM_INLINE_ void farm_leave_(const char *name)
{
    if (__farm_leave)
        __farm_leave(name);
}
FARM_INLINE_ void farm_metric_(const char *name, double value)
{
    if (__farm_metric)
        __farm_metric(name, value);
}
FARM_INLINE_ void farm_param_(const char *name, double value)
{
    if (__farm_param)
        __farm_param(name, value);
}
FARM_INLINE_ void farm_param_text_(const char *name, const char *text)
{
    if (__farm_param_text)
        __farm_param_text(name, text);
}
FARM_INLINE_ void farm_collect_(int on)
{
    if (__farm_collect)
        __farm_collect(on);
}
FARM_INLINE_ void farm_reset_(void)
{
    if (__farm_reset)
        __farm_reset();
}
FARM_INLINE_ int farm_dump_(const char *label)
{
    return __farm_dump ? __farm_dump(label) : -1;
}

#define FARM_STEP(name) farm_step_(name)
#define FARM_BEGIN(name) farm_enter_(name)
#define FARM_END(name) farm_leave_(name)
#define FARM_METRIC(name, value) farm_metric_(name, (double)(value))
#define FARM_PARAM(name, value) farm_param_(name, (double)(value))
#define FARM_PARAM_TEXT(name, text) farm_param_text_(name, text)
#define farm_start() farm_collect_(1)
#define farm_stop() farm_collect_(0)
#define farm_reset() farm_reset_()
#define farm_dump(label) farm_dump_(label)

#define FARM_NAME2_(a, b) a##b
#define FARM_NAME_(a, b) FARM_NAME2_(a, b)
#ifdef __cplusplus
class farm_scope_ {
    const char *name_;
    farm_scope_(const farm_scope_ &);
    farm_scope_ &operator=(const farm_scope_ &);

public:
    explicit farm_scope_(const char *name) : name_(name) { farm_enter_(name_); }
    ~farm_scope_() { farm_leave_(name_); }
};
#define FARM_SCOPE(name) farm_scope_ FARM_NAME_(farm_scope_at_, __LINE__)(name)
#else
FARM_INLINE_ const char *farm_open_(const char *name)
{
    farm_enter_(name);
    return name;
}
FARM_INLINE_ void farm_close_(const char *const *name)
{
    farm_leave_(*name);
}
#define FARM_SCOPE(name) \
    __attribute__((__cleanup__(farm_close_), __unused__)) const char *const FARM_NAME_(farm_scope_at_, __LINE__) = \
        farm_open_(name)
#endif
#undef FARM_INLINE_

#else
#define FARM_STEP(name) ((void)0)
#define FARM_BEGIN(name) ((void)0)
#define FARM_END(name) ((void)0)
#define FARM_SCOPE(name) ((void)0)
#define FARM_METRIC(name, value) ((void)sizeof(value))
#define FARM_PARAM(name, value) ((void)sizeof(value))
#define FARM_PARAM_TEXT(name, text) ((void)sizeof(text))
#define farm_start() ((void)0)
#define farm_stop() ((void)0)
#define farm_reset() ((void)0)
#define farm_dump(label) (-1)
#endif

#endif
