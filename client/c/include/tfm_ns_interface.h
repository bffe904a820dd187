/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file tfm_ns_interface.h
 * The names by which applications of TF-M prepare and make their calls. With this library there is
 * nothing to prepare.
 */
#ifndef TFM_NS_INTERFACE_H
#define TFM_NS_INTERFACE_H

#include <stdint.h>

#include "casemate/version.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A veneer with any arguments. */
typedef int32_t (*veneer_fn)(uint32_t arg0, uint32_t arg1, uint32_t arg2, uint32_t arg3);

/**
 * Calls a veneer, within the lock of casemate/lock.h.
 * @param fn    The veneer.
 * @param arg0  Its arguments, here and behind.
 * @param arg1  The second.
 * @param arg2  The third.
 * @param arg3  The fourth.
 * @return What it answers.
 */
int32_t tfm_ns_interface_dispatch(veneer_fn fn, uint32_t arg0, uint32_t arg1, uint32_t arg2,
                                  uint32_t arg3);

/**
 * Does nothing.
 * @return 0: calls can be made.
 */
uint32_t tfm_ns_interface_init(void);

#ifdef __cplusplus
}
#endif

#endif
