/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_keys.h
 * Types, lifetimes, identifiers and usage flags of keys, and the inputs of key derivations (PSA
 * Crypto API 1.2, chapters 9 and 10.6, appendix B.2).
 */
#ifndef PSA_CRYPTO_KEYS_H
#define PSA_CRYPTO_KEYS_H

#include "psa/crypto_algorithms.h"
#include "psa/crypto_types.h"

/** The bits of a type that hold its category. Not part of the API. */
#define CASEMATE_KEY_CATEGORY(type) ((type)&0x7000u)
/** A type with this family. Not part of the API. */
#define CASEMATE_KEY_WITH_FAMILY(base, family) ((psa_key_type_t)((base) | (family)))
/** A type without its family. Not part of the API. */
#define CASEMATE_KEY_WITHOUT_FAMILY(type) ((type)&0xff80u)
/** A type without the bits that distinguish key pairs from public keys. Not part of the API. */
#define CASEMATE_KEY_ANY_HALF(type) ((type)&0xcf80u)

/* ---- Types ---- */

/** No type. */
#define PSA_KEY_TYPE_NONE ((psa_key_type_t)0x0000)
#define PSA_KEY_TYPE_RAW_DATA ((psa_key_type_t)0x1001)
#define PSA_KEY_TYPE_HMAC ((psa_key_type_t)0x1100)
#define PSA_KEY_TYPE_DERIVE ((psa_key_type_t)0x1200)
#define PSA_KEY_TYPE_PASSWORD ((psa_key_type_t)0x1203)
/** Not available in any image: there is no function that compares with such a key. */
#define PSA_KEY_TYPE_PASSWORD_HASH ((psa_key_type_t)0x1205)
#define PSA_KEY_TYPE_PEPPER ((psa_key_type_t)0x1206)
#define PSA_KEY_TYPE_AES ((psa_key_type_t)0x2400)
#define PSA_KEY_TYPE_ARIA ((psa_key_type_t)0x2406)
#define PSA_KEY_TYPE_DES ((psa_key_type_t)0x2301)
#define PSA_KEY_TYPE_CAMELLIA ((psa_key_type_t)0x2403)
#define PSA_KEY_TYPE_SM4 ((psa_key_type_t)0x2405)
#define PSA_KEY_TYPE_ARC4 ((psa_key_type_t)0x2002)
#define PSA_KEY_TYPE_CHACHA20 ((psa_key_type_t)0x2004)
#define PSA_KEY_TYPE_XCHACHA20 ((psa_key_type_t)0x2007)
#define PSA_KEY_TYPE_RSA_PUBLIC_KEY ((psa_key_type_t)0x4001)
#define PSA_KEY_TYPE_RSA_KEY_PAIR ((psa_key_type_t)0x7001)
#define PSA_KEY_TYPE_ECC_PUBLIC_KEY(curve) CASEMATE_KEY_WITH_FAMILY(0x4100, curve)
#define PSA_KEY_TYPE_ECC_KEY_PAIR(curve) CASEMATE_KEY_WITH_FAMILY(0x7100, curve)
#define PSA_KEY_TYPE_DH_PUBLIC_KEY(group) CASEMATE_KEY_WITH_FAMILY(0x4200, group)
#define PSA_KEY_TYPE_DH_KEY_PAIR(group) CASEMATE_KEY_WITH_FAMILY(0x7200, group)
#define PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(curve) CASEMATE_KEY_WITH_FAMILY(0x4400, curve)
#define PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(curve) CASEMATE_KEY_WITH_FAMILY(0x7400, curve)

/** Whether any string of bytes is a key of the type. */
#define PSA_KEY_TYPE_IS_UNSTRUCTURED(type) \
    (CASEMATE_KEY_CATEGORY(type) == 0x1000u || CASEMATE_KEY_CATEGORY(type) == 0x2000u)
/** Whether it is a public key or a key pair. */
#define PSA_KEY_TYPE_IS_ASYMMETRIC(type) (((type)&0x4000u) == 0x4000u)
#define PSA_KEY_TYPE_IS_PUBLIC_KEY(type) (CASEMATE_KEY_CATEGORY(type) == 0x4000u)
#define PSA_KEY_TYPE_IS_KEY_PAIR(type) (CASEMATE_KEY_CATEGORY(type) == 0x7000u)
/** The key pair of a public key. */
#define PSA_KEY_TYPE_KEY_PAIR_OF_PUBLIC_KEY(type) ((psa_key_type_t)((type) | 0x3000u))
/** The public key of a key pair. */
#define PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(type) ((psa_key_type_t)((type)&0xcfffu))
#define PSA_KEY_TYPE_IS_RSA(type) (((type)&0xcfffu) == 0x4001u)
#define PSA_KEY_TYPE_IS_ECC(type) (CASEMATE_KEY_ANY_HALF(type) == 0x4100u)
#define PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type) (CASEMATE_KEY_WITHOUT_FAMILY(type) == 0x7100u)
#define PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type) (CASEMATE_KEY_WITHOUT_FAMILY(type) == 0x4100u)
#define PSA_KEY_TYPE_ECC_GET_FAMILY(type) ((psa_ecc_family_t)((type)&0x7fu))
#define PSA_KEY_TYPE_IS_DH(type) (CASEMATE_KEY_ANY_HALF(type) == 0x4200u)
#define PSA_KEY_TYPE_IS_DH_KEY_PAIR(type) (CASEMATE_KEY_WITHOUT_FAMILY(type) == 0x7200u)
#define PSA_KEY_TYPE_IS_DH_PUBLIC_KEY(type) (CASEMATE_KEY_WITHOUT_FAMILY(type) == 0x4200u)
#define PSA_KEY_TYPE_DH_GET_FAMILY(type) ((psa_dh_family_t)((type)&0x7fu))
#define PSA_KEY_TYPE_IS_SPAKE2P(type) (CASEMATE_KEY_ANY_HALF(type) == 0x4400u)
#define PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR(type) (CASEMATE_KEY_WITHOUT_FAMILY(type) == 0x7400u)
#define PSA_KEY_TYPE_IS_SPAKE2P_PUBLIC_KEY(type) (CASEMATE_KEY_WITHOUT_FAMILY(type) == 0x4400u)
#define PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type) ((psa_ecc_family_t)((type)&0x7fu))

/* ---- Families of curves and groups ---- */

#define PSA_ECC_FAMILY_SECP_K1 ((psa_ecc_family_t)0x17)
#define PSA_ECC_FAMILY_SECP_R1 ((psa_ecc_family_t)0x12)
#define PSA_ECC_FAMILY_SECP_R2 ((psa_ecc_family_t)0x1b)
#define PSA_ECC_FAMILY_SECT_K1 ((psa_ecc_family_t)0x27)
#define PSA_ECC_FAMILY_SECT_R1 ((psa_ecc_family_t)0x22)
#define PSA_ECC_FAMILY_SECT_R2 ((psa_ecc_family_t)0x2b)
#define PSA_ECC_FAMILY_BRAINPOOL_P_R1 ((psa_ecc_family_t)0x30)
#define PSA_ECC_FAMILY_FRP ((psa_ecc_family_t)0x33)
#define PSA_ECC_FAMILY_MONTGOMERY ((psa_ecc_family_t)0x41)
#define PSA_ECC_FAMILY_TWISTED_EDWARDS ((psa_ecc_family_t)0x42)
#define PSA_DH_FAMILY_RFC7919 ((psa_dh_family_t)0x03)

/* ---- Lifetimes ---- */

/** The key lives until it is destroyed or the device resets. */
#define PSA_KEY_LIFETIME_VOLATILE ((psa_key_lifetime_t)0x00000000)
/** The key lives in the storage of the device until it is destroyed. */
#define PSA_KEY_LIFETIME_PERSISTENT ((psa_key_lifetime_t)0x00000001)
#define PSA_KEY_PERSISTENCE_VOLATILE ((psa_key_persistence_t)0x00)
#define PSA_KEY_PERSISTENCE_DEFAULT ((psa_key_persistence_t)0x01)
/** The key is never destroyed. */
#define PSA_KEY_PERSISTENCE_READ_ONLY ((psa_key_persistence_t)0xff)
#define PSA_KEY_LOCATION_LOCAL_STORAGE ((psa_key_location_t)0x000000)
#define PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT ((psa_key_location_t)0x000001)
#define PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime) ((psa_key_persistence_t)((lifetime)&0xffu))
#define PSA_KEY_LIFETIME_GET_LOCATION(lifetime) ((psa_key_location_t)((lifetime) >> 8))
#define PSA_KEY_LIFETIME_IS_VOLATILE(lifetime) \
    (PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime) == PSA_KEY_PERSISTENCE_VOLATILE)
#define PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(persistence, location) \
    ((psa_key_lifetime_t)((psa_key_lifetime_t)(location) << 8 | (persistence)))

/* ---- Identifiers ---- */

/** No key. */
#define PSA_KEY_ID_NULL ((psa_key_id_t)0)
#define PSA_KEY_ID_USER_MIN ((psa_key_id_t)0x00000001)
#define PSA_KEY_ID_USER_MAX ((psa_key_id_t)0x3fffffff)
#define PSA_KEY_ID_VENDOR_MIN ((psa_key_id_t)0x40000000)
#define PSA_KEY_ID_VENDOR_MAX ((psa_key_id_t)0x7fffffff)

/* ---- Usage flags ---- */

#define PSA_KEY_USAGE_EXPORT ((psa_key_usage_t)0x00000001)
#define PSA_KEY_USAGE_COPY ((psa_key_usage_t)0x00000002)
/** The service may keep a copy in memory; it has no effect here. */
#define PSA_KEY_USAGE_CACHE ((psa_key_usage_t)0x00000004)
#define PSA_KEY_USAGE_ENCRYPT ((psa_key_usage_t)0x00000100)
#define PSA_KEY_USAGE_DECRYPT ((psa_key_usage_t)0x00000200)
#define PSA_KEY_USAGE_SIGN_MESSAGE ((psa_key_usage_t)0x00000400)
#define PSA_KEY_USAGE_VERIFY_MESSAGE ((psa_key_usage_t)0x00000800)
/** Signing hashes. It implies PSA_KEY_USAGE_SIGN_MESSAGE. */
#define PSA_KEY_USAGE_SIGN_HASH ((psa_key_usage_t)0x00001000)
/** Verifying hashes. It implies PSA_KEY_USAGE_VERIFY_MESSAGE. */
#define PSA_KEY_USAGE_VERIFY_HASH ((psa_key_usage_t)0x00002000)
#define PSA_KEY_USAGE_DERIVE ((psa_key_usage_t)0x00004000)
/** Not available alone: such a key needs PSA_KEY_USAGE_DERIVE too. */
#define PSA_KEY_USAGE_VERIFY_DERIVATION ((psa_key_usage_t)0x00008000)

/* ---- Inputs of key derivations; the numbers are those of TF-M v2.3 ---- */

#define PSA_KEY_DERIVATION_INPUT_SECRET ((psa_key_derivation_step_t)0x0101)
#define PSA_KEY_DERIVATION_INPUT_PASSWORD ((psa_key_derivation_step_t)0x0102)
#define PSA_KEY_DERIVATION_INPUT_OTHER_SECRET ((psa_key_derivation_step_t)0x0103)
#define PSA_KEY_DERIVATION_INPUT_LABEL ((psa_key_derivation_step_t)0x0201)
#define PSA_KEY_DERIVATION_INPUT_SALT ((psa_key_derivation_step_t)0x0202)
#define PSA_KEY_DERIVATION_INPUT_INFO ((psa_key_derivation_step_t)0x0203)
#define PSA_KEY_DERIVATION_INPUT_SEED ((psa_key_derivation_step_t)0x0204)
#define PSA_KEY_DERIVATION_INPUT_COST ((psa_key_derivation_step_t)0x0205)
#define PSA_KEY_DERIVATION_INPUT_CONTEXT ((psa_key_derivation_step_t)0x0206)
/** The capacity is that of the algorithm. */
#define PSA_KEY_DERIVATION_UNLIMITED_CAPACITY ((size_t)-1)

#endif
