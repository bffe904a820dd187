/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/storage_common.h
 * What the storage APIs share (PSA Secure Storage API 1.0).
 */
#ifndef PSA_STORAGE_COMMON_H
#define PSA_STORAGE_COMMON_H

#include <stddef.h>
#include <stdint.h>

#include "psa/error.h"

/** Flags with which an object is created. */
typedef uint32_t psa_storage_create_flags_t;
/** Name of an object; never 0. */
typedef uint64_t psa_storage_uid_t;

/** No flag. */
#define PSA_STORAGE_FLAG_NONE ((psa_storage_create_flags_t)0)
/** The object can never be replaced or removed. */
#define PSA_STORAGE_FLAG_WRITE_ONCE ((psa_storage_create_flags_t)(1u << 0))
/** The object need not be kept secret. */
#define PSA_STORAGE_FLAG_NO_CONFIDENTIALITY ((psa_storage_create_flags_t)(1u << 1))
/** The object need not be protected against being put back to an older state. */
#define PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION ((psa_storage_create_flags_t)(1u << 2))

/** psa_ps_create() and psa_ps_set_extended() exist. */
#define PSA_STORAGE_SUPPORT_SET_EXTENDED (1u << 0)

/** What a storage service knows of an object. */
struct psa_storage_info_t {
    size_t capacity;                  /**< Room of the object in bytes. */
    size_t size;                      /**< Bytes in it. */
    psa_storage_create_flags_t flags; /**< Flags with which it was created. */
};

#endif
