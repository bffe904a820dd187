/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_aead.h
 * Authenticated encryption with associated data (AEAD) (PSA Crypto API 1.2, chapter 10.5).
 * Single-part functions, and operations for data that comes in parts.
 *
 * psa/crypto_functions.h lists the errors that every function can return.
 */
#ifndef PSA_CRYPTO_AEAD_H
#define PSA_CRYPTO_AEAD_H

#include "psa/crypto_objects.h"
#include "psa/crypto_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Encrypts and authenticates a message. The output is the ciphertext, then the tag.
 * @param key                    The key.
 * @param alg                    The algorithm.
 * @param nonce                  The nonce; never the same twice under one key.
 * @param nonce_length           Its length in bytes.
 * @param additional_data        Data that is authenticated and not encrypted.
 * @param additional_data_length Its length in bytes.
 * @param plaintext              The message.
 * @param plaintext_length       Its length in bytes.
 * @param ciphertext             Receives ciphertext and tag.
 * @param ciphertext_size        Size of that buffer in bytes.
 * @param ciphertext_length      On success the number of bytes in it.
 * @retval PSA_ERROR_INVALID_HANDLE   The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED    The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED    The image does not have the algorithm.
 * @retval PSA_ERROR_INVALID_ARGUMENT The algorithm does not take nonces of this length.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL ciphertext is too short.
 */
psa_status_t psa_aead_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
                              size_t nonce_length, const uint8_t *additional_data,
                              size_t additional_data_length, const uint8_t *plaintext,
                              size_t plaintext_length, uint8_t *ciphertext, size_t ciphertext_size,
                              size_t *ciphertext_length);

/**
 * Verifies and decrypts a message. If it is not authentic, no plaintext is left in the buffer.
 * @param key                    The key.
 * @param alg                    The algorithm.
 * @param nonce                  The nonce; never the same twice under one key.
 * @param nonce_length           Its length in bytes.
 * @param additional_data        Data that is authenticated and not encrypted.
 * @param additional_data_length Its length in bytes.
 * @param ciphertext             Ciphertext and tag.
 * @param ciphertext_length      Their length in bytes.
 * @param plaintext              Receives the message.
 * @param plaintext_size         Size of that buffer in bytes.
 * @param plaintext_length       On success the number of bytes in it.
 * @retval PSA_ERROR_INVALID_HANDLE    The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED     The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED     The image does not have the algorithm.
 * @retval PSA_ERROR_INVALID_ARGUMENT  The algorithm does not take nonces of this length.
 * @retval PSA_ERROR_INVALID_SIGNATURE The message or the additional data is not authentic.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL  plaintext is too short.
 */
psa_status_t psa_aead_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
                              size_t nonce_length, const uint8_t *additional_data,
                              size_t additional_data_length, const uint8_t *ciphertext,
                              size_t ciphertext_length, uint8_t *plaintext, size_t plaintext_size,
                              size_t *plaintext_length);

/**
 * Sets up an encryption; psa_aead_finish() ends it.
 * @param operation An inactive operation.
 * @param key       The key.
 * @param alg       The algorithm.
 * @retval PSA_ERROR_INVALID_HANDLE      The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED       The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED       The image does not have the algorithm.
 * @retval PSA_ERROR_INSUFFICIENT_MEMORY All operations of the profile are in use.
 * @retval PSA_ERROR_BAD_STATE           The operation is not in the state for this call.
 */
psa_status_t psa_aead_encrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key,
                                    psa_algorithm_t alg);

/**
 * Sets up a decryption; psa_aead_verify() ends it.
 * @param operation An inactive operation.
 * @param key       The key.
 * @param alg       The algorithm.
 * @retval PSA_ERROR_INVALID_HANDLE      The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED       The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED       The image does not have the algorithm.
 * @retval PSA_ERROR_INSUFFICIENT_MEMORY All operations of the profile are in use.
 * @retval PSA_ERROR_BAD_STATE           The operation is not in the state for this call.
 */
psa_status_t psa_aead_decrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key,
                                    psa_algorithm_t alg);

/**
 * Declares the lengths of a message. CCM needs them before the nonce.
 * @param operation        The operation; an error ends it.
 * @param ad_length        Length of the additional data in bytes.
 * @param plaintext_length Length of the message in bytes.
 * @retval PSA_ERROR_BAD_STATE        The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_ARGUMENT The algorithm does not take such lengths.
 */
psa_status_t psa_aead_set_lengths(psa_aead_operation_t *operation, size_t ad_length,
                                  size_t plaintext_length);

/**
 * Makes and sets a random nonce.
 * @param operation    An encryption without a nonce.
 * @param nonce        Receives the nonce.
 * @param nonce_size   Size of that buffer in bytes.
 * @param nonce_length On success the number of bytes in it.
 * @retval PSA_ERROR_BAD_STATE            The operation is not in the state for this call.
 * @retval PSA_ERROR_INSUFFICIENT_ENTROPY The source of entropy has failed.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL     nonce is too short.
 */
psa_status_t psa_aead_generate_nonce(psa_aead_operation_t *operation, uint8_t *nonce,
                                     size_t nonce_size, size_t *nonce_length);

/**
 * Sets the nonce.
 * @param operation    An operation without a nonce.
 * @param nonce        The nonce; never the same twice under one key.
 * @param nonce_length Its length in bytes.
 * @retval PSA_ERROR_BAD_STATE        The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_ARGUMENT The algorithm does not take nonces of this length.
 */
psa_status_t psa_aead_set_nonce(psa_aead_operation_t *operation, const uint8_t *nonce,
                                size_t nonce_length);

/**
 * Adds additional data; all of it comes before the message.
 * @param operation    The operation; an error ends it.
 * @param input        The data.
 * @param input_length Its length in bytes.
 * @retval PSA_ERROR_BAD_STATE        The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_ARGUMENT There is more or less data than was declared.
 */
psa_status_t psa_aead_update_ad(psa_aead_operation_t *operation, const uint8_t *input,
                                size_t input_length);

/**
 * Encrypts or decrypts a part. Do not use decrypted data before psa_aead_verify() has succeeded.
 * @param operation     The operation; an error ends it.
 * @param input         The data.
 * @param input_length  Its length in bytes.
 * @param output        Receives the output.
 * @param output_size   Size of that buffer in bytes.
 * @param output_length On success the number of bytes in it.
 * @retval PSA_ERROR_BAD_STATE        The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_ARGUMENT There is more or less data than was declared.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL output is too short.
 */
psa_status_t psa_aead_update(psa_aead_operation_t *operation, const uint8_t *input,
                             size_t input_length, uint8_t *output, size_t output_size,
                             size_t *output_length);

/**
 * Ends an encryption with the rest of the ciphertext and the tag.
 * @param operation         The operation.
 * @param ciphertext        Receives the rest of the ciphertext.
 * @param ciphertext_size   Size of that buffer in bytes.
 * @param ciphertext_length On success the number of bytes in it.
 * @param tag               Receives the tag.
 * @param tag_size          Size of that buffer in bytes.
 * @param tag_length        On success the number of bytes in it.
 * @retval PSA_ERROR_BAD_STATE        The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_ARGUMENT There is more or less data than was declared.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL A buffer is too short.
 */
psa_status_t psa_aead_finish(psa_aead_operation_t *operation, uint8_t *ciphertext,
                             size_t ciphertext_size, size_t *ciphertext_length, uint8_t *tag,
                             size_t tag_size, size_t *tag_length);

/**
 * Ends a decryption with the rest of the message and a comparison of the tag, in constant time.
 * @param operation        The operation.
 * @param plaintext        Receives the rest of the message.
 * @param plaintext_size   Size of that buffer in bytes.
 * @param plaintext_length On success the number of bytes in it.
 * @param tag              The expected tag.
 * @param tag_length       Its length in bytes.
 * @retval PSA_ERROR_BAD_STATE         The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_ARGUMENT  There is more or less data than was declared.
 * @retval PSA_ERROR_INVALID_SIGNATURE The message is not authentic: discard all of its plaintext.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL  plaintext is too short.
 */
psa_status_t psa_aead_verify(psa_aead_operation_t *operation, uint8_t *plaintext,
                             size_t plaintext_size, size_t *plaintext_length, const uint8_t *tag,
                             size_t tag_length);

/**
 * Aborts an operation and frees its context. An inactive operation stays so.
 * @param operation The operation; it is inactive afterwards.
 */
psa_status_t psa_aead_abort(psa_aead_operation_t *operation);

#ifdef __cplusplus
}
#endif

#endif
