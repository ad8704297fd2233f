/* SPDX-License-Identifier: MIT
 *
 * System calls without libc: they leave errno alone, and the helper, which shares its creator's thread pointer, may use
 * them. Results are as the kernel gives them: a negative error number on failure.
 */
#ifndef FARM_SYS_H
#define FARM_SYS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>

#ifndef __x86_64__
#error "libfarm knows the system calls and call instructions of x86-64 Linux only"
#endif

/* Any number of arguments up to six, integers or pointers. */
#define farm_sys(...) FARM_SYS_PAD(__VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define FARM_SYS_PAD(n, a, b, c, d, e, f, ...) \
    farm_sys_call((n), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

static inline long farm_sys_call(long n, long a, long b, long c, long d, long e, long f)
{
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

/* Starts fn on its own stack in a task made with `flags`; fn must not return. Yields the task's id in the creator. */
static inline long farm_sys_clone(unsigned long flags, char *stack_top, void (*fn)(void))
{
    long result;
    register long r10 __asm__("r10") = 0;
    register long r8 __asm__("r8") = 0;
    register void (*start)(void) __asm__("r9") = fn;
    __asm__ volatile("syscall\n\t"
                     "test %%rax, %%rax\n\t"
                     "jnz 1f\n\t"
                     "xor %%ebp, %%ebp\n\t"
                     "call *%%r9\n\t"
                     "hlt\n"
                     "1:"
                     : "=a"(result)
                     : "a"(SYS_clone), "D"(flags), "S"(stack_top), "d"(0), "r"(r10), "r"(r8), "r"(start)
                     : "rcx", "r11", "memory");
    return result;
}

static inline int farm_sys_failed(long result)
{
    return result < 0 && result >= -4095;
}

#define FARM_SIGSET_LEN 8        /* the kernel's sigset_t */

/* Both are marked so that the compiler cannot turn them into calls of libc's (which binds lazily, with locks). */
static inline void farm_copy(void *to, const void *from, size_t len)
{
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(len) : : "memory");
}

static inline void farm_zero(void *to, size_t len)
{
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(len) : "a"(0) : "memory");
}

#endif
