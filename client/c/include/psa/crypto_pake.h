/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/crypto_pake.h
 * Password-authenticated key exchange (PSA Crypto API 1.2, PAKE Extension).
 *
 * Not available in any profile: every function returns PSA_ERROR_NOT_SUPPORTED, and
 * psa_pake_abort() returns PSA_SUCCESS.
 */
#ifndef PSA_CRYPTO_PAKE_H
#define PSA_CRYPTO_PAKE_H

#include "psa/crypto_objects.h"
#include "psa/crypto_types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PSA_PAKE_PRIMITIVE_TYPE_ECC ((psa_pake_primitive_type_t)0x01)
#define PSA_PAKE_PRIMITIVE_TYPE_DH ((psa_pake_primitive_type_t)0x02)

/** A primitive from its type, family and size in bits; 0 for a size that does not fit. */
#define PSA_PAKE_PRIMITIVE(pake_type, pake_family, pake_bits)                              \
    ((psa_pake_primitive_t)(((pake_bits)&0xffffu) != (pake_bits)                           \
                                ? 0u                                                       \
                                : (psa_pake_primitive_t)(pake_type) << 24                  \
                                      | (psa_pake_primitive_t)(pake_family) << 16 | (pake_bits)))
#define PSA_PAKE_PRIMITIVE_GET_TYPE(pake_primitive) \
    ((psa_pake_primitive_type_t)((pake_primitive) >> 24))
#define PSA_PAKE_PRIMITIVE_GET_FAMILY(pake_primitive) ((psa_pake_family_t)((pake_primitive) >> 16))
#define PSA_PAKE_PRIMITIVE_GET_BITS(pake_primitive) ((size_t)((pake_primitive)&0xffffu))

/** The secret is taken after it was confirmed. */
#define PSA_PAKE_CONFIRMED_KEY 0
/** The secret is taken before it was confirmed. */
#define PSA_PAKE_UNCONFIRMED_KEY 1

#define PSA_PAKE_ROLE_NONE ((psa_pake_role_t)0x00)
#define PSA_PAKE_ROLE_FIRST ((psa_pake_role_t)0x01)
#define PSA_PAKE_ROLE_SECOND ((psa_pake_role_t)0x02)
#define PSA_PAKE_ROLE_CLIENT ((psa_pake_role_t)0x11)
#define PSA_PAKE_ROLE_SERVER ((psa_pake_role_t)0x12)

#define PSA_PAKE_STEP_KEY_SHARE ((psa_pake_step_t)0x01)
#define PSA_PAKE_STEP_ZK_PUBLIC ((psa_pake_step_t)0x02)
#define PSA_PAKE_STEP_ZK_PROOF ((psa_pake_step_t)0x03)
#define PSA_PAKE_STEP_CONFIRM ((psa_pake_step_t)0x04)

/** Room for any message of an exchange over the largest curve. */
#define PSA_PAKE_OUTPUT_MAX_SIZE PSA_EXPORT_PUBLIC_KEY_MAX_SIZE
#define PSA_PAKE_INPUT_MAX_SIZE PSA_PAKE_OUTPUT_MAX_SIZE
#define PSA_PAKE_OUTPUT_SIZE(alg, primitive, output_step) \
    (2u * PSA_BITS_TO_BYTES(PSA_PAKE_PRIMITIVE_GET_BITS(primitive)) + 1u)
#define PSA_PAKE_INPUT_SIZE(alg, primitive, input_step) \
    PSA_PAKE_OUTPUT_SIZE(alg, primitive, input_step)

/** Algorithm, primitive and confirmation of an exchange. */
typedef struct psa_pake_cipher_suite_s {
    psa_algorithm_t private_algorithm;
    psa_pake_primitive_t private_primitive;
    uint32_t private_key_confirmation;
} psa_pake_cipher_suite_t;

#define PSA_PAKE_CIPHER_SUITE_INIT {PSA_ALG_NONE, 0, PSA_PAKE_CONFIRMED_KEY}

static inline psa_pake_cipher_suite_t psa_pake_cipher_suite_init(void)
{
    const psa_pake_cipher_suite_t initial = PSA_PAKE_CIPHER_SUITE_INIT;
    return initial;
}

static inline psa_algorithm_t psa_pake_cs_get_algorithm(const psa_pake_cipher_suite_t *cipher_suite)
{
    return cipher_suite->private_algorithm;
}

static inline void psa_pake_cs_set_algorithm(psa_pake_cipher_suite_t *cipher_suite,
                                             psa_algorithm_t alg)
{
    cipher_suite->private_algorithm = alg;
}

static inline psa_pake_primitive_t
psa_pake_cs_get_primitive(const psa_pake_cipher_suite_t *cipher_suite)
{
    return cipher_suite->private_primitive;
}

static inline void psa_pake_cs_set_primitive(psa_pake_cipher_suite_t *cipher_suite,
                                             psa_pake_primitive_t primitive)
{
    cipher_suite->private_primitive = primitive;
}

static inline uint32_t
psa_pake_cs_get_key_confirmation(const psa_pake_cipher_suite_t *cipher_suite)
{
    return cipher_suite->private_key_confirmation;
}

static inline void psa_pake_cs_set_key_confirmation(psa_pake_cipher_suite_t *cipher_suite,
                                                    uint32_t key_confirmation)
{
    cipher_suite->private_key_confirmation = key_confirmation;
}

psa_status_t psa_pake_setup(psa_pake_operation_t *operation, psa_key_id_t password_key,
                            const psa_pake_cipher_suite_t *cipher_suite);
psa_status_t psa_pake_set_role(psa_pake_operation_t *operation, psa_pake_role_t role);
psa_status_t psa_pake_set_user(psa_pake_operation_t *operation, const uint8_t *user_id,
                               size_t user_id_len);
psa_status_t psa_pake_set_peer(psa_pake_operation_t *operation, const uint8_t *peer_id,
                               size_t peer_id_len);
psa_status_t psa_pake_set_context(psa_pake_operation_t *operation, const uint8_t *context,
                                  size_t context_len);
psa_status_t psa_pake_output(psa_pake_operation_t *operation, psa_pake_step_t step, uint8_t *output,
                             size_t output_size, size_t *output_length);
psa_status_t psa_pake_input(psa_pake_operation_t *operation, psa_pake_step_t step,
                            const uint8_t *input, size_t input_length);
psa_status_t psa_pake_get_shared_key(psa_pake_operation_t *operation,
                                     const psa_key_attributes_t *attributes, psa_key_id_t *key);
psa_status_t psa_pake_abort(psa_pake_operation_t *operation);

#ifdef __cplusplus
}
#endif

#endif
