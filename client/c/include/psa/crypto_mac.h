/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_mac.h
 * Message authentication codes (MAC) (PSA Crypto API 1.2, chapter 10.3). Single-part functions, and
 * operations for data that comes in parts.
 *
 * psa/crypto_functions.h lists the errors that every function can return.
 */
#ifndef PSA_CRYPTO_MAC_H
#define PSA_CRYPTO_MAC_H

#include "psa/crypto_objects.h"
#include "psa/crypto_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Computes a code. The key needs PSA_KEY_USAGE_SIGN_MESSAGE.
 * @param key          The key.
 * @param alg          The algorithm.
 * @param input        The data.
 * @param input_length Its length in bytes.
 * @param mac          Receives the code.
 * @param mac_size     Size of that buffer in bytes.
 * @param mac_length   On success the number of bytes in it.
 * @retval PSA_ERROR_INVALID_HANDLE   The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED    The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED    The image does not have the algorithm.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL mac is too short.
 */
psa_status_t psa_mac_compute(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                             size_t input_length, uint8_t *mac, size_t mac_size,
                             size_t *mac_length);

/**
 * Computes a code and compares it with another one, in constant time. The key needs
 * PSA_KEY_USAGE_VERIFY_MESSAGE.
 * @param key          The key.
 * @param alg          The algorithm.
 * @param input        The data.
 * @param input_length Its length in bytes.
 * @param mac          The expected code.
 * @param mac_length   Its length in bytes.
 * @retval PSA_ERROR_INVALID_HANDLE    The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED     The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED     The image does not have the algorithm.
 * @retval PSA_ERROR_INVALID_SIGNATURE They differ.
 */
psa_status_t psa_mac_verify(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                            size_t input_length, const uint8_t *mac, size_t mac_length);

/**
 * Sets up an operation that computes; psa_mac_sign_finish() ends it.
 * @param operation An inactive operation.
 * @param key       The key.
 * @param alg       The algorithm.
 * @retval PSA_ERROR_INVALID_HANDLE      The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED       The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED       The image does not have the algorithm.
 * @retval PSA_ERROR_INSUFFICIENT_MEMORY All operations of the profile are in use.
 * @retval PSA_ERROR_BAD_STATE           The operation is not in the state for this call.
 */
psa_status_t psa_mac_sign_setup(psa_mac_operation_t *operation, psa_key_id_t key,
                                psa_algorithm_t alg);

/**
 * Sets up an operation that verifies; psa_mac_verify_finish() ends it.
 * @param operation An inactive operation.
 * @param key       The key.
 * @param alg       The algorithm.
 * @retval PSA_ERROR_INVALID_HANDLE      The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED       The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED       The image does not have the algorithm.
 * @retval PSA_ERROR_INSUFFICIENT_MEMORY All operations of the profile are in use.
 * @retval PSA_ERROR_BAD_STATE           The operation is not in the state for this call.
 */
psa_status_t psa_mac_verify_setup(psa_mac_operation_t *operation, psa_key_id_t key,
                                  psa_algorithm_t alg);

/**
 * Adds data.
 * @param operation    The operation; an error ends it.
 * @param input        The data.
 * @param input_length Its length in bytes.
 * @retval PSA_ERROR_BAD_STATE The operation is not in the state for this call.
 */
psa_status_t psa_mac_update(psa_mac_operation_t *operation, const uint8_t *input,
                            size_t input_length);

/**
 * Ends an operation with the code.
 * @param operation  The operation.
 * @param mac        Receives the code.
 * @param mac_size   Size of that buffer in bytes.
 * @param mac_length On success the number of bytes in it.
 * @retval PSA_ERROR_BAD_STATE        The operation is not in the state for this call.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL mac is too short.
 */
psa_status_t psa_mac_sign_finish(psa_mac_operation_t *operation, uint8_t *mac, size_t mac_size,
                                 size_t *mac_length);

/**
 * Ends an operation with a comparison, in constant time.
 * @param operation  The operation.
 * @param mac        The expected code.
 * @param mac_length Its length in bytes.
 * @retval PSA_ERROR_BAD_STATE         The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_SIGNATURE They differ.
 */
psa_status_t psa_mac_verify_finish(psa_mac_operation_t *operation, const uint8_t *mac,
                                   size_t mac_length);

/**
 * Aborts an operation and frees its context. An inactive operation stays so.
 * @param operation The operation; it is inactive afterwards.
 */
psa_status_t psa_mac_abort(psa_mac_operation_t *operation);

#ifdef __cplusplus
}
#endif

#endif
