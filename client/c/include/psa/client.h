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
/** Result of psa_version() for a service that the caller may not use. */
#define PSA_VERSION_NONE (0u)
/** No connection. */
#define PSA_NULL_HANDLE ((psa_handle_t)0)
/** Whether a handle may be used in a call. */
#define PSA_HANDLE_IS_VALID(handle) ((handle) > (psa_handle_t)0)
/** The error that psa_connect() returned in place of a handle. */
#define PSA_HANDLE_TO_ERROR(handle) ((psa_status_t)(handle))
/** Message type of services that have one only. */
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
 * Reads the version of the framework.
 * @return 0x0101 for version 1.1.
 */
uint32_t psa_framework_version(void);

/**
 * Reads the version of a service.
 * @param sid  The service's identifier.
 * @return Its version, or PSA_VERSION_NONE if the caller may not use it.
 */
uint32_t psa_version(uint32_t sid);

/**
 * Opens a connection to a service that keeps state for each client.
 * @param sid      The service's identifier.
 * @param version  The version that the caller needs.
 * @return A handle, or one of PSA_ERROR_CONNECTION_REFUSED, PSA_ERROR_CONNECTION_BUSY,
 *         PSA_ERROR_PROGRAMMER_ERROR.
 */
psa_handle_t psa_connect(uint32_t sid, uint32_t version);

/**
 * Calls a service.
 * @param handle   A connection, or the handle of a stateless service.
 * @param type     Message type, from 0 to 32767; the service defines it.
 * @param in_vec   Inputs; NULL if there are none.
 * @param in_len   Number of inputs.
 * @param out_vec  Outputs; the call sets their lengths to what was written. NULL if there are none.
 * @param out_len  Number of outputs; at most PSA_MAX_IOVEC with the inputs.
 * @return The status of the service, PSA_ERROR_CONNECTION_BUSY if a call is open, or
 *         PSA_ERROR_PROGRAMMER_ERROR for an invalid parameter, such as a buffer that is not in the
 *         memory of the caller, or NULL with a length.
 */
psa_status_t psa_call(psa_handle_t handle, int32_t type, const psa_invec *in_vec, size_t in_len,
                      psa_outvec *out_vec, size_t out_len);

/**
 * Closes a connection.
 * @param handle  The connection; PSA_NULL_HANDLE does nothing.
 */
void psa_close(psa_handle_t handle);

#ifdef __cplusplus
}
#endif

#endif
