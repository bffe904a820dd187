/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file casemate/lock.h
 * A lock around each call of the secure world. It is empty unless you define it.
 *
 * The secure world serves one call at a time. A second call, from a thread that has preempted the
 * first, gets PSA_ERROR_CONNECTION_BUSY and changes nothing. Under an operating system, define both
 * functions in a file of your application: take a mutex, and release it. The definitions of the
 * library are weak and empty. An interrupt handler can't wait for a mutex, so it must not call.
 */
#ifndef CASEMATE_LOCK_H
#define CASEMATE_LOCK_H

#ifdef __cplusplus
extern "C" {
#endif

/** Called before each call of the secure world. */
void casemate_lock(void);
/** Called after each call, also after one that fails. */
void casemate_unlock(void);

#ifdef __cplusplus
}
#endif

#endif
