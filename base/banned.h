/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Force-included into the tools: functions that are misused too easily become compile errors. System headers come
 * first, so that their own declarations stand.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok atoi atol atof
#pragma GCC poison gmtime localtime ctime asctime

#endif
