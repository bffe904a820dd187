/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_derivation.h
 * Key derivation (PSA Crypto API 1.2, chapter 10.6). Inputs in the order that the algorithm
 * defines, then outputs.
 *
 * psa/crypto_functions.h lists the errors that every function can return.
 */
#ifndef PSA_CRYPTO_DERIVATION_H
#define PSA_CRYPTO_DERIVATION_H

#include "psa/crypto_objects.h"
#include "psa/crypto_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Sets up a derivation.
 * @param operation An inactive operation.
 * @param alg       The algorithm.
 * @retval PSA_ERROR_INVALID_ARGUMENT    It is no algorithm that derives keys.
 * @retval PSA_ERROR_NOT_SUPPORTED       The image does not have the algorithm.
 * @retval PSA_ERROR_INSUFFICIENT_MEMORY All operations of the profile are in use.
 * @retval PSA_ERROR_BAD_STATE           The operation is not in the state for this call.
 */
psa_status_t psa_key_derivation_setup(psa_key_derivation_operation_t *operation,
                                      psa_algorithm_t alg);

/**
 * Reads the number of bytes that a derivation can still give.
 * @param operation An active operation.
 * @param capacity  On success that number.
 * @retval PSA_ERROR_BAD_STATE The operation is not in the state for this call.
 */
psa_status_t psa_key_derivation_get_capacity(const psa_key_derivation_operation_t *operation,
                                             size_t *capacity);

/**
 * Lowers the number of bytes that a derivation can still give.
 * @param operation An active operation; an error does not end it.
 * @param capacity  The new number.
 * @retval PSA_ERROR_BAD_STATE        The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_ARGUMENT The capacity is lower already.
 */
psa_status_t psa_key_derivation_set_capacity(psa_key_derivation_operation_t *operation,
                                             size_t capacity);

/**
 * Gives bytes as an input.
 * @param operation   The operation; an error ends it.
 * @param step        Which input: PSA_KEY_DERIVATION_INPUT_*.
 * @param data        The bytes.
 * @param data_length Their count.
 * @retval PSA_ERROR_BAD_STATE           The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_ARGUMENT    The algorithm does not take this input.
 * @retval PSA_ERROR_INSUFFICIENT_MEMORY All inputs together are longer than 320 bytes.
 */
psa_status_t psa_key_derivation_input_bytes(psa_key_derivation_operation_t *operation,
                                            psa_key_derivation_step_t step, const uint8_t *data,
                                            size_t data_length);

/**
 * Gives a number as an input, such as the cost of PBKDF2.
 * @param operation The operation; an error ends it.
 * @param step      Which input: PSA_KEY_DERIVATION_INPUT_*.
 * @param value     The number.
 * @retval PSA_ERROR_BAD_STATE        The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_ARGUMENT The algorithm does not take this input.
 * @retval PSA_ERROR_NOT_SUPPORTED    A cost above 100000.
 */
psa_status_t psa_key_derivation_input_integer(psa_key_derivation_operation_t *operation,
                                              psa_key_derivation_step_t step, uint64_t value);

/**
 * Gives a key as an input. It needs PSA_KEY_USAGE_DERIVE.
 * @param operation The operation; an error ends it.
 * @param step      Which input: PSA_KEY_DERIVATION_INPUT_*.
 * @param key       The key.
 * @retval PSA_ERROR_BAD_STATE        The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_HANDLE   The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED    The policy of the key does not allow this use.
 * @retval PSA_ERROR_INVALID_ARGUMENT The algorithm does not take this input.
 */
psa_status_t psa_key_derivation_input_key(psa_key_derivation_operation_t *operation,
                                          psa_key_derivation_step_t step, psa_key_id_t key);

/**
 * Gives the secret that a key pair shares with a public key as an input. The secret stays in the
 * secure world.
 * @param operation       The operation; an error ends it.
 * @param step            Which input: PSA_KEY_DERIVATION_INPUT_*.
 * @param private_key     The key pair; it needs PSA_KEY_USAGE_DERIVE.
 * @param peer_key        The public key, 65 bytes on P-256.
 * @param peer_key_length Its length in bytes.
 * @retval PSA_ERROR_BAD_STATE        The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_HANDLE   The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED    The policy of the key does not allow this use.
 * @retval PSA_ERROR_INVALID_ARGUMENT The public key is no point of the curve, or the algorithm does
 *                                     not take this input.
 */
psa_status_t psa_key_derivation_key_agreement(psa_key_derivation_operation_t *operation,
                                              psa_key_derivation_step_t step,
                                              psa_key_id_t private_key, const uint8_t *peer_key,
                                              size_t peer_key_length);

/**
 * Gives the next bytes of a derivation.
 * @param operation     An operation with all inputs.
 * @param output        Receives the bytes.
 * @param output_length Their count.
 * @retval PSA_ERROR_BAD_STATE         The operation is not in the state for this call.
 * @retval PSA_ERROR_INSUFFICIENT_DATA The capacity is lower than that.
 * @retval PSA_ERROR_NOT_PERMITTED     The policy of an input allows keys as output only.
 */
psa_status_t psa_key_derivation_output_bytes(psa_key_derivation_operation_t *operation,
                                             uint8_t *output, size_t output_length);

/**
 * Creates a key from the next bytes of a derivation.
 * @param attributes Type, size, policy and lifetime of the key.
 * @param operation  An operation with all inputs.
 * @param key        On success the identifier of the new key, else PSA_KEY_ID_NULL.
 * @retval PSA_ERROR_BAD_STATE            The operation is not in the state for this call.
 * @retval PSA_ERROR_INSUFFICIENT_DATA    The capacity is lower than that.
 * @retval PSA_ERROR_NOT_PERMITTED        No input was a key.
 * @retval PSA_ERROR_INVALID_ARGUMENT     The attributes contradict each other or the data.
 * @retval PSA_ERROR_NOT_SUPPORTED        The image does not have the type, size or algorithm.
 * @retval PSA_ERROR_INSUFFICIENT_MEMORY  All keys of the profile or of this client are in use.
 * @retval PSA_ERROR_ALREADY_EXISTS       A persistent key has this identifier.
 * @retval PSA_ERROR_INSUFFICIENT_STORAGE There is no room for a persistent key.
 */
psa_status_t psa_key_derivation_output_key(const psa_key_attributes_t *attributes,
                                           psa_key_derivation_operation_t *operation,
                                           psa_key_id_t *key);

/**
 * Not available.
 * @param operation       The operation.
 * @param expected_output Unused.
 * @param output_length   Unused.
 * @retval PSA_ERROR_NOT_SUPPORTED Always.
 */
psa_status_t psa_key_derivation_verify_bytes(psa_key_derivation_operation_t *operation,
                                             const uint8_t *expected_output, size_t output_length);

/**
 * Not available.
 * @param operation The operation.
 * @param expected  Unused.
 * @retval PSA_ERROR_NOT_SUPPORTED Always.
 */
psa_status_t psa_key_derivation_verify_key(psa_key_derivation_operation_t *operation,
                                           psa_key_id_t expected);

/**
 * Aborts an operation and frees its context. An inactive operation stays so.
 * @param operation The operation; it is inactive afterwards.
 */
psa_status_t psa_key_derivation_abort(psa_key_derivation_operation_t *operation);

#ifdef __cplusplus
}
#endif

#endif
