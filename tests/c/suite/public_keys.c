/* SPDX-License-Identifier: Apache-2.0 */
/* Key derivation, signatures and key agreement. */
#include <psa/crypto.h>
#include <string.h>

#include "suite.h"

/* RFC 5869, test case 1. */
static const uint8_t secret[22] = {0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b,
                                   0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b,
                                   0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b};
static const uint8_t salt[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
static const uint8_t info[] = {0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9};
static const uint8_t derived[] = {
    0x3c, 0xb2, 0x5f, 0x25, 0xfa, 0xac, 0xd5, 0x7a, 0x90, 0x43, 0x4f, 0x64, 0xd0, 0x36,
    0x2f, 0x2a, 0x2d, 0x2d, 0x0a, 0x90, 0xcf, 0x1a, 0x5a, 0x4c, 0x5d, 0xb0, 0x2d, 0x56,
    0xec, 0xc4, 0xc5, 0xbf, 0x34, 0x00, 0x72, 0x08, 0xd5, 0xb8, 0x87, 0x18, 0x58, 0x65};
#define HKDF PSA_ALG_HKDF(PSA_ALG_SHA_256)
#define P_256 PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define ECDSA PSA_ALG_ECDSA(PSA_ALG_SHA_256)

const char *secrets_are_derived(void)
{
    psa_key_derivation_operation_t operation = psa_key_derivation_operation_init();
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key, made;
    uint8_t output[sizeof(derived)];
    size_t capacity = 0;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_DERIVE);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_EXPORT);
    psa_set_key_algorithm(&attributes, HKDF);
    CHECK(psa_key_derivation_setup(&operation, HKDF) == PSA_SUCCESS);
    CHECK(psa_import_key(&attributes, secret, sizeof(secret), &key) == PSA_SUCCESS);
    CHECK(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_SALT, salt,
                                         sizeof(salt))
          == PSA_SUCCESS);
    CHECK(psa_key_derivation_input_key(&operation, PSA_KEY_DERIVATION_INPUT_SECRET, key)
          == PSA_SUCCESS);
    CHECK(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_INFO, info,
                                         sizeof(info))
          == PSA_SUCCESS);
    CHECK(psa_key_derivation_set_capacity(&operation, 42) == PSA_SUCCESS);
    CHECK(psa_key_derivation_get_capacity(&operation, &capacity) == PSA_SUCCESS);
    CHECK(capacity == 42);
    CHECK(psa_key_derivation_output_bytes(&operation, output, 26) == PSA_SUCCESS);
    CHECK(memcmp(output, derived, 26) == 0);
    psa_set_key_bits(&attributes, 128);
    CHECK(psa_key_derivation_output_key(&attributes, &operation, &made) == PSA_SUCCESS);
    CHECK(psa_export_key(made, output, sizeof(output), &capacity) == PSA_SUCCESS);
    CHECK(capacity == 16 && memcmp(output, derived + 26, 16) == 0);
    CHECK(psa_key_derivation_output_bytes(&operation, output, 1) == PSA_ERROR_INSUFFICIENT_DATA);
    CHECK(psa_key_derivation_verify_bytes(&operation, output, 1) == PSA_ERROR_NOT_SUPPORTED);
    CHECK(psa_key_derivation_abort(&operation) == PSA_SUCCESS);
    CHECK(psa_destroy_key(key) == PSA_SUCCESS && psa_destroy_key(made) == PSA_SUCCESS);
    return NULL;
}

/* Makes a key pair on P-256. */
static psa_status_t generate(psa_key_usage_t usage, psa_algorithm_t algorithm, psa_key_id_t *key)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, P_256);
    psa_set_key_bits(&attributes, 256);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, algorithm);
    return psa_generate_key(&attributes, key);
}

const char *messages_are_signed_and_verified(void)
{
    static const uint8_t text[] = "signed";
    uint8_t signature[PSA_SIGNATURE_MAX_SIZE], hash[32];
    size_t length, hash_length;
    psa_key_id_t key;
    CHECK(generate(PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH, ECDSA, &key)
          == PSA_SUCCESS);
    CHECK(psa_sign_message(key, ECDSA, text, sizeof(text), signature, sizeof(signature), &length)
          == PSA_SUCCESS);
    CHECK(length == PSA_SIGN_OUTPUT_SIZE(P_256, 256, ECDSA));
    CHECK(psa_verify_message(key, ECDSA, text, sizeof(text), signature, length) == PSA_SUCCESS);
    CHECK(psa_hash_compute(PSA_ALG_SHA_256, text, sizeof(text), hash, sizeof(hash), &hash_length)
          == PSA_SUCCESS);
    CHECK(psa_verify_hash(key, ECDSA, hash, hash_length, signature, length) == PSA_SUCCESS);
    CHECK(psa_sign_hash(key, ECDSA, hash, hash_length, signature, sizeof(signature), &length)
          == PSA_SUCCESS);
    CHECK(psa_verify_message(key, ECDSA, text, 1, signature, length)
          == PSA_ERROR_INVALID_SIGNATURE);
    CHECK(psa_destroy_key(key) == PSA_SUCCESS);
    return NULL;
}

const char *two_sides_agree(void)
{
    psa_key_id_t ours, theirs;
    uint8_t our_key[PSA_EXPORT_PUBLIC_KEY_MAX_SIZE], their_key[PSA_EXPORT_PUBLIC_KEY_MAX_SIZE];
    uint8_t our_secret[PSA_RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE];
    uint8_t their_secret[PSA_RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE];
    size_t our_length, their_length, length;
    CHECK(generate(PSA_KEY_USAGE_DERIVE, PSA_ALG_ECDH, &ours) == PSA_SUCCESS);
    CHECK(generate(PSA_KEY_USAGE_DERIVE, PSA_ALG_ECDH, &theirs) == PSA_SUCCESS);
    CHECK(psa_export_public_key(ours, our_key, sizeof(our_key), &our_length) == PSA_SUCCESS);
    CHECK(psa_export_public_key(theirs, their_key, sizeof(their_key), &their_length)
          == PSA_SUCCESS);
    CHECK(our_length == PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(P_256, 256));
    CHECK(psa_raw_key_agreement(PSA_ALG_ECDH, ours, their_key, their_length, our_secret,
                                sizeof(our_secret), &length)
          == PSA_SUCCESS);
    CHECK(psa_raw_key_agreement(PSA_ALG_ECDH, theirs, our_key, our_length, their_secret,
                                sizeof(their_secret), &length)
          == PSA_SUCCESS);
    CHECK(length == 32 && memcmp(our_secret, their_secret, length) == 0);
    CHECK(psa_destroy_key(ours) == PSA_SUCCESS && psa_destroy_key(theirs) == PSA_SUCCESS);
    return NULL;
}
