/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/internal_trusted_storage.h
 * Small objects in flash inside the device (PSA Secure Storage API 1.0, Internal Trusted Storage).
 *
 * Each client has its own objects: the same uid names a different object for each of them. After a
 * power cut at any moment, an object has its old or its new content.
 */
#ifndef PSA_INTERNAL_TRUSTED_STORAGE_H
#define PSA_INTERNAL_TRUSTED_STORAGE_H

#include "casemate/version.h"
#include "psa/error.h"
#include "psa/storage_common.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Major version of the API. */
#define PSA_ITS_API_VERSION_MAJOR 1
/** Minor version of the API. */
#define PSA_ITS_API_VERSION_MINOR 0

/**
 * Creates an object, or replaces it.
 * @param uid           Its uid; not 0.
 * @param data_length   Size of the data in bytes.
 * @param p_data        The data.
 * @param create_flags  Flags.
 * @retval PSA_ERROR_NOT_PERMITTED         It was created with PSA_STORAGE_FLAG_WRITE_ONCE.
 * @retval PSA_ERROR_NOT_SUPPORTED         A flag is unknown.
 * @retval PSA_ERROR_INSUFFICIENT_STORAGE  The storage is full, or the client has its maximum.
 * @retval PSA_ERROR_INVALID_ARGUMENT      The uid is 0, or the data is too large.
 */
psa_status_t psa_its_set(psa_storage_uid_t uid, size_t data_length, const void *p_data,
                         psa_storage_create_flags_t create_flags);

/**
 * Reads data of an object.
 * @param uid            Its uid; not 0.
 * @param data_offset    Offset of the first byte in the object.
 * @param data_size      Size of the buffer p_data in bytes.
 * @param p_data         Receives the data.
 * @param p_data_length  On success, the number of bytes read.
 * @retval PSA_ERROR_DOES_NOT_EXIST    There is no such object.
 * @retval PSA_ERROR_INVALID_ARGUMENT  The uid is 0, or the offset lies behind the end.
 * @retval PSA_ERROR_DATA_CORRUPT      The object is damaged.
 */
psa_status_t psa_its_get(psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data,
                         size_t *p_data_length);

/**
 * Reads size and flags of an object.
 * @param uid     Its uid; not 0.
 * @param p_info  On success, capacity, size and flags.
 * @retval PSA_ERROR_DOES_NOT_EXIST  There is no such object.
 */
psa_status_t psa_its_get_info(psa_storage_uid_t uid, struct psa_storage_info_t *p_info);

/**
 * Removes an object.
 * @param uid  Its uid; not 0.
 * @retval PSA_ERROR_DOES_NOT_EXIST  There is no such object.
 * @retval PSA_ERROR_NOT_PERMITTED   It was created with PSA_STORAGE_FLAG_WRITE_ONCE.
 */
psa_status_t psa_its_remove(psa_storage_uid_t uid);

#ifdef __cplusplus
}
#endif

#endif
