/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file casemate/lock.h
 * What the library does around each call of the secure world: nothing, unless you fill it in.
 *
 * The secure world takes one call at a time. A second one, from a thread that has interrupted the
 * first, gets PSA_ERROR_CONNECTION_BUSY and changes nothing. Under an operating system, define
 * both functions in a file of your application: take a mutex, and give it back. The library's own
 * are weak and empty. An interrupt handler can't wait for a mutex: it must not call.
 */
#ifndef CASEMATE_LOCK_H
#define CASEMATE_LOCK_H

#ifdef __cplusplus
extern "C" {
#endif

/** Called before each call of the secure world. */
void casemate_lock(void);
/** Called after it, whatever its outcome. */
void casemate_unlock(void);

#ifdef __cplusplus
}
#endif

#endif
