/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file tfm_platform_api.h
 * Reset for applications of TF-M. The other functions of TF-M's header, counters and requests of a
 * board, are not available.
 */
#ifndef TFM_PLATFORM_API_H
#define TFM_PLATFORM_API_H

#include "casemate/version.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Results of the functions. */
enum tfm_platform_err_t {
    TFM_PLATFORM_ERR_SUCCESS = 0,
    TFM_PLATFORM_ERR_SYSTEM_ERROR,
    TFM_PLATFORM_ERR_INVALID_PARAM,
    TFM_PLATFORM_ERR_NOT_SUPPORTED,
    /** Makes the type as wide as an int. */
    TFM_PLATFORM_ERR_FORCE_INT_SIZE = 0x7fffffff
};

/**
 * Resets the device, as NVIC_SystemReset() of CMSIS does. It does not call the secure world.
 * @return Only on a host without a device: TFM_PLATFORM_ERR_SYSTEM_ERROR.
 */
enum tfm_platform_err_t tfm_platform_system_reset(void);

#ifdef __cplusplus
}
#endif

#endif
