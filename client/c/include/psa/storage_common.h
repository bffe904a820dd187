/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/storage_common.h
 * Types and flags of the storage APIs (PSA Secure Storage API 1.0).
 */
#ifndef PSA_STORAGE_COMMON_H
#define PSA_STORAGE_COMMON_H

#include <stddef.h>
#include <stdint.h>

#include "psa/error.h"

/** Flags with which an object is created. */
typedef uint32_t psa_storage_create_flags_t;
/** Number of an object, chosen by the client; not 0. */
typedef uint64_t psa_storage_uid_t;

/** No flag. */
#define PSA_STORAGE_FLAG_NONE ((psa_storage_create_flags_t)0)
/** The object can't be replaced or removed. */
#define PSA_STORAGE_FLAG_WRITE_ONCE ((psa_storage_create_flags_t)(1u << 0))
/** The object need not be kept secret. */
#define PSA_STORAGE_FLAG_NO_CONFIDENTIALITY ((psa_storage_create_flags_t)(1u << 1))
/** The object need not be protected against rollback. */
#define PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION ((psa_storage_create_flags_t)(1u << 2))

/** psa_ps_create() and psa_ps_set_extended() are available. */
#define PSA_STORAGE_SUPPORT_SET_EXTENDED (1u << 0)

/** Size and flags of an object. */
struct psa_storage_info_t {
    size_t capacity;                  /**< Capacity in bytes. */
    size_t size;                      /**< Size of the data in bytes. */
    psa_storage_create_flags_t flags; /**< Flags with which it was created. */
};

#endif
