/* SPDX-License-Identifier: Apache-2.0 */
/* The application resets the device. A value in .noinit survives and tells that it did. */
#include <stdint.h>
#include <tfm_platform_api.h>

#include "../test.h"

#define MARK 0x5a11ed00u

__attribute__((section(".noinit"))) static volatile uint32_t resets;

static const char *an_application_resets_the_device(void)
{
    CHECK(resets == MARK + 2);
    return NULL;
}

int main(void)
{
    static const struct test tests[] = {
        TEST(an_application_resets_the_device),
    };
    if (resets < MARK || resets > MARK + 2) {
        resets = MARK;
    }
    if (resets < MARK + 2) {
        resets = resets + 1;
        (void)tfm_platform_system_reset();
    }
    return run_tests("reset", tests, sizeof(tests) / sizeof(tests[0]));
}
