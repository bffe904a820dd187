/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_hash.h
 * Hashes (PSA Crypto API 1.2, chapter 10.2). Single-part functions, and operations for data that
 * comes in parts.
 *
 * psa/crypto_functions.h lists the errors that every function can return.
 */
#ifndef PSA_CRYPTO_HASH_H
#define PSA_CRYPTO_HASH_H

#include "psa/crypto_objects.h"
#include "psa/crypto_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Computes a hash.
 * @param alg          The hash algorithm.
 * @param input        The data.
 * @param input_length Its length in bytes.
 * @param hash         Receives the hash.
 * @param hash_size    Size of that buffer in bytes.
 * @param hash_length  On success the number of bytes in it.
 * @retval PSA_ERROR_NOT_SUPPORTED    The image does not have the algorithm.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL hash is too short.
 */
psa_status_t psa_hash_compute(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                              uint8_t *hash, size_t hash_size, size_t *hash_length);

/**
 * Computes a hash and compares it with another one, in constant time.
 * @param alg          The hash algorithm.
 * @param input        The data.
 * @param input_length Its length in bytes.
 * @param hash         The expected hash.
 * @param hash_length  Its length in bytes.
 * @retval PSA_ERROR_NOT_SUPPORTED     The image does not have the algorithm.
 * @retval PSA_ERROR_INVALID_SIGNATURE They differ.
 */
psa_status_t psa_hash_compare(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                              const uint8_t *hash, size_t hash_length);

/**
 * Sets up a hash operation.
 * @param operation An inactive operation.
 * @param alg       The hash algorithm.
 * @retval PSA_ERROR_NOT_SUPPORTED       The image does not have the algorithm.
 * @retval PSA_ERROR_INSUFFICIENT_MEMORY All operations of the profile are in use.
 * @retval PSA_ERROR_BAD_STATE           The operation is not in the state for this call.
 */
psa_status_t psa_hash_setup(psa_hash_operation_t *operation, psa_algorithm_t alg);

/**
 * Adds data to a hash.
 * @param operation    The operation; an error ends it.
 * @param input        The data.
 * @param input_length Its length in bytes.
 * @retval PSA_ERROR_BAD_STATE The operation is not in the state for this call.
 */
psa_status_t psa_hash_update(psa_hash_operation_t *operation, const uint8_t *input,
                             size_t input_length);

/**
 * Ends a hash operation with the hash.
 * @param operation   The operation.
 * @param hash        Receives the hash.
 * @param hash_size   Size of that buffer in bytes.
 * @param hash_length On success the number of bytes in it.
 * @retval PSA_ERROR_BAD_STATE        The operation is not in the state for this call.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL hash is too short.
 */
psa_status_t psa_hash_finish(psa_hash_operation_t *operation, uint8_t *hash, size_t hash_size,
                             size_t *hash_length);

/**
 * Ends a hash operation with a comparison, in constant time.
 * @param operation   The operation.
 * @param hash        The expected hash.
 * @param hash_length Its length in bytes.
 * @retval PSA_ERROR_BAD_STATE         The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_SIGNATURE They differ.
 */
psa_status_t psa_hash_verify(psa_hash_operation_t *operation, const uint8_t *hash,
                             size_t hash_length);

/**
 * Aborts an operation and frees its context. An inactive operation stays so.
 * @param operation The operation; it is inactive afterwards.
 */
psa_status_t psa_hash_abort(psa_hash_operation_t *operation);

/**
 * Copies a hash operation with its data so far.
 * @param source_operation An active operation.
 * @param target_operation An inactive operation.
 * @retval PSA_ERROR_BAD_STATE           The operation is not in the state for this call.
 * @retval PSA_ERROR_INSUFFICIENT_MEMORY All operations of the profile are in use.
 */
psa_status_t psa_hash_clone(const psa_hash_operation_t *source_operation,
                            psa_hash_operation_t *target_operation);

/**
 * Not available.
 * @param operation         The operation.
 * @param hash_state        Unused.
 * @param hash_state_size   Unused.
 * @param hash_state_length Unused.
 * @retval PSA_ERROR_NOT_SUPPORTED Always.
 */
psa_status_t psa_hash_suspend(psa_hash_operation_t *operation, uint8_t *hash_state,
                              size_t hash_state_size, size_t *hash_state_length);

/**
 * Not available.
 * @param operation         The operation.
 * @param hash_state        Unused.
 * @param hash_state_length Unused.
 * @retval PSA_ERROR_NOT_SUPPORTED Always.
 */
psa_status_t psa_hash_resume(psa_hash_operation_t *operation, const uint8_t *hash_state,
                             size_t hash_state_length);

/**
 * Asks whether the image has a hash (Mbed TLS).
 * @param hash_alg The hash algorithm.
 * @return 1 if it has, else 0.
 */
int psa_can_do_hash(psa_algorithm_t hash_alg);

#ifdef __cplusplus
}
#endif

#endif
