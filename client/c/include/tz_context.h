/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file tz_context.h
 * Secure contexts of non-secure threads, for schedulers (CMSIS-Core, TrustZone for Armv8-M).
 *
 * s_veneers.o defines these functions if the firmware has contexts (spm.nonsecure_contexts, their
 * number). Give one to each thread that makes secure calls; then the scheduler may switch, resume
 * and delete threads in any order. Without contexts the scheduler must follow the rule of
 * docs/calls-and-interrupts.md, as examples/threads does.
 *
 * Call these functions from handlers (PendSV, SVC). They return 0 to threads.
 */
#ifndef TZ_CONTEXT_H
#define TZ_CONTEXT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The secure library of a context. There is only one; the value is ignored. */
typedef uint32_t TZ_ModuleId_t;
/** Identifier of a context, or 0. */
typedef uint32_t TZ_MemoryId_t;

/** Frees all contexts; a kernel calls it once at its start. @return 1, or 0 outside of a handler */
uint32_t TZ_InitContextSystem_S(void);
/** Allocates a context for a thread. @return the context, or 0 if none is free */
TZ_MemoryId_t TZ_AllocModuleContext_S(TZ_ModuleId_t module);
/**
 * Frees the context of a deleted thread. It fails while a call of this thread is open: resume the
 * thread until the call has ended.
 * @return 1, or 0 if the context is not allocated or a call holds it
 */
uint32_t TZ_FreeModuleContext_S(TZ_MemoryId_t id);
/** Loads the context of the thread that runs next. @return 1, or 0 if it is not allocated */
uint32_t TZ_LoadContext_S(TZ_MemoryId_t id);
/** Stores the context of the thread that was left. @return 1, or 0 if it is not loaded */
uint32_t TZ_StoreContext_S(TZ_MemoryId_t id);

#ifdef __cplusplus
}
#endif

#endif
