/* SPDX-License-Identifier: Apache-2.0 */
/* The environment of main(): data, heap, stack, constructors. */
#include <psa/client.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <tfm_ns_interface.h>

#include "suite.h"

extern char __heap_start[], __heap_end[];

__attribute__((section(".noinit"))) static uint8_t kept[256];

const char *what_outlives_a_reset_is_not_the_heap(void)
{
    memset(kept, 0xa5, sizeof(kept));
    uint8_t *const block = malloc(sizeof(kept));
    CHECK(block != NULL);
    memset(block, 0, sizeof(kept));
    CHECK((char *)block >= __heap_start && (char *)block < __heap_end);
    for (size_t index = 0; index < sizeof(kept); index++) {
        CHECK(kept[index] == 0xa5);
    }
    free(block);
    return NULL;
}

static int32_t sum(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    return (int32_t)(a + b + c + d);
}

const char *the_reference_s_way_to_start_is_there(void)
{
    CHECK(tfm_ns_interface_init() == 0);
    CHECK(tfm_ns_interface_dispatch(sum, 1, 20, 300, 4000) == 4321);
    return NULL;
}
