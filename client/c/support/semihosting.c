/* SPDX-License-Identifier: Apache-2.0 */
#include "semihosting.h"

#include <stdint.h>
#include <string.h>

enum { OPEN = 0x01, READ = 0x06, GET_COMMAND_LINE = 0x15, EXIT_EXTENDED = 0x20 };
enum { READ_BINARY = 1 };
#define APPLICATION_EXIT 0x20026

static int call(int operation, void *block)
{
    register int r0 __asm__("r0") = operation;
    register void *r1 __asm__("r1") = block;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

int semihosting_command_line(char *buffer, size_t size)
{
    uint32_t block[] = {(uint32_t)buffer, size};
    return call(GET_COMMAND_LINE, block) == 0 ? (int)block[1] : -1;
}

int semihosting_open(const char *path)
{
    uint32_t block[] = {(uint32_t)path, READ_BINARY, strlen(path)};
    return call(OPEN, block);
}

size_t semihosting_read(int handle, void *buffer, size_t size)
{
    uint32_t block[] = {(uint32_t)handle, (uint32_t)buffer, size};
    const size_t left = (size_t)call(READ, block);
    return left <= size ? size - left : 0;
}

void semihosting_exit(int status)
{
    uint32_t block[] = {APPLICATION_EXIT, (uint32_t)status};
    for (;;) {
        call(EXIT_EXTENDED, block);
    }
}
