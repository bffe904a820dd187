/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_key_management.h
 * Management of keys (PSA Crypto API 1.2, chapter 9). Creating, copying, exporting and destroying
 * keys.
 *
 * psa/crypto_functions.h lists the errors that every function can return.
 */
#ifndef PSA_CRYPTO_KEY_MANAGEMENT_H
#define PSA_CRYPTO_KEY_MANAGEMENT_H

#include "psa/crypto_objects.h"
#include "psa/crypto_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Reads the attributes of a key.
 * @param key        The key.
 * @param attributes On success the attributes.
 * @retval PSA_ERROR_INVALID_HANDLE The caller has no such key.
 */
psa_status_t psa_get_key_attributes(psa_key_id_t key, psa_key_attributes_t *attributes);

/**
 * Creates a key from data.
 * @param attributes  Type, size, policy and lifetime of the key.
 * @param data        The material of the key.
 * @param data_length Its length in bytes.
 * @param key         On success the identifier of the new key, else PSA_KEY_ID_NULL.
 * @retval PSA_ERROR_INVALID_ARGUMENT     The attributes contradict each other or the data.
 * @retval PSA_ERROR_NOT_SUPPORTED        The image does not have the type, size or algorithm.
 * @retval PSA_ERROR_INSUFFICIENT_MEMORY  All keys of the profile or of this client are in use.
 * @retval PSA_ERROR_ALREADY_EXISTS       A persistent key has this identifier.
 * @retval PSA_ERROR_INSUFFICIENT_STORAGE There is no room for a persistent key.
 */
psa_status_t psa_import_key(const psa_key_attributes_t *attributes, const uint8_t *data,
                            size_t data_length, psa_key_id_t *key);

/**
 * Creates a random key.
 * @param attributes Type, size, policy and lifetime of the key.
 * @param key        On success the identifier of the new key, else PSA_KEY_ID_NULL.
 * @retval PSA_ERROR_INSUFFICIENT_ENTROPY The source of entropy has failed.
 * @retval PSA_ERROR_INVALID_ARGUMENT     The attributes contradict each other or the data.
 * @retval PSA_ERROR_NOT_SUPPORTED        The image does not have the type, size or algorithm.
 * @retval PSA_ERROR_INSUFFICIENT_MEMORY  All keys of the profile or of this client are in use.
 * @retval PSA_ERROR_ALREADY_EXISTS       A persistent key has this identifier.
 * @retval PSA_ERROR_INSUFFICIENT_STORAGE There is no room for a persistent key.
 */
psa_status_t psa_generate_key(const psa_key_attributes_t *attributes, psa_key_id_t *key);

/**
 * Copies a key. The copy may do what both policies allow; the source needs PSA_KEY_USAGE_COPY.
 * @param source_key The key to copy.
 * @param attributes Policy, lifetime and identifier of the copy.
 * @param target_key On success the identifier of the copy, else PSA_KEY_ID_NULL.
 * @retval PSA_ERROR_INVALID_HANDLE       The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED        The policy of the key does not allow this use.
 * @retval PSA_ERROR_INVALID_ARGUMENT     The attributes contradict each other or the data.
 * @retval PSA_ERROR_NOT_SUPPORTED        The image does not have the type, size or algorithm.
 * @retval PSA_ERROR_INSUFFICIENT_MEMORY  All keys of the profile or of this client are in use.
 * @retval PSA_ERROR_ALREADY_EXISTS       A persistent key has this identifier.
 * @retval PSA_ERROR_INSUFFICIENT_STORAGE There is no room for a persistent key.
 */
psa_status_t psa_copy_key(psa_key_id_t source_key, const psa_key_attributes_t *attributes,
                          psa_key_id_t *target_key);

/**
 * Destroys a key and ends the operations that use it.
 * @param key The key; PSA_KEY_ID_NULL does nothing.
 * @retval PSA_ERROR_INVALID_HANDLE The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED  The key is read-only.
 */
psa_status_t psa_destroy_key(psa_key_id_t key);

/**
 * Frees memory that a persistent key takes beside its storage.
 * @param key The key.
 * @retval PSA_ERROR_INVALID_HANDLE The caller has no such key.
 */
psa_status_t psa_purge_key(psa_key_id_t key);

/**
 * Exports a key. It needs PSA_KEY_USAGE_EXPORT unless it is a public key.
 * @param key         The key.
 * @param data        Receives the material of the key.
 * @param data_size   Size of that buffer in bytes.
 * @param data_length On success the number of bytes in it.
 * @retval PSA_ERROR_INVALID_HANDLE   The caller has no such key.
 * @retval PSA_ERROR_NOT_PERMITTED    The policy of the key does not allow this use.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL data is too short.
 */
psa_status_t psa_export_key(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length);

/**
 * Exports a public key, or the public half of a key pair: 65 bytes on P-256.
 * @param key         The key.
 * @param data        Receives the public key.
 * @param data_size   Size of that buffer in bytes.
 * @param data_length On success the number of bytes in it.
 * @retval PSA_ERROR_INVALID_HANDLE   The caller has no such key.
 * @retval PSA_ERROR_INVALID_ARGUMENT The key is symmetric.
 * @retval PSA_ERROR_BUFFER_TOO_SMALL data is too short.
 */
psa_status_t psa_export_public_key(psa_key_id_t key, uint8_t *data, size_t data_size,
                                   size_t *data_length);

#ifdef __cplusplus
}
#endif

#endif
