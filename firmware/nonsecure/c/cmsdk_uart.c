/* SPDX-License-Identifier: Apache-2.0 */
/* The console of AN521: UART0, which the secure firmware has set up and given to the non-secure
   world (CMSDK UART, DDI 0479, section 4.3). */
#include "console.h"

#include <stdint.h>

struct uart {
    volatile uint32_t data;
    volatile uint32_t status;
};

#define UART0 ((struct uart *)0x40200000)
#define TRANSMIT_FULL 1u

void console_put(char character)
{
    while ((UART0->status & TRANSMIT_FULL) != 0) {
    }
    UART0->data = (uint8_t)character;
}
