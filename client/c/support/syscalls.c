/* SPDX-License-Identifier: Apache-2.0 */
/* What newlib asks of its surroundings: output on the console, a heap, and the end. */
#include <errno.h>
#include <stddef.h>
#include <sys/stat.h>

#include "console.h"
#include "semihosting.h"

extern char __heap_start[], __heap_end[];

int _write(int file, const char *text, int length);
int _read(int file, char *buffer, int length);
int _close(int file);
int _lseek(int file, int offset, int whence);
int _fstat(int file, struct stat *status);
int _isatty(int file);
int _kill(int process, int signal);
int _getpid(void);
void *_sbrk(ptrdiff_t bytes);
void _exit(int status) __attribute__((noreturn));

int _write(int file, const char *text, int length)
{
    (void)file;
    for (int index = 0; index < length; index++) {
        console_put(text[index]);
    }
    return length;
}

int _read(int file, char *buffer, int length)
{
    (void)file, (void)buffer, (void)length;
    return 0;
}

int _close(int file)
{
    (void)file;
    return -1;
}

int _lseek(int file, int offset, int whence)
{
    (void)file, (void)offset, (void)whence;
    return 0;
}

int _fstat(int file, struct stat *status)
{
    (void)file;
    status->st_mode = S_IFCHR;
    return 0;
}

int _isatty(int file)
{
    (void)file;
    return 1;
}

int _kill(int process, int signal)
{
    (void)process, (void)signal;
    errno = EINVAL;
    return -1;
}

int _getpid(void)
{
    return 1;
}

void *_sbrk(ptrdiff_t bytes)
{
    static char *heap = __heap_start;
    if (bytes > __heap_end - heap || bytes < __heap_start - heap) {
        errno = ENOMEM;
        return (void *)-1;
    }
    char *old = heap;
    heap += bytes;
    return old;
}

void _exit(int status)
{
    semihosting_exit(status);
}
