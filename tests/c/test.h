/* SPDX-License-Identifier: Apache-2.0 */
/** Tests in C on the device. Each prints one line for the runner on the host. */
#ifndef TEST_H
#define TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** A named test; it returns what failed, or NULL. */
struct test {
    const char *name;
    const char *(*run)(void);
};

#define TEXT_OF(token) #token
#define TEXT(token) TEXT_OF(token)
/** Ends the test when the condition does not hold. */
#define CHECK(condition)                                                 \
    do {                                                                 \
        if (!(condition)) {                                              \
            return __FILE__ ":" TEXT(__LINE__) ": " #condition;          \
        }                                                                \
    } while (0)

/** Runs tests; the status of the program. */
static inline int run_tests(const char *group, const struct test *tests, size_t count)
{
    int status = 0;
    for (size_t index = 0; index < count; index++) {
        const char *failed = tests[index].run();
        if (failed == NULL) {
            printf("test %s::%s ... ok\n", group, tests[index].name);
        } else {
            printf("test %s::%s ... FAILED: %s\n", group, tests[index].name, failed);
            status = 1;
        }
    }
    return status;
}

#endif
