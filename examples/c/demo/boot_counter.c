/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each boot programs the next erased word of the area. The count is the number of programmed
 * words, so that it needs no erasure until the area is full, and a power cut loses at most the
 * boot that was being counted. When the area is full the count starts again.
 *
 * The flash of this board is written like memory: an erased word is all ones, and programming
 * clears bits.
 */
#include "boot_counter.h"

#include <casemate/layout.h>
#include <stddef.h>

#define ERASED 0xffffffffu
#define PROGRAMMED 0u
#define WORDS (CASEMATE_NONSECURE_DATA_SIZE / sizeof(uint32_t))

uint32_t boot_counter_count(void)
{
    volatile uint32_t *const area = (volatile uint32_t *)CASEMATE_NONSECURE_DATA_ADDRESS;
    size_t earlier = 0;
    while (earlier < WORDS && area[earlier] != ERASED) {
        earlier++;
    }
    if (earlier == WORDS) {
        for (size_t index = 0; index < WORDS; index++) {
            area[index] = ERASED;
        }
        earlier = 0;
    }
    area[earlier] = PROGRAMMED;
    return (uint32_t)earlier + 1;
}
