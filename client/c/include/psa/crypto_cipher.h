/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_cipher.h
 * Ciphers without authentication (PSA Crypto API 1.2, chapter 10.4). A changed ciphertext decrypts
 * to a changed plaintext without an error: prefer psa/crypto_aead.h.
 *
 * psa/crypto_functions.h lists the errors that every function can return.
 */
#ifndef PSA_CRYPTO_CIPHER_H
#define PSA_CRYPTO_CIPHER_H

#include "psa/crypto_objects.h"
#include "psa/crypto_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Encrypts under a random initialisation vector. The output is the vector, then the ciphertext.
 * @param key           The key.
 * @param alg           The algorithm.
 * @param input         The plaintext.
 * @param input_length  Its length in bytes.
 * @param output        Receives the output.
 * @param output_size   Size of that buffer in bytes.
 * @param output_length On success the number of bytes in it.
 * @retval PSA_ERROR_INVALID_HANDLE   The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED    The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED    The image does not have the algorithm.
 * @retval PSA_ERROR_INVALID_ARGUMENT The mode does not take input of this length.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL output is too short.
 */
psa_status_t psa_cipher_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, uint8_t *output, size_t output_size,
                                size_t *output_length);

/**
 * Decrypts what psa_cipher_encrypt() has written.
 * @param key           The key.
 * @param alg           The algorithm.
 * @param input         The initialisation vector, then the ciphertext.
 * @param input_length  Their length in bytes.
 * @param output        Receives the plaintext.
 * @param output_size   Size of that buffer in bytes.
 * @param output_length On success the number of bytes in it.
 * @retval PSA_ERROR_INVALID_HANDLE   The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED    The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED    The image does not have the algorithm.
 * @retval PSA_ERROR_INVALID_ARGUMENT The mode does not take input of this length.
 * @retval PSA_ERROR_INVALID_PADDING  The padding of the plaintext is wrong.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL output is too short.
 */
psa_status_t psa_cipher_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, uint8_t *output, size_t output_size,
                                size_t *output_length);

/**
 * Sets up an encryption.
 * @param operation An inactive operation.
 * @param key       The key.
 * @param alg       The algorithm.
 * @retval PSA_ERROR_INVALID_HANDLE      The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED       The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED       The image does not have the algorithm.
 * @retval PSA_ERROR_INSUFFICIENT_MEMORY All operations of the profile are in use.
 * @retval PSA_ERROR_BAD_STATE           The operation is not in the state for this call.
 */
psa_status_t psa_cipher_encrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key,
                                      psa_algorithm_t alg);

/**
 * Sets up a decryption.
 * @param operation An inactive operation.
 * @param key       The key.
 * @param alg       The algorithm.
 * @retval PSA_ERROR_INVALID_HANDLE      The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED       The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED       The image does not have the algorithm.
 * @retval PSA_ERROR_INSUFFICIENT_MEMORY All operations of the profile are in use.
 * @retval PSA_ERROR_BAD_STATE           The operation is not in the state for this call.
 */
psa_status_t psa_cipher_decrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key,
                                      psa_algorithm_t alg);

/**
 * Makes and sets a random initialisation vector.
 * @param operation An encryption without a vector.
 * @param iv        Receives the vector.
 * @param iv_size   Size of that buffer in bytes.
 * @param iv_length On success the number of bytes in it.
 * @retval PSA_ERROR_BAD_STATE            The operation is not in the state for this call.
 * @retval PSA_ERROR_INSUFFICIENT_ENTROPY The source of entropy has failed.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL     iv is too short.
 */
psa_status_t psa_cipher_generate_iv(psa_cipher_operation_t *operation, uint8_t *iv, size_t iv_size,
                                    size_t *iv_length);

/**
 * Sets the initialisation vector.
 * @param operation An operation without a vector.
 * @param iv        The vector.
 * @param iv_length Its length in bytes.
 * @retval PSA_ERROR_BAD_STATE        The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_ARGUMENT The mode does not take vectors of this length.
 */
psa_status_t psa_cipher_set_iv(psa_cipher_operation_t *operation, const uint8_t *iv,
                               size_t iv_length);

/**
 * Encrypts or decrypts a part. The output may be shorter or longer than the input by up to a block.
 * @param operation     The operation; an error ends it.
 * @param input         The data.
 * @param input_length  Its length in bytes.
 * @param output        Receives the output.
 * @param output_size   Size of that buffer in bytes.
 * @param output_length On success the number of bytes in it.
 * @retval PSA_ERROR_BAD_STATE        The operation is not in the state for this call.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL output is too short.
 */
psa_status_t psa_cipher_update(psa_cipher_operation_t *operation, const uint8_t *input,
                               size_t input_length, uint8_t *output, size_t output_size,
                               size_t *output_length);

/**
 * Ends an operation with the rest of the output.
 * @param operation     The operation.
 * @param output        Receives the output.
 * @param output_size   Size of that buffer in bytes.
 * @param output_length On success the number of bytes in it.
 * @retval PSA_ERROR_BAD_STATE        The operation is not in the state for this call.
 * @retval PSA_ERROR_INVALID_ARGUMENT The mode does not take input of this length.
 * @retval PSA_ERROR_INVALID_PADDING  The padding of the plaintext is wrong.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL output is too short.
 */
psa_status_t psa_cipher_finish(psa_cipher_operation_t *operation, uint8_t *output,
                               size_t output_size, size_t *output_length);

/**
 * Aborts an operation and frees its context. An inactive operation stays so.
 * @param operation The operation; it is inactive afterwards.
 */
psa_status_t psa_cipher_abort(psa_cipher_operation_t *operation);

/**
 * Asks whether the image has an algorithm for keys of a type (Mbed TLS).
 * @param key_type   The type of key.
 * @param cipher_alg The algorithm.
 * @return 1 if it has, else 0.
 */
int psa_can_do_cipher(psa_key_type_t key_type, psa_algorithm_t cipher_alg);

#ifdef __cplusplus
}
#endif

#endif
