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
    /** NULL where the image lacks a need: the test is not linked then. */
    const char *(*run)(void);
    /** What it needs of the image. */
    const char *needs;
};

/** A test for every image. */
#define TEST(function) {#function, function, ""}
/** A test for images that have what the expression says. */
#define TEST_WITH(function, expression) {#function, (expression) ? function : NULL, #expression}

/** 1 if the macro is 1, and 0 if it is not defined: PSA_WANT_* of casemate/crypto_config.h, and
    SERVICE_* with the name of a service, which the runner defines. */
#define HAS(macro) HAS_VALUE(macro)
#define HAS_VALUE(value) HAS_SECOND(HAS_COMMA_##value 1, 0, 0)
#define HAS_SECOND(...) HAS_SECOND_OF(__VA_ARGS__)
#define HAS_SECOND_OF(first, second, ...) second
#define HAS_COMMA_1 0,

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
    size_t ran = 0;
    for (size_t index = 0; index < count; index++) {
        if (tests[index].run == NULL) {
            printf("without %s: %s::%s\n", tests[index].needs, group, tests[index].name);
            continue;
        }
        const char *failed = tests[index].run();
        ran++;
        if (failed == NULL) {
            printf("test %s::%s ... ok\n", group, tests[index].name);
        } else {
            printf("test %s::%s ... FAILED: %s\n", group, tests[index].name, failed);
            status = 1;
        }
    }
    printf("cases: %u of %u\n", (unsigned)ran, (unsigned)count);
    return status;
}

#endif
