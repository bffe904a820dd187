/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_objects.h
 * Attributes of keys, and the objects of multi-part operations (PSA Crypto API 1.2, chapters 9
 * and 10).
 *
 * The state of an operation is in the secure world. The object holds its handle, or 0 while the
 * operation is inactive. Attributes are sent to the secure world in this layout (24 bytes).
 */
#ifndef PSA_CRYPTO_OBJECTS_H
#define PSA_CRYPTO_OBJECTS_H

#include "psa/crypto_types.h"
#include "psa/crypto_keys.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Attributes of a key. Use the functions below to reach the fields. */
typedef struct psa_key_attributes_s {
    psa_key_type_t private_type;
    uint16_t private_bits;
    psa_key_lifetime_t private_lifetime;
    psa_key_usage_t private_usage;
    psa_algorithm_t private_algorithm;
    psa_algorithm_t private_second_algorithm;
    psa_key_id_t private_id;
} psa_key_attributes_t;

/** A hash of data that comes in parts. */
typedef struct psa_hash_operation_s {
    uint32_t private_handle;
} psa_hash_operation_t;

/** A message authentication code of data that comes in parts. */
typedef struct psa_mac_operation_s {
    uint32_t private_handle;
} psa_mac_operation_t;

/** Encryption or decryption of data that comes in parts. */
typedef struct psa_cipher_operation_s {
    uint32_t private_handle;
} psa_cipher_operation_t;

/** Authenticated encryption of data that comes in parts. */
typedef struct psa_aead_operation_s {
    uint32_t private_handle;
} psa_aead_operation_t;

/** A key derivation. */
typedef struct psa_key_derivation_operation_s {
    uint32_t private_handle;
} psa_key_derivation_operation_t;

/** A password-authenticated key exchange. */
typedef struct psa_pake_operation_s {
    uint32_t private_handle;
} psa_pake_operation_t;

#define PSA_KEY_ATTRIBUTES_INIT {PSA_KEY_TYPE_NONE, 0, 0, 0, 0, 0, 0}
#define PSA_HASH_OPERATION_INIT {0}
#define PSA_MAC_OPERATION_INIT {0}
#define PSA_CIPHER_OPERATION_INIT {0}
#define PSA_AEAD_OPERATION_INIT {0}
#define PSA_KEY_DERIVATION_OPERATION_INIT {0}
#define PSA_PAKE_OPERATION_INIT {0}

static inline psa_hash_operation_t psa_hash_operation_init(void)
{
    const psa_hash_operation_t initial = PSA_HASH_OPERATION_INIT;
    return initial;
}

static inline psa_mac_operation_t psa_mac_operation_init(void)
{
    const psa_mac_operation_t initial = PSA_MAC_OPERATION_INIT;
    return initial;
}

static inline psa_cipher_operation_t psa_cipher_operation_init(void)
{
    const psa_cipher_operation_t initial = PSA_CIPHER_OPERATION_INIT;
    return initial;
}

static inline psa_aead_operation_t psa_aead_operation_init(void)
{
    const psa_aead_operation_t initial = PSA_AEAD_OPERATION_INIT;
    return initial;
}

static inline psa_key_derivation_operation_t psa_key_derivation_operation_init(void)
{
    const psa_key_derivation_operation_t initial = PSA_KEY_DERIVATION_OPERATION_INIT;
    return initial;
}

static inline psa_pake_operation_t psa_pake_operation_init(void)
{
    const psa_pake_operation_t initial = PSA_PAKE_OPERATION_INIT;
    return initial;
}

static inline psa_key_attributes_t psa_key_attributes_init(void)
{
    const psa_key_attributes_t initial = PSA_KEY_ATTRIBUTES_INIT;
    return initial;
}

/** Sets attributes to PSA_KEY_ATTRIBUTES_INIT. */
static inline void psa_reset_key_attributes(psa_key_attributes_t *attributes)
{
    attributes->private_type = PSA_KEY_TYPE_NONE;
    attributes->private_bits = 0;
    attributes->private_lifetime = PSA_KEY_LIFETIME_VOLATILE;
    attributes->private_usage = 0;
    attributes->private_algorithm = 0;
    attributes->private_second_algorithm = 0;
    attributes->private_id = PSA_KEY_ID_NULL;
}

/** Sets the type of a key. */
static inline void psa_set_key_type(psa_key_attributes_t *attributes, psa_key_type_t type)
{
    attributes->private_type = type;
}

/** The type of a key. */
static inline psa_key_type_t psa_get_key_type(const psa_key_attributes_t *attributes)
{
    return attributes->private_type;
}

/** Sets the size of a key in bits. A size above 65535 becomes 65535, which no key has. */
static inline void psa_set_key_bits(psa_key_attributes_t *attributes, size_t bits)
{
    attributes->private_bits = (uint16_t)(bits < 0xffffu ? bits : 0xffffu);
}

/** The size of a key in bits. */
static inline size_t psa_get_key_bits(const psa_key_attributes_t *attributes)
{
    return attributes->private_bits;
}

/** Sets the lifetime. A volatile one sets the identifier to PSA_KEY_ID_NULL. */
static inline void psa_set_key_lifetime(psa_key_attributes_t *attributes,
                                        psa_key_lifetime_t lifetime)
{
    attributes->private_lifetime = lifetime;
    if (PSA_KEY_LIFETIME_IS_VOLATILE(lifetime)) {
        attributes->private_id = PSA_KEY_ID_NULL;
    }
}

/** The lifetime of a key. */
static inline psa_key_lifetime_t psa_get_key_lifetime(const psa_key_attributes_t *attributes)
{
    return attributes->private_lifetime;
}

/** Sets the identifier. It makes a volatile lifetime persistent, in the same location. */
static inline void psa_set_key_id(psa_key_attributes_t *attributes, psa_key_id_t id)
{
    attributes->private_id = id;
    if (PSA_KEY_LIFETIME_IS_VOLATILE(attributes->private_lifetime)) {
        attributes->private_lifetime |= PSA_KEY_PERSISTENCE_DEFAULT;
    }
}

/** The identifier of a key. */
static inline psa_key_id_t psa_get_key_id(const psa_key_attributes_t *attributes)
{
    return attributes->private_id;
}

/** Sets the usage flags. Those for hashes imply those for messages. */
static inline void psa_set_key_usage_flags(psa_key_attributes_t *attributes,
                                           psa_key_usage_t usage_flags)
{
    const psa_key_usage_t hashes =
        usage_flags & (PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH);
    attributes->private_usage = usage_flags | hashes >> 2;
}

/** The usage flags of a key. */
static inline psa_key_usage_t psa_get_key_usage_flags(const psa_key_attributes_t *attributes)
{
    return attributes->private_usage;
}

/** Sets the permitted algorithm. */
static inline void psa_set_key_algorithm(psa_key_attributes_t *attributes, psa_algorithm_t alg)
{
    attributes->private_algorithm = alg;
}

/** The permitted algorithm of a key. */
static inline psa_algorithm_t psa_get_key_algorithm(const psa_key_attributes_t *attributes)
{
    return attributes->private_algorithm;
}

#ifdef __cplusplus
}
#endif

#endif
