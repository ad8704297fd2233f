/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words to the user, on stderr, and the exit codes of both tools. Messages carry the tool's name (msg_tool), no full
 * stop needed, no newline. One sentence: what, where, what to do.
 */
#ifndef BASE_MSG_H
#define BASE_MSG_H

enum exit_code {
    EXIT_OK = 0,
    EXIT_REGRESSION = 1,         /* of `farmdb check`; farmcc passes on the compiler's own status */
    EXIT_USAGE = 2,
    EXIT_UNDECIDED = 3,          /* not enough data to answer */
    EXIT_DATA = 4,               /* store or file cannot be read or written */
    EXIT_NOT_FOUND = 127         /* the program to run does not exist */
};

extern const char *msg_tool;     /* set once by main: "farmcc" or "farmdb" */

void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void die(enum exit_code code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Our own bug: says where, aborts. */
#define BUG(text) msg_bug(__FILE__, __LINE__, text)
_Noreturn void msg_bug(const char *file, int line, const char *text);

#endif
