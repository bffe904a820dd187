/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_algorithms.h
 * Algorithms (PSA Crypto API 1.2, chapter 10, appendix B.1).
 *
 * An algorithm is a number of 32 bits. Bits 24 to 30 are its category, which defines the other
 * bits. Algorithms with a hash have that hash in the lowest byte. MAC and AEAD algorithms have the length
 * of their tag in bits 16 to 21; bit 15 marks a policy that allows this length and more.
 */
#ifndef PSA_CRYPTO_ALGORITHMS_H
#define PSA_CRYPTO_ALGORITHMS_H

#include "psa/crypto_types.h"

/** The algorithm without the bits of a mask. Not part of the API. */
#define CASEMATE_ALG_WITHOUT(alg, mask) ((psa_algorithm_t)(alg) & ~(psa_algorithm_t)(mask))
/** The algorithm with this hash. Not part of the API. */
#define CASEMATE_ALG_WITH_HASH(base, hash_alg) \
    ((psa_algorithm_t)((psa_algorithm_t)(base) | ((psa_algorithm_t)(hash_alg)&0xffu)))
/** Whether the algorithm is of a category. Not part of the API. */
#define CASEMATE_ALG_IS_OF(alg, category) (((psa_algorithm_t)(alg)&0x7f000000u) == (category))

/** No algorithm. */
#define PSA_ALG_NONE ((psa_algorithm_t)0)

/* ---- Categories ---- */

/** Whether it is a hash. */
#define PSA_ALG_IS_HASH(alg) CASEMATE_ALG_IS_OF(alg, 0x02000000u)
/** Whether it is a message authentication code. */
#define PSA_ALG_IS_MAC(alg) CASEMATE_ALG_IS_OF(alg, 0x03000000u)
/** Whether it is a cipher without authentication. */
#define PSA_ALG_IS_CIPHER(alg) CASEMATE_ALG_IS_OF(alg, 0x04000000u)
/** Whether it is authenticated encryption. */
#define PSA_ALG_IS_AEAD(alg) CASEMATE_ALG_IS_OF(alg, 0x05000000u)
/** Whether it is a signature. */
#define PSA_ALG_IS_SIGN(alg) CASEMATE_ALG_IS_OF(alg, 0x06000000u)
/** Whether it is encryption with a public key. */
#define PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg) CASEMATE_ALG_IS_OF(alg, 0x07000000u)
/** Whether it is a key derivation. */
#define PSA_ALG_IS_KEY_DERIVATION(alg) CASEMATE_ALG_IS_OF(alg, 0x08000000u)
/** Whether it is a key agreement, alone or chained with a derivation. */
#define PSA_ALG_IS_KEY_AGREEMENT(alg) CASEMATE_ALG_IS_OF(alg, 0x09000000u)
/** Whether it is a password-authenticated key exchange. */
#define PSA_ALG_IS_PAKE(alg) CASEMATE_ALG_IS_OF(alg, 0x0a000000u)

/** Whether it is a wildcard for policies: it allows several algorithms and computes nothing. */
#define PSA_ALG_IS_WILDCARD(alg)                                            \
    ((PSA_ALG_IS_MAC(alg) || PSA_ALG_IS_AEAD(alg))                          \
         ? ((alg)&0x00008000u) != 0                                         \
         : (alg) == PSA_ALG_CCM_STAR_ANY_TAG                                \
               || ((PSA_ALG_IS_HASH(alg) || PSA_ALG_IS_SIGN(alg)) && ((alg)&0xffu) == 0xffu))

/** The hash of an algorithm, or PSA_ALG_NONE. */
#define PSA_ALG_GET_HASH(alg) \
    (((alg)&0xffu) == 0 ? PSA_ALG_NONE : CASEMATE_ALG_WITH_HASH(0x02000000u, alg))

/* ---- Hashes ---- */

#define PSA_ALG_MD2 ((psa_algorithm_t)0x02000001)
#define PSA_ALG_MD4 ((psa_algorithm_t)0x02000002)
#define PSA_ALG_MD5 ((psa_algorithm_t)0x02000003)
#define PSA_ALG_RIPEMD160 ((psa_algorithm_t)0x02000004)
#define PSA_ALG_SHA_1 ((psa_algorithm_t)0x02000005)
#define PSA_ALG_AES_MMO_ZIGBEE ((psa_algorithm_t)0x02000007)
#define PSA_ALG_SHA_224 ((psa_algorithm_t)0x02000008)
#define PSA_ALG_SHA_256 ((psa_algorithm_t)0x02000009)
#define PSA_ALG_SHA_384 ((psa_algorithm_t)0x0200000a)
#define PSA_ALG_SHA_512 ((psa_algorithm_t)0x0200000b)
#define PSA_ALG_SHA_512_224 ((psa_algorithm_t)0x0200000c)
#define PSA_ALG_SHA_512_256 ((psa_algorithm_t)0x0200000d)
#define PSA_ALG_SHA3_224 ((psa_algorithm_t)0x02000010)
#define PSA_ALG_SHA3_256 ((psa_algorithm_t)0x02000011)
#define PSA_ALG_SHA3_384 ((psa_algorithm_t)0x02000012)
#define PSA_ALG_SHA3_512 ((psa_algorithm_t)0x02000013)
#define PSA_ALG_SM3 ((psa_algorithm_t)0x02000014)
#define PSA_ALG_SHAKE256_512 ((psa_algorithm_t)0x02000015)
/** In a key's policy: any hash. */
#define PSA_ALG_ANY_HASH ((psa_algorithm_t)0x020000ff)

/* ---- Message authentication codes ---- */

/** HMAC with a hash. */
#define PSA_ALG_HMAC(hash_alg) CASEMATE_ALG_WITH_HASH(0x03800000u, hash_alg)
#define PSA_ALG_CBC_MAC ((psa_algorithm_t)0x03c00100)
#define PSA_ALG_CMAC ((psa_algorithm_t)0x03c00200)
/** The MAC algorithm, truncated to a number of bytes. */
#define PSA_ALG_TRUNCATED_MAC(mac_alg, mac_length)          \
    ((psa_algorithm_t)(CASEMATE_ALG_WITHOUT(mac_alg, 0x003f8000) \
                       | (((psa_algorithm_t)(mac_length)&0x3fu) << 16)))
/** The MAC algorithm without truncation. */
#define PSA_ALG_FULL_LENGTH_MAC(mac_alg) CASEMATE_ALG_WITHOUT(mac_alg, 0x003f8000)
/** In a key's policy: the MAC algorithm with this length and every longer one. */
#define PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(mac_alg, min_mac_length) \
    (PSA_ALG_TRUNCATED_MAC(mac_alg, min_mac_length) | 0x00008000u)
/** Whether it is HMAC with any hash. */
#define PSA_ALG_IS_HMAC(alg) (((alg)&0x7fc00000u) == 0x03800000u)
/** Whether it is a MAC based on a block cipher. */
#define PSA_ALG_IS_BLOCK_CIPHER_MAC(alg) (((alg)&0x7fc00000u) == 0x03c00000u)

/* ---- Ciphers ---- */

/** The stream cipher of the key, such as ChaCha20. */
#define PSA_ALG_STREAM_CIPHER ((psa_algorithm_t)0x04800100)
#define PSA_ALG_CTR ((psa_algorithm_t)0x04c01000)
#define PSA_ALG_CFB ((psa_algorithm_t)0x04c01100)
#define PSA_ALG_OFB ((psa_algorithm_t)0x04c01200)
#define PSA_ALG_CCM_STAR_NO_TAG ((psa_algorithm_t)0x04c01300)
/** In a key's policy: CCM* with any tag or none. */
#define PSA_ALG_CCM_STAR_ANY_TAG ((psa_algorithm_t)0x04c09300)
#define PSA_ALG_XTS ((psa_algorithm_t)0x0440ff00)
#define PSA_ALG_ECB_NO_PADDING ((psa_algorithm_t)0x04404400)
#define PSA_ALG_CBC_NO_PADDING ((psa_algorithm_t)0x04404000)
#define PSA_ALG_CBC_PKCS7 ((psa_algorithm_t)0x04404100)
/** Whether it is a stream cipher, or a mode that works like one. */
#define PSA_ALG_IS_STREAM_CIPHER(alg) (((alg)&0x7f800000u) == 0x04800000u)

/* ---- Authenticated encryption ---- */

#define PSA_ALG_CCM ((psa_algorithm_t)0x05500100)
#define PSA_ALG_GCM ((psa_algorithm_t)0x05500200)
#define PSA_ALG_CHACHA20_POLY1305 ((psa_algorithm_t)0x05100500)
#define PSA_ALG_XCHACHA20_POLY1305 ((psa_algorithm_t)0x05100600)
/** The AEAD algorithm with a tag of this length in bytes. */
#define PSA_ALG_AEAD_WITH_SHORTENED_TAG(aead_alg, tag_length) \
    PSA_ALG_TRUNCATED_MAC(aead_alg, tag_length)
/** The AEAD algorithm with its default tag of 16 bytes. */
#define PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(aead_alg) PSA_ALG_AEAD_WITH_SHORTENED_TAG(aead_alg, 16)
/** In a key's policy: the AEAD algorithm with tags of this length and every longer one. */
#define PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(aead_alg, min_tag_length) \
    (PSA_ALG_AEAD_WITH_SHORTENED_TAG(aead_alg, min_tag_length) | 0x00008000u)
/** Whether it is a mode of a block cipher. */
#define PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER(alg) (((alg)&0x7f400000u) == 0x05400000u)

/* ---- Key derivation ---- */

#define PSA_ALG_HKDF(hash_alg) CASEMATE_ALG_WITH_HASH(0x08000100u, hash_alg)
#define PSA_ALG_TLS12_PRF(hash_alg) CASEMATE_ALG_WITH_HASH(0x08000200u, hash_alg)
#define PSA_ALG_TLS12_PSK_TO_MS(hash_alg) CASEMATE_ALG_WITH_HASH(0x08000300u, hash_alg)
#define PSA_ALG_HKDF_EXTRACT(hash_alg) CASEMATE_ALG_WITH_HASH(0x08000400u, hash_alg)
#define PSA_ALG_HKDF_EXPAND(hash_alg) CASEMATE_ALG_WITH_HASH(0x08000500u, hash_alg)
#define PSA_ALG_TLS12_ECJPAKE_TO_PMS ((psa_algorithm_t)0x08000609)
#define PSA_ALG_SP800_108_COUNTER_HMAC(hash_alg) CASEMATE_ALG_WITH_HASH(0x08000700u, hash_alg)
#define PSA_ALG_SP800_108_COUNTER_CMAC ((psa_algorithm_t)0x08000800)
#define PSA_ALG_PBKDF2_HMAC(hash_alg) CASEMATE_ALG_WITH_HASH(0x08800100u, hash_alg)
#define PSA_ALG_PBKDF2_AES_CMAC_PRF_128 ((psa_algorithm_t)0x08800200)
/** Whether it derives keys from passwords. */
#define PSA_ALG_IS_KEY_DERIVATION_STRETCHING(alg) (((alg)&0x7f800000u) == 0x08800000u)
#define PSA_ALG_IS_HKDF(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x08000100u)
#define PSA_ALG_IS_TLS12_PRF(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x08000200u)
#define PSA_ALG_IS_TLS12_PSK_TO_MS(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x08000300u)
#define PSA_ALG_IS_HKDF_EXTRACT(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x08000400u)
#define PSA_ALG_IS_HKDF_EXPAND(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x08000500u)
#define PSA_ALG_IS_SP800_108_COUNTER_HMAC(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x08000700u)
#define PSA_ALG_IS_PBKDF2_HMAC(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x08800100u)

/* ---- Signatures ---- */

#define PSA_ALG_RSA_PKCS1V15_SIGN_RAW ((psa_algorithm_t)0x06000200)
#define PSA_ALG_RSA_PKCS1V15_SIGN(hash_alg) CASEMATE_ALG_WITH_HASH(0x06000200u, hash_alg)
#define PSA_ALG_RSA_PSS(hash_alg) CASEMATE_ALG_WITH_HASH(0x06000300u, hash_alg)
#define PSA_ALG_RSA_PSS_ANY_SALT(hash_alg) CASEMATE_ALG_WITH_HASH(0x06001300u, hash_alg)
#define PSA_ALG_ECDSA_ANY ((psa_algorithm_t)0x06000600)
#define PSA_ALG_ECDSA(hash_alg) CASEMATE_ALG_WITH_HASH(0x06000600u, hash_alg)
#define PSA_ALG_DETERMINISTIC_ECDSA(hash_alg) CASEMATE_ALG_WITH_HASH(0x06000700u, hash_alg)
#define PSA_ALG_PURE_EDDSA ((psa_algorithm_t)0x06000800)
#define PSA_ALG_ED25519PH ((psa_algorithm_t)0x0600090b)
#define PSA_ALG_ED448PH ((psa_algorithm_t)0x06000915)
#define PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x06000200u)
#define PSA_ALG_IS_RSA_PSS_STANDARD_SALT(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x06000300u)
#define PSA_ALG_IS_RSA_PSS_ANY_SALT(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x06001300u)
#define PSA_ALG_IS_RSA_PSS(alg) (CASEMATE_ALG_WITHOUT(alg, 0x10ff) == 0x06000300u)
#define PSA_ALG_IS_ECDSA(alg) (CASEMATE_ALG_WITHOUT(alg, 0x1ff) == 0x06000600u)
#define PSA_ALG_IS_RANDOMIZED_ECDSA(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x06000600u)
#define PSA_ALG_IS_DETERMINISTIC_ECDSA(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x06000700u)
#define PSA_ALG_IS_HASH_EDDSA(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x06000900u)
/** Whether it hashes the message and signs the hash. */
#define PSA_ALG_IS_HASH_AND_SIGN(alg)                                                   \
    (PSA_ALG_IS_RSA_PSS(alg) || PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) || PSA_ALG_IS_ECDSA(alg) \
     || PSA_ALG_IS_HASH_EDDSA(alg))
/** Whether psa_sign_message() takes it. */
#define PSA_ALG_IS_SIGN_MESSAGE(alg) \
    (PSA_ALG_IS_SIGN(alg) && (alg) != PSA_ALG_ECDSA_ANY && (alg) != PSA_ALG_RSA_PKCS1V15_SIGN_RAW)
/** Whether psa_sign_hash() takes it. */
#define PSA_ALG_IS_SIGN_HASH(alg) PSA_ALG_IS_HASH_AND_SIGN(alg)

/* ---- Encryption with a public key ---- */

#define PSA_ALG_RSA_PKCS1V15_CRYPT ((psa_algorithm_t)0x07000200)
#define PSA_ALG_RSA_OAEP(hash_alg) CASEMATE_ALG_WITH_HASH(0x07000300u, hash_alg)
#define PSA_ALG_IS_RSA_OAEP(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x07000300u)

/* ---- Key agreement ---- */

#define PSA_ALG_FFDH ((psa_algorithm_t)0x09010000)
#define PSA_ALG_ECDH ((psa_algorithm_t)0x09020000)
/** A key agreement whose secret is the input of a key derivation. */
#define PSA_ALG_KEY_AGREEMENT(ka_alg, kdf_alg) ((psa_algorithm_t)((ka_alg) | (kdf_alg)))
/** The key agreement of such a combination. */
#define PSA_ALG_KEY_AGREEMENT_GET_BASE(alg) ((psa_algorithm_t)((alg)&0xff7f0000u))
/** The key derivation of such a combination. */
#define PSA_ALG_KEY_AGREEMENT_GET_KDF(alg) ((psa_algorithm_t)(((alg)&0xfe80ffffu)))
/** Whether it is a key agreement without a key derivation. */
#define PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg) (((alg)&0x7f00ffffu) == 0x09000000u)
/** Another name of PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(). */
#define PSA_ALG_IS_RAW_KEY_AGREEMENT(alg) PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg)
#define PSA_ALG_IS_FFDH(alg) (((alg)&0x7fff0000u) == 0x09010000u)
#define PSA_ALG_IS_ECDH(alg) (((alg)&0x7fff0000u) == 0x09020000u)

/* ---- Password-authenticated key exchange ---- */

#define PSA_ALG_JPAKE(hash_alg) CASEMATE_ALG_WITH_HASH(0x0a000100u, hash_alg)
#define PSA_ALG_SPAKE2P_HMAC(hash_alg) CASEMATE_ALG_WITH_HASH(0x0a000400u, hash_alg)
#define PSA_ALG_SPAKE2P_CMAC(hash_alg) CASEMATE_ALG_WITH_HASH(0x0a000500u, hash_alg)
#define PSA_ALG_SPAKE2P_MATTER ((psa_algorithm_t)0x0a000609)
#define PSA_ALG_IS_JPAKE(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x0a000100u)
#define PSA_ALG_IS_SPAKE2P_HMAC(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x0a000400u)
#define PSA_ALG_IS_SPAKE2P_CMAC(alg) (CASEMATE_ALG_WITHOUT(alg, 0xff) == 0x0a000500u)
#define PSA_ALG_IS_SPAKE2P(alg) (CASEMATE_ALG_WITHOUT(alg, 0x3ff) == 0x0a000400u)

#endif
