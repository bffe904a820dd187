/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_types.h
 * The types of PSA Crypto API 1.2 that are numbers.
 */
#ifndef PSA_CRYPTO_TYPES_H
#define PSA_CRYPTO_TYPES_H

#include <stddef.h>
#include <stdint.h>

#include "psa/error.h"

/** An algorithm, with the length of its tag, or a wildcard for a key's policy. */
typedef uint32_t psa_algorithm_t;
/** Identifier of a key. */
typedef uint32_t psa_key_id_t;
/** Type of a key. */
typedef uint16_t psa_key_type_t;
/** Usage flags of a key: PSA_KEY_USAGE_*. */
typedef uint32_t psa_key_usage_t;
/** How long and where a key is kept: a location and a persistence. */
typedef uint32_t psa_key_lifetime_t;
/** How long a key is kept. */
typedef uint8_t psa_key_persistence_t;
/** Where a key is kept. */
typedef uint32_t psa_key_location_t;
/** A family of elliptic curves. */
typedef uint8_t psa_ecc_family_t;
/** A family of groups for Diffie-Hellman. */
typedef uint8_t psa_dh_family_t;
/** An input of a key derivation. */
typedef uint16_t psa_key_derivation_step_t;
/** Primitive of a password-authenticated key exchange. */
typedef uint32_t psa_pake_primitive_t;
/** Type of the primitive: curve or group. */
typedef uint8_t psa_pake_primitive_type_t;
/** Family of curves or groups. */
typedef uint8_t psa_pake_family_t;
/** Side in a password-authenticated key exchange. */
typedef uint8_t psa_pake_role_t;
/** A message of a password-authenticated key exchange. */
typedef uint8_t psa_pake_step_t;

#endif
