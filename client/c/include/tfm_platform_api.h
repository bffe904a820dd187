/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file tfm_platform_api.h
 * The reset, by the name that applications of TF-M have for it. Its other functions, counters and
 * requests of a board's own, have no service here.
 */
#ifndef TFM_PLATFORM_API_H
#define TFM_PLATFORM_API_H

#include "casemate/version.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What functions of the platform answer. */
enum tfm_platform_err_t {
    TFM_PLATFORM_ERR_SUCCESS = 0,
    TFM_PLATFORM_ERR_SYSTEM_ERROR,
    TFM_PLATFORM_ERR_INVALID_PARAM,
    TFM_PLATFORM_ERR_NOT_SUPPORTED,
    /** The type is as wide as an int. */
    TFM_PLATFORM_ERR_FORCE_INT_SIZE = 0x7fffffff
};

/**
 * Resets the device, as NVIC_SystemReset() of CMSIS does; no call of a service.
 * @return TFM_PLATFORM_ERR_SYSTEM_ERROR where there is no such device; else not at all.
 */
enum tfm_platform_err_t tfm_platform_system_reset(void);

#ifdef __cplusplus
}
#endif

#endif
