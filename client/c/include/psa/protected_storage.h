/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/protected_storage.h
 * Objects in external storage (PSA Secure Storage API 1.0, Protected
 * Storage).
 *
 * Profile Small does not have this service: the functions return PSA_ERROR_PROGRAMMER_ERROR. They
 * work with a firmware that has a partition for it.
 */
#ifndef PSA_PROTECTED_STORAGE_H
#define PSA_PROTECTED_STORAGE_H

#include "casemate/version.h"
#include "psa/error.h"
#include "psa/storage_common.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Major version of the API. */
#define PSA_PS_API_VERSION_MAJOR 1
/** Minor version of the API. */
#define PSA_PS_API_VERSION_MINOR 0

/**
 * Creates an object, or replaces it.
 * @param uid           Its uid; not 0.
 * @param data_length   Size of the data in bytes.
 * @param p_data        The data.
 * @param create_flags  Flags.
 */
psa_status_t psa_ps_set(psa_storage_uid_t uid, size_t data_length, const void *p_data,
                        psa_storage_create_flags_t create_flags);

/**
 * Reads data of an object.
 * @param uid            Its uid; not 0.
 * @param data_offset    Offset of the first byte in the object.
 * @param data_size      Size of the buffer p_data in bytes.
 * @param p_data         Receives the data.
 * @param p_data_length  On success, the number of bytes read.
 */
psa_status_t psa_ps_get(psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data,
                        size_t *p_data_length);

/**
 * Reads size and flags of an object.
 * @param uid     Its uid; not 0.
 * @param p_info  On success, capacity, size and flags.
 */
psa_status_t psa_ps_get_info(psa_storage_uid_t uid, struct psa_storage_info_t *p_info);

/**
 * Removes an object.
 * @param uid  Its uid; not 0.
 */
psa_status_t psa_ps_remove(psa_storage_uid_t uid);

/**
 * Reserves space for an object.
 * @param uid           Its uid; not 0.
 * @param capacity      Its capacity in bytes.
 * @param create_flags  Flags.
 * @return PSA_ERROR_NOT_SUPPORTED, see psa_ps_get_support().
 */
psa_status_t psa_ps_create(psa_storage_uid_t uid, size_t capacity,
                           psa_storage_create_flags_t create_flags);

/**
 * Writes a part of an object.
 * @param uid          Its uid; not 0.
 * @param data_offset  Offset of the first byte in the object.
 * @param data_length  Size of the data in bytes.
 * @param p_data       The data.
 * @return PSA_ERROR_NOT_SUPPORTED, see psa_ps_get_support().
 */
psa_status_t psa_ps_set_extended(psa_storage_uid_t uid, size_t data_offset, size_t data_length,
                                 const void *p_data);

/**
 * The optional functions that are available.
 * @return PSA_STORAGE_SUPPORT_SET_EXTENDED, or 0 for none.
 */
uint32_t psa_ps_get_support(void);

#ifdef __cplusplus
}
#endif

#endif
