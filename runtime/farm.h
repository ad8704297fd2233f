/* SPDX-License-Identifier: MIT
 *
 * For programs that want to know whether they are built with farmcc. Programs need nothing of it to be profiled.
 */
#ifndef FARM_FARM_H
#define FARM_FARM_H

#define FARM_API_VERSION 1

#endif
