/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/client.h
 * Calls to secure services (PSA Firmware Framework for M 1.1, client API).
 */
#ifndef PSA_CLIENT_H
#define PSA_CLIENT_H

#include <stddef.h>
#include <stdint.h>

#include "casemate/version.h"
#include "psa/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Version of the framework that this header describes: 1.1. */
#define PSA_FRAMEWORK_VERSION (0x0101u)
/** Answer of psa_version() for a service that the caller can't use. */
#define PSA_VERSION_NONE (0u)
/** No connection. */
#define PSA_NULL_HANDLE ((psa_handle_t)0)
/** Whether a handle may be used in a call. */
#define PSA_HANDLE_IS_VALID(handle) ((handle) > (psa_handle_t)0)
/** The error that psa_connect() gave in place of a handle. */
#define PSA_HANDLE_TO_ERROR(handle) ((psa_status_t)(handle))
/** Message type of a call that needs no other. */
#define PSA_IPC_CALL (0)
/** Most vectors of one call, input and output together. */
#define PSA_MAX_IOVEC (4u)

/** A connection, or a service that is called without one. */
typedef int32_t psa_handle_t;

/** A buffer that the service reads. */
typedef struct psa_invec {
    const void *base; /**< Its first byte. */
    size_t len;       /**< Its size in bytes. */
} psa_invec;

/** A buffer that the service writes. */
typedef struct psa_outvec {
    void *base; /**< Its first byte. */
    size_t len; /**< Its size in bytes; after the call, how many bytes were written. */
} psa_outvec;

/**
 * Version of the framework.
 * @return 0x0101 for version 1.1.
 */
uint32_t psa_framework_version(void);

/**
 * Version of a service.
 * @param sid  The service's identifier.
 * @return Its version, or PSA_VERSION_NONE when it is not there for this caller.
 */
uint32_t psa_version(uint32_t sid);

/**
 * Connects to a service that keeps something from call to call.
 * @param sid      The service's identifier.
 * @param version  The version that the caller needs.
 * @return A handle, or one of PSA_ERROR_CONNECTION_REFUSED, PSA_ERROR_CONNECTION_BUSY,
 *         PSA_ERROR_PROGRAMMER_ERROR.
 */
psa_handle_t psa_connect(uint32_t sid, uint32_t version);

/**
 * Calls a service.
 * @param handle   A connection, or the handle of a stateless service.
 * @param type     What is asked for: zero or positive, at most 32767.
 * @param in_vec   Inputs; NULL if there are none.
 * @param in_len   Count of inputs.
 * @param out_vec  Outputs; their lengths are set to what was written. NULL if there are none.
 * @param out_len  Count of outputs; with the inputs at most PSA_MAX_IOVEC.
 * @return What the service answers, or PSA_ERROR_PROGRAMMER_ERROR when a parameter breaks the
 *         rules: a buffer out of the caller's reach, or NULL with a length.
 */
psa_status_t psa_call(psa_handle_t handle, int32_t type, const psa_invec *in_vec, size_t in_len,
                      psa_outvec *out_vec, size_t out_len);

/**
 * Ends a connection.
 * @param handle  The connection; PSA_NULL_HANDLE does nothing.
 */
void psa_close(psa_handle_t handle);

#ifdef __cplusplus
}
#endif

#endif
