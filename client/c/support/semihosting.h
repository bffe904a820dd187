/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How a program in an emulator or under a debugger uses the host's files (Arm, "Semihosting for
 * AArch32 and AArch64"). On a device that runs alone, each of these faults.
 */
#ifndef SEMIHOSTING_H
#define SEMIHOSTING_H

#include <stddef.h>

/**
 * The command line of the program: its name and arguments with spaces between.
 * @param buffer  Where it goes, with a final NUL.
 * @param size    Room there in bytes.
 * @return Its length in bytes, or -1.
 */
int semihosting_command_line(char *buffer, size_t size);

/**
 * Opens a file of the host for reading.
 * @param path  Its name.
 * @return A handle, or -1.
 */
int semihosting_open(const char *path);

/**
 * Reads the next bytes of a file.
 * @param handle  Of an open file.
 * @param buffer  Where they go.
 * @param size    Room there in bytes.
 * @return How many were read; 0 at the end of the file.
 */
size_t semihosting_read(int handle, void *buffer, size_t size);

/**
 * Ends the emulation; its process exits with the status.
 * @param status  0 for success.
 */
void semihosting_exit(int status) __attribute__((noreturn));

#endif
