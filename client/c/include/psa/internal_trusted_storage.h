/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/internal_trusted_storage.h
 * Small objects in the device's own flash (PSA Secure Storage API 1.0, Internal Trusted Storage).
 *
 * The objects of an application are its own. An object is replaced as a whole, and survives a
 * power cut at any moment in its old or its new state.
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
 * @param uid           Its name.
 * @param data_length   Size of the data in bytes.
 * @param p_data        The data.
 * @param create_flags  Flags.
 * @retval PSA_ERROR_NOT_PERMITTED         It was created to be written once.
 * @retval PSA_ERROR_NOT_SUPPORTED         A flag is unknown.
 * @retval PSA_ERROR_INSUFFICIENT_STORAGE  There is no room.
 * @retval PSA_ERROR_INVALID_ARGUMENT      The name is 0, or there is too much data.
 */
psa_status_t psa_its_set(psa_storage_uid_t uid, size_t data_length, const void *p_data,
                         psa_storage_create_flags_t create_flags);

/**
 * Reads data of an object.
 * @param uid            Its name.
 * @param data_offset    Where to begin, in bytes.
 * @param data_size      Room in p_data in bytes.
 * @param p_data         Where the data goes.
 * @param p_data_length  On success, how many bytes were read.
 * @retval PSA_ERROR_DOES_NOT_EXIST    There is no such object.
 * @retval PSA_ERROR_INVALID_ARGUMENT  The name is 0, or the offset lies behind the end.
 * @retval PSA_ERROR_DATA_CORRUPT      The object is damaged.
 */
psa_status_t psa_its_get(psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data,
                         size_t *p_data_length);

/**
 * Tells what is known of an object.
 * @param uid     Its name.
 * @param p_info  On success, room, size and flags.
 * @retval PSA_ERROR_DOES_NOT_EXIST  There is no such object.
 */
psa_status_t psa_its_get_info(psa_storage_uid_t uid, struct psa_storage_info_t *p_info);

/**
 * Removes an object.
 * @param uid  Its name.
 * @retval PSA_ERROR_DOES_NOT_EXIST  There is no such object.
 * @retval PSA_ERROR_NOT_PERMITTED   It was created to be written once.
 */
psa_status_t psa_its_remove(psa_storage_uid_t uid);

#ifdef __cplusplus
}
#endif

#endif
