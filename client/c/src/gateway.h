/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The secure entry functions (veneers) of the image, and the call of a service through them.
 * Handles and the control word are those of TF-M v2.3.
 */
#ifndef CASEMATE_GATEWAY_H
#define CASEMATE_GATEWAY_H

#include "psa/client.h"

/** The handle of a service that is called without a connection; `index` counts from one. */
#define STATELESS_HANDLE(index, version) \
    ((psa_handle_t)(0x40000000u | (version) << 8 | ((index)-1u)))
#define CRYPTO_HANDLE STATELESS_HANDLE(1u, 1u)
#define PROTECTED_STORAGE_HANDLE STATELESS_HANDLE(2u, 1u)
#define INTERNAL_TRUSTED_STORAGE_HANDLE STATELESS_HANDLE(3u, 1u)
#define ATTESTATION_HANDLE STATELESS_HANDLE(4u, 1u)
#define FIRMWARE_UPDATE_HANDLE STATELESS_HANDLE(5u, 1u)

/** The control word of a call. */
#define CONTROL(type, in_count, out_count) \
    ((uint32_t)(type) | (uint32_t)(out_count) << 16 | (uint32_t)(in_count) << 24)
/** Number of vectors in an array. */
#define COUNT(vectors) (sizeof(vectors) / sizeof((vectors)[0]))

/** The secure entry functions: the only secure code that an application can call. */
uint32_t tfm_psa_framework_version_veneer(void);
uint32_t tfm_psa_version_veneer(uint32_t sid);
psa_handle_t tfm_psa_connect_veneer(uint32_t sid, uint32_t version);
psa_status_t tfm_psa_call_veneer(psa_handle_t handle, uint32_t control, const psa_invec *in_vec,
                                 psa_outvec *out_vec);
void tfm_psa_close_veneer(psa_handle_t handle);

/** Calls a service, within the lock. */
psa_status_t casemate_call(psa_handle_t handle, uint32_t control, const psa_invec *in_vec,
                           psa_outvec *out_vec);

/** A call that returns the length of an output. With length NULL it makes no call. */
#define WITH_LENGTH(call, output, length) \
    ((length) == NULL ? PSA_ERROR_INVALID_ARGUMENT : with_length((call), (output), (length)))

/** Stores the length of an output on success. */
static inline psa_status_t with_length(psa_status_t status, const psa_outvec *output,
                                       size_t *length)
{
    if (status == PSA_SUCCESS) {
        *length = output->len;
    }
    return status;
}

#endif
