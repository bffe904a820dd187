/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file tfm_ns_interface.h
 * Compatibility with applications of TF-M that initialise and call its non-secure interface. This
 * library needs no initialisation.
 */
#ifndef TFM_NS_INTERFACE_H
#define TFM_NS_INTERFACE_H

#include <stdint.h>

#include "casemate/version.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A secure entry function with any arguments. */
typedef int32_t (*veneer_fn)(uint32_t arg0, uint32_t arg1, uint32_t arg2, uint32_t arg3);

/**
 * Calls a secure entry function, within the lock of casemate/lock.h.
 * @param fn    The function.
 * @param arg0  Its first argument.
 * @param arg1  Its second argument.
 * @param arg2  Its third argument.
 * @param arg3  Its fourth argument.
 * @return The result of the function.
 */
int32_t tfm_ns_interface_dispatch(veneer_fn fn, uint32_t arg0, uint32_t arg1, uint32_t arg2,
                                  uint32_t arg3);

/**
 * Does nothing.
 * @return 0, success.
 */
uint32_t tfm_ns_interface_init(void);

#ifdef __cplusplus
}
#endif

#endif
