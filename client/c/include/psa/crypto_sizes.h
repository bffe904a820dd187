/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_sizes.h
 * Sizes of buffers in bytes (PSA Crypto API 1.2, the support macros of chapters 9 and 10).
 *
 * Macros that end in MAX_SIZE hold for every algorithm and key of every profile.
 */
#ifndef PSA_CRYPTO_SIZES_H
#define PSA_CRYPTO_SIZES_H

#include "psa/crypto_algorithms.h"
#include "psa/crypto_keys.h"

/** The largest curve, in bits. */
#define PSA_VENDOR_ECC_MAX_CURVE_BITS 256u
/** The largest RSA key that a buffer has to hold, in bits. */
#define PSA_VENDOR_RSA_MAX_KEY_BITS 4096u

/* Without a cast, so that it may stand in #if. */
#define PSA_BITS_TO_BYTES(bits) (((bits) + 7u) / 8u)
#define PSA_BYTES_TO_BITS(bytes) ((bytes)*8u)
/** The next multiple. Not part of the API. */
#define CASEMATE_ROUND_UP(block, length) (((size_t)(length) + (block)-1u) / (block) * (block))

/* ---- Hashes ---- */

/** Length of a hash, or of HMAC with it; 0 for another algorithm. */
#define PSA_HASH_LENGTH(alg)                                     \
    (PSA_ALG_GET_HASH(alg) == PSA_ALG_MD2                        \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_MD4             \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_MD5             \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_AES_MMO_ZIGBEE  \
         ? 16u                                                   \
     : PSA_ALG_GET_HASH(alg) == PSA_ALG_RIPEMD160                \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_1           \
         ? 20u                                                   \
     : PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_224                  \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_512_224     \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA3_224        \
         ? 28u                                                   \
     : PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_256                  \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_512_256     \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA3_256        \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_SM3             \
         ? 32u                                                   \
     : PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_384                  \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA3_384        \
         ? 48u                                                   \
     : PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_512                  \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA3_512        \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHAKE256_512    \
         ? 64u                                                   \
         : 0u)
#define PSA_HASH_MAX_SIZE 64u

/** Block size of a hash; 0 for another algorithm. */
#define PSA_HASH_BLOCK_LENGTH(alg)                               \
    (PSA_ALG_GET_HASH(alg) == PSA_ALG_MD2                        \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_AES_MMO_ZIGBEE  \
         ? 16u                                                   \
     : PSA_ALG_GET_HASH(alg) == PSA_ALG_MD4                      \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_MD5             \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_RIPEMD160       \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_1           \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_224         \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_256         \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_SM3             \
         ? 64u                                                   \
     : CASEMATE_IS_SHA_512_FAMILY(alg)          ? 128u           \
     : PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA3_224 ? 144u          \
     : PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA3_256                 \
             || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHAKE256_512    \
         ? 136u                                                  \
     : PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA3_384 ? 104u          \
     : PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA3_512 ? 72u           \
                                                 : 0u)
/** Whether a hash works on words of 64 bits. Not part of the API. */
#define CASEMATE_IS_SHA_512_FAMILY(alg)                      \
    (PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_384                \
     || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_512             \
     || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_512_224         \
     || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_512_256)
/** Whether a hash works on words of 32 bits. Not part of the API. */
#define CASEMATE_IS_SHA_256_FAMILY(alg)                      \
    (PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_224                \
     || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_256             \
     || PSA_ALG_GET_HASH(alg) == PSA_ALG_SM3)

#define PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH ((size_t)4)
#define PSA_HASH_SUSPEND_INPUT_LENGTH_FIELD_LENGTH(alg)                           \
    ((size_t)(PSA_ALG_GET_HASH(alg) == PSA_ALG_MD2 ? 1u                           \
              : PSA_ALG_GET_HASH(alg) == PSA_ALG_MD4                              \
                      || PSA_ALG_GET_HASH(alg) == PSA_ALG_MD5                     \
                      || PSA_ALG_GET_HASH(alg) == PSA_ALG_RIPEMD160               \
                      || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_1                   \
                      || CASEMATE_IS_SHA_256_FAMILY(alg)                          \
                  ? 8u                                                            \
              : CASEMATE_IS_SHA_512_FAMILY(alg) ? 16u                             \
                                                : 0u))
#define PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(alg)                             \
    ((size_t)(PSA_ALG_GET_HASH(alg) == PSA_ALG_MD2 ? 64u                          \
              : PSA_ALG_GET_HASH(alg) == PSA_ALG_MD4                              \
                      || PSA_ALG_GET_HASH(alg) == PSA_ALG_MD5                     \
                  ? 16u                                                           \
              : PSA_ALG_GET_HASH(alg) == PSA_ALG_RIPEMD160                        \
                      || PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_1                   \
                  ? 20u                                                           \
              : CASEMATE_IS_SHA_256_FAMILY(alg) ? 32u                             \
              : CASEMATE_IS_SHA_512_FAMILY(alg) ? 64u                             \
                                                : 0u))
#define PSA_HASH_SUSPEND_OUTPUT_SIZE(alg)                                           \
    (PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH                                        \
     + PSA_HASH_SUSPEND_INPUT_LENGTH_FIELD_LENGTH(alg)                              \
     + PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(alg) + PSA_HASH_BLOCK_LENGTH(alg) - 1u)
#define PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE PSA_HASH_SUSPEND_OUTPUT_SIZE(PSA_ALG_SHA_512)

/* ---- Block ciphers ---- */

/** Block size of the cipher of a key; 1 for a stream cipher, 0 for a key of another type. */
#define PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) \
    (CASEMATE_KEY_CATEGORY(type) == 0x2000u ? 1u << (((type) >> 8) & 7u) : 0u)
#define PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE 16u

/* ---- Message authentication codes ---- */

/** Truncated length of the algorithm; 0 if it is not truncated. Not part of the API. */
#define PSA_MAC_TRUNCATED_LENGTH(mac_alg) (((mac_alg) >> 16) & 0x3fu)
#define PSA_MAC_LENGTH(key_type, key_bits, alg)                                      \
    (!PSA_ALG_IS_MAC(alg) ? 0u \
                       : PSA_MAC_TRUNCATED_LENGTH(alg) != 0 ? PSA_MAC_TRUNCATED_LENGTH(alg) \
                       : PSA_ALG_IS_HMAC(alg) ? PSA_HASH_LENGTH(alg)                 \
                                              : PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type))
#define PSA_MAC_MAX_SIZE PSA_HASH_MAX_SIZE

/* ---- Ciphers ---- */

#define PSA_CIPHER_IV_LENGTH(key_type, alg)                                            \
    (PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type) > 1u                                      \
             && ((alg) == PSA_ALG_CTR || (alg) == PSA_ALG_CFB || (alg) == PSA_ALG_OFB  \
                 || (alg) == PSA_ALG_XTS || (alg) == PSA_ALG_CBC_NO_PADDING            \
                 || (alg) == PSA_ALG_CBC_PKCS7)                                        \
         ? PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type)                                     \
     : (alg) == PSA_ALG_CCM_STAR_NO_TAG                                    ? 13u       \
     : (alg) == PSA_ALG_STREAM_CIPHER && (key_type) == PSA_KEY_TYPE_CHACHA20 ? 12u     \
     : (alg) == PSA_ALG_STREAM_CIPHER && (key_type) == PSA_KEY_TYPE_XCHACHA20 ? 24u    \
                                                                              : 0u)
#define PSA_CIPHER_IV_MAX_SIZE 16u
#define PSA_CIPHER_ENCRYPT_OUTPUT_SIZE(key_type, alg, input_length)                     \
    (PSA_CIPHER_IV_LENGTH(key_type, alg)                                                \
     + ((alg) == PSA_ALG_CBC_PKCS7 && PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type) > 1u      \
            ? CASEMATE_ROUND_UP(16u, (size_t)(input_length) + 1u)                       \
            : (size_t)(input_length)))
#define PSA_CIPHER_ENCRYPT_OUTPUT_MAX_SIZE(input_length) \
    (PSA_CIPHER_IV_MAX_SIZE                              \
     + CASEMATE_ROUND_UP(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, (size_t)(input_length) + 1u))
#define PSA_CIPHER_DECRYPT_OUTPUT_SIZE(key_type, alg, input_length) ((size_t)(input_length))
#define PSA_CIPHER_DECRYPT_OUTPUT_MAX_SIZE(input_length) ((size_t)(input_length))
#define PSA_CIPHER_UPDATE_OUTPUT_SIZE(key_type, alg, input_length)                      \
    (PSA_ALG_IS_STREAM_CIPHER(alg) ? (size_t)(input_length)                             \
                                   : CASEMATE_ROUND_UP(16u, input_length))
#define PSA_CIPHER_UPDATE_OUTPUT_MAX_SIZE(input_length) \
    CASEMATE_ROUND_UP(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, input_length)
#define PSA_CIPHER_FINISH_OUTPUT_SIZE(key_type, alg) \
    ((alg) == PSA_ALG_CBC_PKCS7 ? PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type) : 0u)
#define PSA_CIPHER_FINISH_OUTPUT_MAX_SIZE PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE

/* ---- Authenticated encryption ---- */

#define PSA_AEAD_TAG_LENGTH(key_type, key_bits, alg) \
    (PSA_ALG_IS_AEAD(alg) ? PSA_MAC_TRUNCATED_LENGTH(alg) : 0u)
#define PSA_AEAD_TAG_MAX_SIZE 16u
#define PSA_AEAD_NONCE_LENGTH(key_type, alg)                                             \
    (PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg) == PSA_ALG_CCM                 ? 13u      \
     : PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg) == PSA_ALG_GCM               ? 12u      \
     : PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg) == PSA_ALG_CHACHA20_POLY1305 ? 12u      \
     : PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg) == PSA_ALG_XCHACHA20_POLY1305 ? 24u     \
                                                                               : 0u)
#define PSA_AEAD_NONCE_MAX_SIZE 13u
#define PSA_AEAD_ENCRYPT_OUTPUT_SIZE(key_type, alg, plaintext_length) \
    ((size_t)(plaintext_length) + PSA_AEAD_TAG_LENGTH(key_type, 0, alg))
#define PSA_AEAD_ENCRYPT_OUTPUT_MAX_SIZE(plaintext_length) \
    ((size_t)(plaintext_length) + PSA_AEAD_TAG_MAX_SIZE)
#define PSA_AEAD_DECRYPT_OUTPUT_SIZE(key_type, alg, ciphertext_length)            \
    ((size_t)(ciphertext_length) > PSA_AEAD_TAG_LENGTH(key_type, 0, alg)          \
         ? (size_t)(ciphertext_length)-PSA_AEAD_TAG_LENGTH(key_type, 0, alg)      \
         : 0u)
#define PSA_AEAD_DECRYPT_OUTPUT_MAX_SIZE(ciphertext_length) ((size_t)(ciphertext_length))
#define PSA_AEAD_UPDATE_OUTPUT_SIZE(key_type, alg, input_length)                       \
    (PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER(alg) ? CASEMATE_ROUND_UP(16u, input_length)       \
                                          : (size_t)(input_length))
#define PSA_AEAD_UPDATE_OUTPUT_MAX_SIZE(input_length) \
    CASEMATE_ROUND_UP(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, input_length)
#define PSA_AEAD_FINISH_OUTPUT_SIZE(key_type, alg) \
    (PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER(alg) ? PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type) : 0u)
#define PSA_AEAD_FINISH_OUTPUT_MAX_SIZE PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE
#define PSA_AEAD_VERIFY_OUTPUT_SIZE(key_type, alg) PSA_AEAD_FINISH_OUTPUT_SIZE(key_type, alg)
#define PSA_AEAD_VERIFY_OUTPUT_MAX_SIZE PSA_AEAD_FINISH_OUTPUT_MAX_SIZE

/* ---- Key derivation ---- */

/** The longest pre-shared key of PSA_ALG_TLS12_PSK_TO_MS. */
#define PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE 128u
#define PSA_TLS12_ECJPAKE_TO_PMS_OUTPUT_SIZE 32u

/* ---- Public keys ---- */

#define PSA_ECDSA_SIGNATURE_SIZE(curve_bits) (2u * PSA_BITS_TO_BYTES(curve_bits))
#define PSA_SIGN_OUTPUT_SIZE(key_type, key_bits, alg)             \
    (PSA_KEY_TYPE_IS_RSA(key_type)   ? PSA_BITS_TO_BYTES(key_bits) \
     : PSA_KEY_TYPE_IS_ECC(key_type) ? PSA_ECDSA_SIGNATURE_SIZE(key_bits) \
                                     : 0u)
#define PSA_SIGNATURE_MAX_SIZE PSA_ECDSA_SIGNATURE_SIZE(PSA_VENDOR_ECC_MAX_CURVE_BITS)
#define PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(key_type, key_bits, alg) \
    (PSA_KEY_TYPE_IS_RSA(key_type) ? PSA_BITS_TO_BYTES(key_bits) : 0u)
#define PSA_ASYMMETRIC_ENCRYPT_OUTPUT_MAX_SIZE PSA_BITS_TO_BYTES(PSA_VENDOR_RSA_MAX_KEY_BITS)
#define PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE(key_type, key_bits, alg) \
    PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(key_type, key_bits, alg)
#define PSA_ASYMMETRIC_DECRYPT_OUTPUT_MAX_SIZE PSA_ASYMMETRIC_ENCRYPT_OUTPUT_MAX_SIZE
#define PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(key_type, key_bits)                            \
    (PSA_KEY_TYPE_IS_ECC_KEY_PAIR(key_type) || PSA_KEY_TYPE_IS_DH_KEY_PAIR(key_type)     \
         ? PSA_BITS_TO_BYTES(key_bits)                                                   \
         : 0u)
#define PSA_RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE PSA_BITS_TO_BYTES(PSA_VENDOR_ECC_MAX_CURVE_BITS)

/** The largest size of an ASN.1 INTEGER of this number of bits. Not part of the API. */
#define CASEMATE_ASN1_INTEGER_SIZE(bits) ((size_t)(bits) / 8u + 5u)
#define PSA_EXPORT_KEY_OUTPUT_SIZE(key_type, key_bits)                                  \
    (PSA_KEY_TYPE_IS_UNSTRUCTURED(key_type)            ? PSA_BITS_TO_BYTES(key_bits)    \
     : (key_type) == PSA_KEY_TYPE_RSA_KEY_PAIR                                          \
         ? 9u * CASEMATE_ASN1_INTEGER_SIZE((key_bits) / 2u + 1u) + 14u                  \
     : PSA_KEY_TYPE_IS_ECC_KEY_PAIR(key_type) || PSA_KEY_TYPE_IS_DH_KEY_PAIR(key_type)  \
         ? PSA_BITS_TO_BYTES(key_bits)                                                  \
         : PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(key_type, key_bits))
#define PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(key_type, key_bits)                            \
    (PSA_KEY_TYPE_IS_RSA(key_type)   ? CASEMATE_ASN1_INTEGER_SIZE(key_bits) + 11u        \
     : PSA_KEY_TYPE_IS_ECC(key_type) ? 2u * PSA_BITS_TO_BYTES(key_bits) + 1u             \
     : PSA_KEY_TYPE_IS_DH(key_type)  ? PSA_BITS_TO_BYTES(key_bits)                       \
                                     : 0u)
#define PSA_EXPORT_KEY_PAIR_MAX_SIZE PSA_BITS_TO_BYTES(PSA_VENDOR_ECC_MAX_CURVE_BITS)
#define PSA_EXPORT_PUBLIC_KEY_MAX_SIZE (2u * PSA_BITS_TO_BYTES(PSA_VENDOR_ECC_MAX_CURVE_BITS) + 1u)

#endif
