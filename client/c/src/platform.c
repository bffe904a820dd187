/* SPDX-License-Identifier: Apache-2.0 */
#include "tfm_platform_api.h"

#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'

#include <stdint.h>

/* Application Interrupt and Reset Control Register (DDI 0553, D1.2.3). */
#define RESET_CONTROL (*(volatile uint32_t *)0xe000ed0cu)
#define KEY (0x05fau << 16)
#define PRIORITY_GROUPS (7u << 8)
#define RESET_REQUEST (1u << 2)

enum tfm_platform_err_t tfm_platform_system_reset(void)
{
    /* Complete all earlier writes first. */
    __asm__ volatile("dsb" : : : "memory");
    RESET_CONTROL = KEY | (RESET_CONTROL & PRIORITY_GROUPS) | RESET_REQUEST;
    __asm__ volatile("dsb" : : : "memory");
    for (;;) {
    }
}

#else

/* For the tests on the host. */
enum tfm_platform_err_t tfm_platform_system_reset(void)
{
    return TFM_PLATFORM_ERR_SYSTEM_ERROR;
}

#endif
