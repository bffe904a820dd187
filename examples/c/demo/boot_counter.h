/* SPDX-License-Identifier: Apache-2.0 */
/** Counts boots in the flash that belongs to the non-secure world. */
#ifndef BOOT_COUNTER_H
#define BOOT_COUNTER_H

#include <stdint.h>

/**
 * Counts this boot.
 * @return Its number, from 1.
 */
uint32_t boot_counter_count(void);

#endif
