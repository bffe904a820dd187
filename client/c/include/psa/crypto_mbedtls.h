/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_mbedtls.h
 * Names of Mbed TLS 3.6, with its values, that PSA Crypto API 1.2 does not have. `psa/crypto.h`
 * includes this header.
 */
#ifndef PSA_CRYPTO_MBEDTLS_H
#define PSA_CRYPTO_MBEDTLS_H

#include "psa/crypto_algorithms.h"
#include "psa/crypto_keys.h"
#include "psa/crypto_sizes.h"

/* ---- Keys by number ---- */

/** Identifier of a key. It has no owner field: the secure world knows the caller. */
typedef psa_key_id_t mbedtls_svc_key_id_t;
/** No key. */
#define MBEDTLS_SVC_KEY_ID_INIT ((psa_key_id_t)0)
/** The number of a key. */
#define MBEDTLS_SVC_KEY_ID_GET_KEY_ID(id) (id)

/* ---- Parts of an algorithm ---- */

/** Marks an algorithm of a vendor. */
#define PSA_ALG_VENDOR_FLAG ((psa_algorithm_t)0x80000000)
#define PSA_ALG_IS_VENDOR_DEFINED(alg) (((alg)&PSA_ALG_VENDOR_FLAG) != 0)
/** The bits that hold the category, and the categories. */
#define PSA_ALG_CATEGORY_MASK ((psa_algorithm_t)0x7f000000)
#define PSA_ALG_CATEGORY_HASH ((psa_algorithm_t)0x02000000)
#define PSA_ALG_CATEGORY_MAC ((psa_algorithm_t)0x03000000)
#define PSA_ALG_CATEGORY_CIPHER ((psa_algorithm_t)0x04000000)
#define PSA_ALG_CATEGORY_AEAD ((psa_algorithm_t)0x05000000)
#define PSA_ALG_CATEGORY_SIGN ((psa_algorithm_t)0x06000000)
#define PSA_ALG_CATEGORY_ASYMMETRIC_ENCRYPTION ((psa_algorithm_t)0x07000000)
#define PSA_ALG_CATEGORY_KEY_DERIVATION ((psa_algorithm_t)0x08000000)
#define PSA_ALG_CATEGORY_KEY_AGREEMENT ((psa_algorithm_t)0x09000000)
/** The bits that hold the hash. */
#define PSA_ALG_HASH_MASK ((psa_algorithm_t)0x000000ff)
/** The hash of an HMAC. */
#define PSA_ALG_HMAC_GET_HASH(hmac_alg) \
    (PSA_ALG_CATEGORY_HASH | ((hmac_alg)&PSA_ALG_HASH_MASK))
/** The bits that hold the length of a tag, and their offset. */
#define PSA_ALG_MAC_TRUNCATION_MASK ((psa_algorithm_t)0x003f0000)
#define PSA_MAC_TRUNCATION_OFFSET 16
#define PSA_ALG_AEAD_TAG_LENGTH_MASK ((psa_algorithm_t)0x003f0000)
#define PSA_AEAD_TAG_LENGTH_OFFSET 16
/** Length in bytes of the tag of authenticated encryption. */
#define PSA_ALG_AEAD_GET_TAG_LENGTH(aead_alg) \
    (((aead_alg)&PSA_ALG_AEAD_TAG_LENGTH_MASK) >> PSA_AEAD_TAG_LENGTH_OFFSET)

/* ---- Parts of a type of key ---- */

/** Marks a type of a vendor. */
#define PSA_KEY_TYPE_VENDOR_FLAG ((psa_key_type_t)0x8000)
#define PSA_KEY_TYPE_IS_VENDOR_DEFINED(type) (((type)&PSA_KEY_TYPE_VENDOR_FLAG) != 0)
/** The bits that hold the category, and the categories. */
#define PSA_KEY_TYPE_CATEGORY_MASK ((psa_key_type_t)0x7000)
#define PSA_KEY_TYPE_CATEGORY_RAW ((psa_key_type_t)0x1000)
#define PSA_KEY_TYPE_CATEGORY_SYMMETRIC ((psa_key_type_t)0x2000)
#define PSA_KEY_TYPE_CATEGORY_PUBLIC_KEY ((psa_key_type_t)0x4000)
#define PSA_KEY_TYPE_CATEGORY_KEY_PAIR ((psa_key_type_t)0x7000)
#define PSA_KEY_TYPE_CATEGORY_FLAG_PAIR ((psa_key_type_t)0x3000)
/** Keys of curves, without the family. */
#define PSA_KEY_TYPE_ECC_PUBLIC_KEY_BASE ((psa_key_type_t)0x4100)
#define PSA_KEY_TYPE_ECC_KEY_PAIR_BASE ((psa_key_type_t)0x7100)
#define PSA_KEY_TYPE_ECC_CURVE_MASK ((psa_key_type_t)0x00ff)

/* ---- Sizes ---- */

/** Size in bytes of an exported key on a curve of key_bits bits. */
#define PSA_KEY_EXPORT_ECC_PUBLIC_KEY_MAX_SIZE(key_bits) (2u * PSA_BITS_TO_BYTES(key_bits) + 1u)
#define PSA_KEY_EXPORT_ECC_KEY_PAIR_MAX_SIZE(key_bits) PSA_BITS_TO_BYTES(key_bits)
/** Size in bytes of an exported RSA key of key_bits bits. */
#define PSA_KEY_EXPORT_RSA_PUBLIC_KEY_MAX_SIZE(key_bits) \
    (CASEMATE_ASN1_INTEGER_SIZE(key_bits) + 11u)
#define PSA_KEY_EXPORT_RSA_KEY_PAIR_MAX_SIZE(key_bits) \
    (9u * CASEMATE_ASN1_INTEGER_SIZE((key_bits) / 2u + 1u) + 14u)
/** The largest ECDSA signature, in bytes. */
#define PSA_VENDOR_ECDSA_SIGNATURE_MAX_SIZE PSA_ECDSA_SIGNATURE_SIZE(PSA_VENDOR_ECC_MAX_CURVE_BITS)

#endif
