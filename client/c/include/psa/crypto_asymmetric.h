/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_asymmetric.h
 * Signatures, encryption with a public key, key agreement (PSA Crypto API 1.2, chapters 10.7, 10.8
 * and 10.9). An image has them where the profile has `psa_want_alg_ecdsa` and `psa_want_alg_ecdh`.
 *
 * psa/crypto_functions.h lists the errors that every function can return.
 */
#ifndef PSA_CRYPTO_ASYMMETRIC_H
#define PSA_CRYPTO_ASYMMETRIC_H

#include "psa/crypto_objects.h"
#include "psa/crypto_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Signs a message. The key needs PSA_KEY_USAGE_SIGN_MESSAGE.
 * @param key              The key.
 * @param alg              The algorithm.
 * @param input            The message.
 * @param input_length     Its length in bytes.
 * @param signature        Receives the signature, 64 bytes on P-256.
 * @param signature_size   Size of that buffer in bytes.
 * @param signature_length On success the number of bytes in it.
 * @retval PSA_ERROR_INVALID_HANDLE   The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED    The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED    The image does not have the algorithm.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL signature is too short.
 */
psa_status_t psa_sign_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                              size_t input_length, uint8_t *signature, size_t signature_size,
                              size_t *signature_length);

/**
 * Verifies the signature of a message. The key needs PSA_KEY_USAGE_VERIFY_MESSAGE.
 * @param key              The key.
 * @param alg              The algorithm.
 * @param input            The message.
 * @param input_length     Its length in bytes.
 * @param signature        The signature.
 * @param signature_length Its length in bytes.
 * @retval PSA_ERROR_INVALID_HANDLE    The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED     The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED     The image does not have the algorithm.
 * @retval PSA_ERROR_INVALID_SIGNATURE It is not a signature of this by this key.
 */
psa_status_t psa_verify_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, const uint8_t *signature,
                                size_t signature_length);

/**
 * Signs a hash. The key needs PSA_KEY_USAGE_SIGN_HASH.
 * @param key              The key.
 * @param alg              The algorithm.
 * @param hash             The hash.
 * @param hash_length      Its length in bytes.
 * @param signature        Receives the signature, 64 bytes on P-256.
 * @param signature_size   Size of that buffer in bytes.
 * @param signature_length On success the number of bytes in it.
 * @retval PSA_ERROR_INVALID_HANDLE   The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED    The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED    The image does not have the algorithm.
 * @retval PSA_ERROR_INVALID_ARGUMENT The hash does not have the length of the algorithm.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL signature is too short.
 */
psa_status_t psa_sign_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash,
                           size_t hash_length, uint8_t *signature, size_t signature_size,
                           size_t *signature_length);

/**
 * Verifies the signature of a hash. The key needs PSA_KEY_USAGE_VERIFY_HASH.
 * @param key              The key.
 * @param alg              The algorithm.
 * @param hash             The hash.
 * @param hash_length      Its length in bytes.
 * @param signature        The signature.
 * @param signature_length Its length in bytes.
 * @retval PSA_ERROR_INVALID_HANDLE    The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED     The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED     The image does not have the algorithm.
 * @retval PSA_ERROR_INVALID_ARGUMENT  The hash does not have the length of the algorithm.
 * @retval PSA_ERROR_INVALID_SIGNATURE It is not a signature of this by this key.
 */
psa_status_t psa_verify_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash,
                             size_t hash_length, const uint8_t *signature,
                             size_t signature_length);

/**
 * Encrypts with a public key.
 * @param key           The key.
 * @param alg           The algorithm.
 * @param input         The data.
 * @param input_length  Its length in bytes.
 * @param salt          Unused.
 * @param salt_length   Unused.
 * @param output        Receives the output.
 * @param output_size   Size of that buffer in bytes.
 * @param output_length On success the number of bytes in it.
 * @retval PSA_ERROR_NOT_SUPPORTED Always: no image has it.
 */
psa_status_t psa_asymmetric_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                    size_t input_length, const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length);

/**
 * Decrypts with a key pair.
 * @param key           The key.
 * @param alg           The algorithm.
 * @param input         The data.
 * @param input_length  Its length in bytes.
 * @param salt          Unused.
 * @param salt_length   Unused.
 * @param output        Receives the output.
 * @param output_size   Size of that buffer in bytes.
 * @param output_length On success the number of bytes in it.
 * @retval PSA_ERROR_NOT_SUPPORTED Always: no image has it.
 */
psa_status_t psa_asymmetric_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                    size_t input_length, const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length);

/**
 * Not available: call psa_raw_key_agreement() and psa_import_key().
 * @param private_key     The key pair.
 * @param peer_key        The public key, 65 bytes on P-256.
 * @param peer_key_length Its length in bytes.
 * @param alg             The algorithm.
 * @param attributes      Unused.
 * @param key             PSA_KEY_ID_NULL.
 * @retval PSA_ERROR_NOT_SUPPORTED Always.
 */
psa_status_t psa_key_agreement(psa_key_id_t private_key, const uint8_t *peer_key,
                               size_t peer_key_length, psa_algorithm_t alg,
                               const psa_key_attributes_t *attributes, psa_key_id_t *key);

/**
 * Computes the secret that a key pair shares with a public key: 32 bytes on P-256. It is not a key
 * yet; psa_key_derivation_key_agreement() derives keys from it.
 * @param alg             The algorithm.
 * @param private_key     The key pair; it needs PSA_KEY_USAGE_DERIVE.
 * @param peer_key        The public key, 65 bytes on P-256.
 * @param peer_key_length Its length in bytes.
 * @param output          Receives the secret.
 * @param output_size     Size of that buffer in bytes.
 * @param output_length   On success the number of bytes in it.
 * @retval PSA_ERROR_INVALID_HANDLE   The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED    The policy of the key does not allow this use.
 * @retval PSA_ERROR_NOT_SUPPORTED    The image does not have the algorithm.
 * @retval PSA_ERROR_INVALID_ARGUMENT The public key is no point of the curve.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL output is too short.
 */
psa_status_t psa_raw_key_agreement(psa_algorithm_t alg, psa_key_id_t private_key,
                                   const uint8_t *peer_key, size_t peer_key_length,
                                   uint8_t *output, size_t output_size, size_t *output_length);

#ifdef __cplusplus
}
#endif

#endif
