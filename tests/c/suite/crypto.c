/* SPDX-License-Identifier: Apache-2.0 */
/* PSA Crypto by the kit's library. */
#include <psa/crypto.h>
#include <string.h>

#include "suite.h"

/* FIPS 180-4, the message "abc". */
static const uint8_t abc[] = {'a', 'b', 'c'};
static const uint8_t sha_256_of_abc[] = {
    0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
    0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};

/* RFC 4231, test case 2. */
static const uint8_t jefe[] = {'J', 'e', 'f', 'e'};
static const uint8_t what[] = "what do ya want for nothing?";
static const uint8_t hmac_of_what[] = {
    0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04, 0x24, 0x26, 0x08, 0x95, 0x75, 0xc7,
    0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27, 0x39, 0x83, 0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43};

/* SP 800-38C, example 1. */
static const uint8_t ccm_key[] = {0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47,
                                  0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f};
static const uint8_t ccm_nonce[] = {0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16};
static const uint8_t ccm_additional[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t ccm_plaintext[] = {0x20, 0x21, 0x22, 0x23};
static const uint8_t ccm_ciphertext[] = {0x71, 0x62, 0x01, 0x5b, 0x4d, 0xac, 0x25, 0x5d};
#define CCM_4 PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 4)

const char *hashes_match(void)
{
    uint8_t hash[PSA_HASH_LENGTH(PSA_ALG_SHA_256)];
    size_t length = 0;
    CHECK(psa_crypto_init() == PSA_SUCCESS);
    CHECK(psa_hash_compute(PSA_ALG_SHA_256, abc, sizeof(abc), hash, sizeof(hash), &length)
          == PSA_SUCCESS);
    CHECK(length == sizeof(hash) && memcmp(hash, sha_256_of_abc, length) == 0);
    CHECK(psa_hash_compare(PSA_ALG_SHA_256, abc, sizeof(abc), hash, length) == PSA_SUCCESS);
    hash[0] ^= 1;
    CHECK(psa_hash_compare(PSA_ALG_SHA_256, abc, sizeof(abc), hash, length)
          == PSA_ERROR_INVALID_SIGNATURE);
    length = 77;
    CHECK(psa_hash_compute(PSA_ALG_SHA_256, abc, sizeof(abc), hash, 31, &length)
          == PSA_ERROR_BUFFER_TOO_SMALL);
    CHECK(length == 77);
    return NULL;
}

const char *hash_operations_live_and_end(void)
{
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT, copy = psa_hash_operation_init();
    uint8_t hash[PSA_HASH_MAX_SIZE];
    size_t length;
    CHECK(psa_hash_setup(&operation, PSA_ALG_SHA_256) == PSA_SUCCESS);
    CHECK(psa_hash_update(&operation, abc, 1) == PSA_SUCCESS);
    CHECK(psa_hash_clone(&operation, &copy) == PSA_SUCCESS);
    CHECK(psa_hash_update(&operation, abc + 1, 2) == PSA_SUCCESS);
    CHECK(psa_hash_update(&copy, abc + 1, 2) == PSA_SUCCESS);
    CHECK(psa_hash_finish(&operation, hash, sizeof(hash), &length) == PSA_SUCCESS);
    CHECK(length == sizeof(sha_256_of_abc) && memcmp(hash, sha_256_of_abc, length) == 0);
    CHECK(psa_hash_verify(&copy, hash, length) == PSA_SUCCESS);
    CHECK(psa_hash_update(&operation, abc, 1) == PSA_ERROR_BAD_STATE);
    CHECK(psa_hash_abort(&operation) == PSA_SUCCESS && psa_hash_abort(&copy) == PSA_SUCCESS);
    CHECK(psa_hash_setup(&operation, PSA_ALG_SHA_256) == PSA_SUCCESS);
    CHECK(psa_hash_abort(&operation) == PSA_SUCCESS);
    return NULL;
}

/* Makes a key. */
static psa_status_t import(psa_key_type_t type, psa_key_usage_t usage, psa_algorithm_t algorithm,
                           const uint8_t *data, size_t length, psa_key_id_t *key)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, type);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, algorithm);
    return psa_import_key(&attributes, data, length, key);
}

const char *keys_have_attributes(void)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    psa_key_id_t key = 99;
    uint8_t data[32];
    size_t length;
    CHECK(import(PSA_KEY_TYPE_HMAC, PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_SIGN_HASH,
                 PSA_ALG_HMAC(PSA_ALG_SHA_256), jefe, sizeof(jefe), &key)
          == PSA_SUCCESS);
    CHECK(key != PSA_KEY_ID_NULL);
    CHECK(psa_get_key_attributes(key, &attributes) == PSA_SUCCESS);
    CHECK(psa_get_key_type(&attributes) == PSA_KEY_TYPE_HMAC);
    CHECK(psa_get_key_bits(&attributes) == PSA_BYTES_TO_BITS(sizeof(jefe)));
    CHECK(psa_get_key_algorithm(&attributes) == PSA_ALG_HMAC(PSA_ALG_SHA_256));
    CHECK((psa_get_key_usage_flags(&attributes) & PSA_KEY_USAGE_SIGN_MESSAGE) != 0);
    CHECK(PSA_KEY_LIFETIME_IS_VOLATILE(psa_get_key_lifetime(&attributes)));
    CHECK(psa_export_key(key, data, sizeof(data), &length) == PSA_SUCCESS);
    CHECK(length == sizeof(jefe) && memcmp(data, jefe, length) == 0);
    CHECK(psa_destroy_key(key) == PSA_SUCCESS);
    CHECK(psa_destroy_key(key) == PSA_ERROR_INVALID_HANDLE);
    CHECK(psa_get_key_attributes(key, &attributes) == PSA_ERROR_INVALID_HANDLE);
    CHECK(psa_get_key_type(&attributes) == PSA_KEY_TYPE_NONE);
    return NULL;
}

const char *short_aes_keys_are_refused(void)
{
    psa_key_id_t key = 99;
    CHECK(import(PSA_KEY_TYPE_AES, 0, 0, jefe, sizeof(jefe), &key) == PSA_ERROR_INVALID_ARGUMENT);
    CHECK(key == PSA_KEY_ID_NULL);
    return NULL;
}

const char *codes_match(void)
{
    psa_mac_operation_t operation = PSA_MAC_OPERATION_INIT;
    const psa_algorithm_t hmac = PSA_ALG_HMAC(PSA_ALG_SHA_256);
    psa_key_id_t key;
    uint8_t mac[PSA_MAC_MAX_SIZE];
    size_t length;
    CHECK(import(PSA_KEY_TYPE_HMAC, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE,
                 hmac, jefe, sizeof(jefe), &key)
          == PSA_SUCCESS);
    CHECK(psa_mac_compute(key, hmac, what, sizeof(what) - 1, mac, sizeof(mac), &length)
          == PSA_SUCCESS);
    CHECK(length == sizeof(hmac_of_what) && memcmp(mac, hmac_of_what, length) == 0);
    CHECK(psa_mac_verify(key, hmac, what, sizeof(what) - 1, mac, length) == PSA_SUCCESS);
    CHECK(psa_mac_sign_setup(&operation, key, hmac) == PSA_SUCCESS);
    CHECK(psa_mac_update(&operation, what, sizeof(what) - 1) == PSA_SUCCESS);
    CHECK(psa_mac_sign_finish(&operation, mac, sizeof(mac), &length) == PSA_SUCCESS);
    CHECK(memcmp(mac, hmac_of_what, length) == 0);
    CHECK(psa_mac_verify_setup(&operation, key, hmac) == PSA_SUCCESS);
    CHECK(psa_mac_update(&operation, what, 3) == PSA_SUCCESS);
    CHECK(psa_mac_verify_finish(&operation, mac, length) == PSA_ERROR_INVALID_SIGNATURE);
    CHECK(psa_mac_abort(&operation) == PSA_SUCCESS);
    CHECK(psa_destroy_key(key) == PSA_SUCCESS);
    return NULL;
}

const char *messages_are_sealed_and_opened(void)
{
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    psa_key_id_t key;
    uint8_t sealed[32], opened[32];
    size_t length, tag_length;
    CHECK(import(PSA_KEY_TYPE_AES, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, CCM_4, ccm_key,
                 sizeof(ccm_key), &key)
          == PSA_SUCCESS);
    CHECK(psa_aead_encrypt(key, CCM_4, ccm_nonce, sizeof(ccm_nonce), ccm_additional,
                           sizeof(ccm_additional), ccm_plaintext, sizeof(ccm_plaintext), sealed,
                           sizeof(sealed), &length)
          == PSA_SUCCESS);
    CHECK(length == sizeof(ccm_ciphertext) && memcmp(sealed, ccm_ciphertext, length) == 0);
    CHECK(psa_aead_decrypt(key, CCM_4, ccm_nonce, sizeof(ccm_nonce), ccm_additional,
                           sizeof(ccm_additional), sealed, length, opened, sizeof(opened), &length)
          == PSA_SUCCESS);
    CHECK(length == sizeof(ccm_plaintext) && memcmp(opened, ccm_plaintext, length) == 0);
    CHECK(psa_aead_decrypt(key, CCM_4, ccm_nonce, sizeof(ccm_nonce), NULL, 0, sealed,
                           sizeof(ccm_ciphertext), opened, sizeof(opened), &length)
          == PSA_ERROR_INVALID_SIGNATURE);

    CHECK(psa_aead_encrypt_setup(&operation, key, CCM_4) == PSA_SUCCESS);
    CHECK(psa_aead_set_lengths(&operation, sizeof(ccm_additional), sizeof(ccm_plaintext))
          == PSA_SUCCESS);
    CHECK(psa_aead_set_nonce(&operation, ccm_nonce, sizeof(ccm_nonce)) == PSA_SUCCESS);
    CHECK(psa_aead_update_ad(&operation, ccm_additional, sizeof(ccm_additional)) == PSA_SUCCESS);
    CHECK(psa_aead_update(&operation, ccm_plaintext, sizeof(ccm_plaintext), sealed, 16, &length)
          == PSA_SUCCESS);
    size_t last;
    CHECK(psa_aead_finish(&operation, sealed + length, 16, &last, opened, 4, &tag_length)
          == PSA_SUCCESS);
    CHECK(length + last == sizeof(ccm_plaintext) && tag_length == 4);
    CHECK(memcmp(sealed, ccm_ciphertext, 4) == 0 && memcmp(opened, ccm_ciphertext + 4, 4) == 0);

    CHECK(psa_aead_decrypt_setup(&operation, key, CCM_4) == PSA_SUCCESS);
    CHECK(psa_aead_set_lengths(&operation, 0, 4) == PSA_SUCCESS);
    CHECK(psa_aead_set_nonce(&operation, ccm_nonce, sizeof(ccm_nonce)) == PSA_SUCCESS);
    CHECK(psa_aead_update(&operation, ccm_ciphertext, 4, opened, 16, &length) == PSA_SUCCESS);
    CHECK(psa_aead_verify(&operation, opened, 16, &last, ccm_ciphertext + 4, 4)
          == PSA_ERROR_INVALID_SIGNATURE);
    CHECK(psa_aead_abort(&operation) == PSA_SUCCESS);
    CHECK(psa_destroy_key(key) == PSA_SUCCESS);
    return NULL;
}

/* The room for what is left of the ciphertext and that for the tag may overlap, as long as what is
   written there does not. */
const char *a_tag_may_lie_in_the_room_for_a_ciphertext(void)
{
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    psa_key_id_t key;
    uint8_t sealed[32];
    size_t length, last, tag_length;
    CHECK(import(PSA_KEY_TYPE_AES, PSA_KEY_USAGE_ENCRYPT, CCM_4, ccm_key, sizeof(ccm_key), &key)
          == PSA_SUCCESS);
    CHECK(psa_aead_encrypt_setup(&operation, key, CCM_4) == PSA_SUCCESS);
    CHECK(psa_aead_set_lengths(&operation, sizeof(ccm_additional), sizeof(ccm_plaintext))
          == PSA_SUCCESS);
    CHECK(psa_aead_set_nonce(&operation, ccm_nonce, sizeof(ccm_nonce)) == PSA_SUCCESS);
    CHECK(psa_aead_update_ad(&operation, ccm_additional, sizeof(ccm_additional)) == PSA_SUCCESS);
    CHECK(psa_aead_update(&operation, ccm_plaintext, sizeof(ccm_plaintext), sealed, sizeof(sealed),
                          &length)
          == PSA_SUCCESS);
    CHECK(psa_aead_finish(&operation, sealed + length, sizeof(sealed) - length, &last,
                          sealed + sizeof(ccm_plaintext), sizeof(sealed) - sizeof(ccm_plaintext),
                          &tag_length)
          == PSA_SUCCESS);
    CHECK(length + last == sizeof(ccm_plaintext) && tag_length == 4);
    CHECK(memcmp(sealed, ccm_ciphertext, sizeof(ccm_ciphertext)) == 0);
    CHECK(psa_destroy_key(key) == PSA_SUCCESS);
    return NULL;
}

/* A mode of AES decrypts what it has encrypted. */
static const char *turns_back(psa_algorithm_t algorithm)
{
    static const uint8_t text[32] = "two blocks of text, and no more.";
    psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT;
    psa_key_id_t key;
    uint8_t secret[64], back[64], iv[16];
    size_t length, iv_length = 0, part, rest;
    CHECK(psa_can_do_cipher(PSA_KEY_TYPE_AES, algorithm) == 1);
    CHECK(import(PSA_KEY_TYPE_AES, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, algorithm,
                 ccm_key, sizeof(ccm_key), &key)
          == PSA_SUCCESS);
    CHECK(psa_cipher_encrypt(key, algorithm, text, sizeof(text), secret, sizeof(secret),
                             &length)
          == PSA_SUCCESS);
    CHECK(psa_cipher_decrypt(key, algorithm, secret, length, back, sizeof(back), &length)
          == PSA_SUCCESS);
    CHECK(length == sizeof(text) && memcmp(back, text, length) == 0);

    CHECK(psa_cipher_encrypt_setup(&operation, key, algorithm) == PSA_SUCCESS);
    if (PSA_CIPHER_IV_LENGTH(PSA_KEY_TYPE_AES, algorithm) != 0) {
        CHECK(psa_cipher_generate_iv(&operation, iv, sizeof(iv), &iv_length) == PSA_SUCCESS);
    }
    CHECK(psa_cipher_update(&operation, text, sizeof(text), secret, sizeof(secret), &part)
          == PSA_SUCCESS);
    CHECK(psa_cipher_finish(&operation, secret + part, sizeof(secret) - part, &rest)
          == PSA_SUCCESS);
    length = part + rest;
    CHECK(psa_cipher_decrypt_setup(&operation, key, algorithm) == PSA_SUCCESS);
    if (iv_length != 0) {
        CHECK(psa_cipher_set_iv(&operation, iv, iv_length) == PSA_SUCCESS);
    }
    CHECK(psa_cipher_update(&operation, secret, length, back, sizeof(back), &part)
          == PSA_SUCCESS);
    CHECK(psa_cipher_finish(&operation, back + part, sizeof(back) - part, &rest)
          == PSA_SUCCESS);
    CHECK(part + rest == sizeof(text) && memcmp(back, text, sizeof(text)) == 0);
    CHECK(psa_cipher_abort(&operation) == PSA_SUCCESS);
    CHECK(psa_destroy_key(key) == PSA_SUCCESS);
    return NULL;
}

const char *ctr_turns_back(void)
{
    return turns_back(PSA_ALG_CTR);
}

const char *cbc_turns_back(void)
{
    return turns_back(PSA_ALG_CBC_NO_PADDING);
}

const char *cbc_with_padding_turns_back(void)
{
    return turns_back(PSA_ALG_CBC_PKCS7);
}

const char *ecb_turns_back(void)
{
    return turns_back(PSA_ALG_ECB_NO_PADDING);
}

/* The modes of AES that an image may have, and others. */
static const psa_algorithm_t ciphers[] = {PSA_ALG_CTR,           PSA_ALG_CBC_NO_PADDING,
                                          PSA_ALG_CBC_PKCS7,     PSA_ALG_ECB_NO_PADDING,
                                          PSA_ALG_CCM_STAR_NO_TAG, PSA_ALG_OFB};
#define CIPHERS (sizeof(ciphers) / sizeof(ciphers[0]))

const char *what_can_be_done_is_told_truly(void)
{
    static const psa_algorithm_t hashes[] = {PSA_ALG_MD5,     PSA_ALG_SHA_1,   PSA_ALG_SHA_224,
                                             PSA_ALG_SHA_256, PSA_ALG_SHA_384, PSA_ALG_SHA_512,
                                             PSA_ALG_SHA3_256, PSA_ALG_CMAC,   PSA_ALG_NONE};
    for (size_t index = 0; index < sizeof(hashes) / sizeof(hashes[0]); index++) {
        psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT;
        const psa_status_t status = psa_hash_setup(&operation, hashes[index]);
        psa_hash_abort(&operation);
        CHECK(psa_can_do_hash(hashes[index]) == (status == PSA_SUCCESS));
    }
    CHECK(psa_can_do_hash(PSA_ALG_SHA_256) == HAS(PSA_WANT_ALG_SHA_256));
    for (size_t index = 0; index < CIPHERS; index++) {
        psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT;
        psa_key_id_t key = PSA_KEY_ID_NULL;
        psa_status_t status = import(PSA_KEY_TYPE_AES, PSA_KEY_USAGE_ENCRYPT, ciphers[index],
                                     ccm_key, sizeof(ccm_key), &key);
        if (status == PSA_SUCCESS) {
            status = psa_cipher_encrypt_setup(&operation, key, ciphers[index]);
        }
        psa_cipher_abort(&operation);
        psa_destroy_key(key);
        CHECK(psa_can_do_cipher(PSA_KEY_TYPE_AES, ciphers[index]) == (status == PSA_SUCCESS));
        CHECK(psa_can_do_cipher(PSA_KEY_TYPE_HMAC, ciphers[index]) == 0);
    }
    return NULL;
}

const char *what_is_not_there_is_not_supported(void)
{
    psa_pake_operation_t pake = psa_pake_operation_init();
    psa_pake_cipher_suite_t suite = psa_pake_cipher_suite_init();
    psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
    const psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = 99;
    uint8_t buffer[PSA_PAKE_OUTPUT_MAX_SIZE];
    size_t length;
    psa_pake_cs_set_algorithm(&suite, PSA_ALG_JPAKE(PSA_ALG_SHA_256));
    CHECK(psa_pake_setup(&pake, 1, &suite) == PSA_ERROR_NOT_SUPPORTED);
    CHECK(psa_pake_output(&pake, PSA_PAKE_STEP_KEY_SHARE, buffer, sizeof(buffer), &length)
          == PSA_ERROR_NOT_SUPPORTED);
    CHECK(psa_pake_abort(&pake) == PSA_SUCCESS);
    CHECK(psa_hash_suspend(&hash, buffer, sizeof(buffer), &length) == PSA_ERROR_NOT_SUPPORTED);
    CHECK(psa_key_agreement(1, buffer, 65, PSA_ALG_ECDH, &attributes, &key)
          == PSA_ERROR_NOT_SUPPORTED);
    CHECK(key == PSA_KEY_ID_NULL);
    CHECK(psa_asymmetric_encrypt(1, PSA_ALG_RSA_PKCS1V15_CRYPT, buffer, 1, NULL, 0, buffer,
                                 sizeof(buffer), &length)
          == PSA_ERROR_NOT_SUPPORTED);
    return NULL;
}
