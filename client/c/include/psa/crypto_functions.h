/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_functions.h
 * The functions of PSA Crypto API 1.2, one header for each chapter.
 *
 * Parameters have the names of the specification. Sizes and lengths are in bytes. A function writes
 * a length on success only. A function that creates a key sets the identifier to PSA_KEY_ID_NULL
 * first.
 *
 * Each header lists the errors that follow from the arguments. Every function can return these too:
 * @retval PSA_ERROR_PROGRAMMER_ERROR  A buffer is not in the memory of the caller, such as NULL
 *                                     with a length.
 * @retval PSA_ERROR_INVALID_ARGUMENT  A pointer to a length or to another result is NULL.
 * @retval PSA_ERROR_CONNECTION_BUSY   A call is open, and this one came from an interrupt handler
 *                                     or from another thread (casemate/lock.h).
 * @retval PSA_ERROR_NOT_SUPPORTED     The image was built without this service.
 */
#ifndef PSA_CRYPTO_FUNCTIONS_H
#define PSA_CRYPTO_FUNCTIONS_H

#include "psa/crypto_key_management.h"
#include "psa/crypto_hash.h"
#include "psa/crypto_mac.h"
#include "psa/crypto_cipher.h"
#include "psa/crypto_aead.h"
#include "psa/crypto_derivation.h"
#include "psa/crypto_asymmetric.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Does nothing: the service is ready before the application starts (chapter 8).
 * @return PSA_SUCCESS
 */
psa_status_t psa_crypto_init(void);

/**
 * Fills a buffer with random bytes (chapter 10.10).
 * @param output       Receives the bytes.
 * @param output_size  Their count.
 * @retval PSA_ERROR_INSUFFICIENT_ENTROPY  The source of entropy has failed.
 */
psa_status_t psa_generate_random(uint8_t *output, size_t output_size);

#ifdef __cplusplus
}
#endif

#endif
