/* SPDX-License-Identifier: MIT
 *
 * Comes before each of the runtime's sources (CMakeLists.txt): a local symbol by which readers of symbol tables tell
 * its functions from the program's.
 */
__asm__(".set __farm_runtime, 1");
