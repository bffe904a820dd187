/* SPDX-License-Identifier: Apache-2.0 */
/** The console of the board. */
#ifndef CONSOLE_H
#define CONSOLE_H

/**
 * Prints one character; waits until there is room for it.
 * @param character  The character.
 */
void console_put(char character);

#endif
