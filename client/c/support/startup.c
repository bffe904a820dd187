/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reset of a non-secure application in C: the vector table, and the way to main().
 *
 * Handlers have the names of CMSIS and are weak: define your own. An exception without a handler
 * stays in Default_Handler. The symbols are those of nonsecure.ld.
 */
#include <stdint.h>

typedef void (*handler_t)(void);

extern uint32_t __stack_limit[], __stack_top[];
extern const uint32_t __data_load_start[];
extern uint32_t __data_start[], __data_end[], __bss_start[], __bss_end[];
extern const handler_t __init_array_start[], __init_array_end[];

int main(void);
void _exit(int status) __attribute__((noreturn));
void Reset_Handler(void) __attribute__((noreturn));
void Default_Handler(void);

#define WEAK __attribute__((weak, alias("Default_Handler")))
void NMI_Handler(void) WEAK;
void HardFault_Handler(void) WEAK;
void MemManage_Handler(void) WEAK;
void BusFault_Handler(void) WEAK;
void UsageFault_Handler(void) WEAK;
void SVC_Handler(void) WEAK;
void DebugMon_Handler(void) WEAK;
void PendSV_Handler(void) WEAK;
void SysTick_Handler(void) WEAK;
/** All external interrupts; IPSR tells which one it is. */
void Interrupt_Handler(void) WEAK;

/** External interrupts in the table: twelve lines of eight. */
#define INTERRUPTS (12 * 8)
#define INTERRUPT {.handler = Interrupt_Handler}
#define EIGHT INTERRUPT, INTERRUPT, INTERRUPT, INTERRUPT, INTERRUPT, INTERRUPT, INTERRUPT, INTERRUPT

union vector {
    const uint32_t *stack;
    handler_t handler;
};

const union vector vectors[16 + INTERRUPTS] __attribute__((section(".vectors"), used)) = {
    [0] = {.stack = __stack_top},
    [1] = {.handler = Reset_Handler},
    [2] = {.handler = NMI_Handler},
    [3] = {.handler = HardFault_Handler},
    [4] = {.handler = MemManage_Handler},
    [5] = {.handler = BusFault_Handler},
    [6] = {.handler = UsageFault_Handler},
    [11] = {.handler = SVC_Handler},
    [12] = {.handler = DebugMon_Handler},
    [14] = {.handler = PendSV_Handler},
    [15] = {.handler = SysTick_Handler},
    [16] = EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT,
};

void Reset_Handler(void)
{
    __asm__ volatile("msr msplim, %0" : : "r"(__stack_limit));
    const uint32_t *from = __data_load_start;
    for (uint32_t *to = __data_start; to < __data_end; to++, from++) {
        *to = *from;
    }
    for (uint32_t *to = __bss_start; to < __bss_end; to++) {
        *to = 0;
    }
    for (const handler_t *run = __init_array_start; run < __init_array_end; run++) {
        (*run)();
    }
    _exit(main());
}

void Default_Handler(void)
{
    for (;;) {
    }
}
