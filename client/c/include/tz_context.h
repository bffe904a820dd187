/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file tz_context.h
 * Secure contexts of non-secure threads: what a scheduler calls (CMSIS-Core, TrustZone for Armv8-M).
 *
 * s_veneers.o defines these functions where the firmware was built with spm.nonsecure_contexts, the
 * number of contexts. Each thread that makes secure calls gets one; then threads may be switched,
 * resumed and deleted in any order. Without contexts a scheduler keeps the rule of
 * docs/calls-and-interrupts.md; examples/threads does so.
 *
 * All are for handlers (PendSV, SVC) and answer 0 to threads.
 */
#ifndef TZ_CONTEXT_H
#define TZ_CONTEXT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Which secure library a context is for; there is one only, and the value is not looked at. */
typedef uint32_t TZ_ModuleId_t;
/** A context; 0 is none. */
typedef uint32_t TZ_MemoryId_t;

/** Called once by a kernel at its start. @return 1, or 0 outside of a handler */
uint32_t TZ_InitContextSystem_S(void);
/** Takes a free context for a thread. @return the context, or 0 when there is none left */
TZ_MemoryId_t TZ_AllocModuleContext_S(TZ_ModuleId_t module);
/**
 * Gives the context of a deleted thread back. While a call of this thread is open it is not given
 * back: let the thread go on until the call has ended.
 * @return 1, or 0 if nobody has this context or a call holds it
 */
uint32_t TZ_FreeModuleContext_S(TZ_MemoryId_t id);
/** Before a switch to a thread: its calls go by this context. @return 1, or 0 if nobody has it */
uint32_t TZ_LoadContext_S(TZ_MemoryId_t id);
/** After a switch away from a thread. @return 1, or 0 if this context is not loaded */
uint32_t TZ_StoreContext_S(TZ_MemoryId_t id);

#ifdef __cplusplus
}
#endif

#endif
