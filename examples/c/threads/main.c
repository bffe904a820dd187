/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two threads that call the secure world, under the smallest scheduler that does it right.
 *
 * All threads share one secure stack. A thread that is interrupted in the secure world has its
 * frame there, and the processor takes the lowest frame first, whichever thread the scheduler
 * resumes. So the scheduler lets one thread at a time be left there. With secure contexts
 * (tz_context.h, build with -DSECURE_CONTEXTS) each thread has its own stack, and any may be left.
 */
#include <psa/client.h>
#include <psa/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#ifdef SECURE_CONTEXTS
#include <tz_context.h>
#endif

/** EXC_RETURN, bit S: the thread was interrupted in the secure world. */
#define INTERRUPTED_IN_SECURE_WORLD 0x40u
#define RETURN_TO_THREAD 0xFFFFFFBCu
#define SYSTICK_CONTROL (*(volatile uint32_t *)0xE000E010u)
#define SYSTICK_RELOAD (*(volatile uint32_t *)0xE000E014u)
#define INTERRUPT_CONTROL (*(volatile uint32_t *)0xE000ED04u)
#define PEND_SV (1u << 28)
#define UNPRIVILEGED 1u
#define PROCESS_STACK 2u
#define TICKS 2000u

struct thread {
    uint32_t *stack_pointer;
    uint32_t context;
    uint32_t stack[512] __attribute__((aligned(8)));
};

static struct thread worker, watcher;
static struct thread *running = &worker;
static volatile uint32_t ticks, hashes, versions, refused;
static volatile int is_mixed;

#ifndef SECURE_CONTEXTS
/** The thread that was left in the secure world, if there is one. */
static struct thread *inside;
#endif

/** Chooses who goes on. Called by PendSV_Handler with the stack of the thread that runs. */
__attribute__((used)) static uint32_t *schedule(uint32_t *stack_pointer, uint32_t exception_return)
{
    running->stack_pointer = stack_pointer;
#ifdef SECURE_CONTEXTS
    (void)exception_return;
    TZ_StoreContext_S(running->context);
#else
    if (exception_return & INTERRUPTED_IN_SECURE_WORLD) {
        if (inside != NULL) {
            return stack_pointer; /* It goes on, and the next tick tries again. */
        }
        inside = running;
    }
#endif
    running = running == &worker ? &watcher : &worker;
#ifdef SECURE_CONTEXTS
    TZ_LoadContext_S(running->context);
#else
    if (inside == running) {
        inside = NULL;
    }
#endif
    return running->stack_pointer;
}

/** The lowest priority, so that it interrupts threads only and EXC_RETURN tells of a thread. */
__attribute__((naked)) void PendSV_Handler(void)
{
    __asm__ volatile("mrs r0, psp\n"
                     "mrs r2, control\n"
                     "mov r3, lr\n"
                     "stmdb r0!, {r2-r11}\n"
                     "mov r1, lr\n"
                     "bl schedule\n"
                     "ldmia r0!, {r2-r11}\n"
                     "msr psp, r0\n"
                     "msr control, r2\n"
                     "isb\n"
                     "bx r3\n");
}

void SysTick_Handler(void)
{
    ticks++;
    /* Ticks at changing distances meet the threads everywhere. */
    SYSTICK_RELOAD = 1500u + ticks % 97u;
    INTERRUPT_CONTROL = PEND_SV;
}

static void check(struct thread *self, uint32_t rights)
{
    uint32_t control, *here = &control;
    __asm__ volatile("mrs %0, control" : "=r"(control));
    if ((control & UNPRIVILEGED) != rights || here < self->stack || here >= self->stack + 512) {
        is_mixed = 1;
    }
}

static void work(void)
{
    uint8_t hash[PSA_HASH_LENGTH(PSA_ALG_SHA_256)];
    size_t length;
    while (ticks < TICKS) {
        psa_status_t status = psa_hash_compute(PSA_ALG_SHA_256, (const uint8_t *)"abc", 3, hash,
                                               sizeof(hash), &length);
        check(&worker, 0);
        if (status == PSA_SUCCESS && hash[0] == 0xba) {
            hashes++;
        } else {
            refused++;
        }
    }
    SYSTICK_CONTROL = 0;
    printf("threads: %s, %s hashes, %s versions, %s refused\n", is_mixed ? "mixed" : "apart",
           hashes ? "many" : "no", versions ? "many" : "no", refused ? "some" : "none");
    exit(is_mixed);
}

static void watch(void)
{
    for (;;) {
        if (psa_framework_version() == PSA_FRAMEWORK_VERSION) {
            versions++;
        }
        check(&watcher, UNPRIVILEGED);
    }
}

/** A thread that begins at its function, as if it had been interrupted there. */
static void make(struct thread *thread, void (*function)(void), uint32_t rights)
{
    uint32_t *frame = thread->stack + 512 - 8;
    frame[6] = (uint32_t)function & ~1u;
    frame[7] = 1u << 24;
    thread->stack_pointer = frame - 10;
    thread->stack_pointer[0] = PROCESS_STACK | rights;
    thread->stack_pointer[1] = RETURN_TO_THREAD;
}

/** Begins with the thread `worker`. */
__attribute__((naked)) void SVC_Handler(void)
{
    __asm__ volatile("push {r4, lr}\n"
                     "bl first\n"
                     "pop {r4, lr}\n"
                     "ldmia r0!, {r2-r11}\n"
                     "msr psp, r0\n"
                     "msr control, r2\n"
                     "isb\n"
                     "bx r3\n");
}

__attribute__((used)) static uint32_t *first(void)
{
#ifdef SECURE_CONTEXTS
    TZ_InitContextSystem_S();
    worker.context = TZ_AllocModuleContext_S(0);
    watcher.context = TZ_AllocModuleContext_S(0);
    TZ_LoadContext_S(worker.context);
#endif
    SYSTICK_RELOAD = 1500u;
    SYSTICK_CONTROL = 7u;
    return worker.stack_pointer;
}

int main(void)
{
    if (psa_crypto_init() != PSA_SUCCESS) {
        return 1;
    }
    *(volatile uint32_t *)0xE000ED20u = 0x00FF0000u; /* PendSV: the lowest priority */
    make(&worker, work, 0);
    make(&watcher, watch, UNPRIVILEGED);
    __asm__ volatile("svc 0");
    return 1;
}
