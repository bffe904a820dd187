/* SPDX-License-Identifier: Apache-2.0 */
/* Storage, the framework, and invalid parameters. */
#include <casemate/layout.h>
#include <psa/client.h>
#include <psa/crypto.h>
#include <psa/initial_attestation.h>
#include <psa/internal_trusted_storage.h>
#include <psa/protected_storage.h>
#include <psa/update.h>
#include <psa_manifest/sid.h>
#include <string.h>

#include "suite.h"

#define UID 0x0102030405060708u

const char *objects_are_stored(void)
{
    static const uint8_t data[] = {1, 2, 3, 4, 5, 6, 7};
    uint8_t back[16];
    size_t length;
    struct psa_storage_info_t info;
    CHECK(psa_its_set(UID, sizeof(data), data, PSA_STORAGE_FLAG_NONE) == PSA_SUCCESS);
    CHECK(psa_its_get(UID, 2, sizeof(back), back, &length) == PSA_SUCCESS);
    CHECK(length == sizeof(data) - 2 && memcmp(back, data + 2, length) == 0);
    CHECK(psa_its_get_info(UID, &info) == PSA_SUCCESS);
    CHECK(info.size == sizeof(data) && info.flags == PSA_STORAGE_FLAG_NONE);
    CHECK(psa_its_remove(UID) == PSA_SUCCESS);
    CHECK(psa_its_get_info(UID, &info) == PSA_ERROR_DOES_NOT_EXIST);
    CHECK(psa_its_set(0, sizeof(data), data, 0) == PSA_ERROR_INVALID_ARGUMENT);
    return NULL;
}

const char *protected_storage_is_not_there(void)
{
    uint8_t data[1] = {0};
    size_t length = 77;
    struct psa_storage_info_t info;
    CHECK(psa_ps_get_support() == 0);
    CHECK(psa_ps_set(UID, sizeof(data), data, 0) == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_ps_get(UID, 0, sizeof(data), data, &length) == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(length == 77);
    CHECK(psa_ps_get_info(UID, &info) == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_ps_remove(UID) == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_ps_create(UID, 8, 0) == PSA_ERROR_NOT_SUPPORTED);
    CHECK(psa_ps_set_extended(UID, 0, sizeof(data), data) == PSA_ERROR_NOT_SUPPORTED);
    return NULL;
}

const char *tokens_are_made(void)
{
    static const uint8_t challenge[PSA_INITIAL_ATTEST_CHALLENGE_SIZE_64] = {1, 2, 3};
    static const size_t sizes[] = {PSA_INITIAL_ATTEST_CHALLENGE_SIZE_32,
                                   PSA_INITIAL_ATTEST_CHALLENGE_SIZE_48,
                                   PSA_INITIAL_ATTEST_CHALLENGE_SIZE_64};
    static uint8_t token[PSA_INITIAL_ATTEST_MAX_TOKEN_SIZE];
    size_t announced, length = 77;
    for (size_t index = 0; index < sizeof(sizes) / sizeof(sizes[0]); index++) {
        CHECK(psa_initial_attest_get_token_size(sizes[index], &announced) == PSA_SUCCESS);
        CHECK(announced <= sizeof(token));
        CHECK(psa_initial_attest_get_token(challenge, sizes[index], token, sizeof(token), &length)
              == PSA_SUCCESS);
        CHECK(length == announced && token[0] == 0xd1);
    }
    length = 77;
    CHECK(psa_initial_attest_get_token_size(33, &length) == PSA_ERROR_INVALID_ARGUMENT);
    CHECK(psa_initial_attest_get_token(challenge, 32, token, 16, &length)
          == PSA_ERROR_BUFFER_TOO_SMALL);
    CHECK(psa_initial_attest_get_token(NULL, 32, token, sizeof(token), &length)
          == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(length == 77);
    return NULL;
}

const char *the_framework_answers(void)
{
    CHECK(psa_framework_version() == PSA_FRAMEWORK_VERSION);
    CHECK(psa_version(TFM_CRYPTO_SID) == TFM_CRYPTO_VERSION);
    CHECK(psa_version(0x60) == PSA_VERSION_NONE);
    CHECK(psa_connect(0x60, 1) == PSA_ERROR_CONNECTION_REFUSED);
    CHECK(!PSA_HANDLE_IS_VALID(psa_connect(TFM_CRYPTO_SID, 1)));
    CHECK(psa_call(0x7fffffff, PSA_IPC_CALL, NULL, 0, NULL, 0) == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_call(TFM_CRYPTO_HANDLE, -1, NULL, 0, NULL, 0) == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_call(TFM_CRYPTO_HANDLE, 0, NULL, 1, NULL, 0) == PSA_ERROR_PROGRAMMER_ERROR);
    psa_close(PSA_NULL_HANDLE);
    return NULL;
}

/* The profile of these tests does not list Firmware Update. */
const char *a_service_that_is_not_there_is_refused(void)
{
    psa_fwu_component_info_t info;
    CHECK(psa_fwu_query(0, &info) == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_fwu_start(0, NULL, 0) == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_fwu_install() == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_fwu_request_reboot() == PSA_ERROR_PROGRAMMER_ERROR);
    return NULL;
}

const char *null_with_a_length_is_refused(void)
{
    uint8_t hash[32];
    size_t length;
    psa_key_id_t key;
    const psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    CHECK(psa_hash_compute(PSA_ALG_SHA_256, NULL, 1, hash, sizeof(hash), &length)
          == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_hash_compute(PSA_ALG_SHA_256, hash, 1, NULL, sizeof(hash), &length)
          == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_hash_compute(PSA_ALG_SHA_256, NULL, 0, hash, sizeof(hash), &length) == PSA_SUCCESS);
    CHECK(psa_generate_random(NULL, 8) == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_import_key(&attributes, NULL, 16, &key) == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_its_set(UID, 4, NULL, 0) == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_its_get(UID, 0, 4, NULL, &length) == PSA_ERROR_PROGRAMMER_ERROR);
    return NULL;
}

/* NULL for a result that the library writes: it makes no call. */
const char *without_a_place_for_the_answer_there_is_no_call(void)
{
    uint8_t bytes[32] = {0};
    size_t length;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
    psa_mac_operation_t mac = PSA_MAC_OPERATION_INIT;
    psa_cipher_operation_t cipher = PSA_CIPHER_OPERATION_INIT;
    psa_aead_operation_t aead = PSA_AEAD_OPERATION_INIT;
    psa_key_derivation_operation_t derivation = PSA_KEY_DERIVATION_OPERATION_INIT;
    const psa_algorithm_t alg = PSA_ALG_SHA_256;
    const size_t size = sizeof(bytes);
#define REFUSED(call) CHECK((call) == PSA_ERROR_INVALID_ARGUMENT)
    REFUSED(psa_its_get(UID, 0, size, bytes, NULL));
    REFUSED(psa_its_get_info(UID, NULL));
    REFUSED(psa_ps_get(UID, 0, size, bytes, NULL));
    REFUSED(psa_ps_get_info(UID, NULL));
    REFUSED(psa_initial_attest_get_token(bytes, size, bytes, size, NULL));
    REFUSED(psa_initial_attest_get_token_size(size, NULL));
    REFUSED(psa_hash_compute(alg, bytes, 1, bytes, size, NULL));
    CHECK(psa_hash_setup(&hash, alg) == PSA_SUCCESS);
    REFUSED(psa_hash_finish(&hash, bytes, size, NULL));
    CHECK(psa_hash_finish(&hash, bytes, size, &length) == PSA_SUCCESS);
    REFUSED(psa_mac_compute(1, PSA_ALG_HMAC(alg), bytes, 1, bytes, size, NULL));
    REFUSED(psa_mac_sign_finish(&mac, bytes, size, NULL));
    REFUSED(psa_cipher_encrypt(1, PSA_ALG_CTR, bytes, 1, bytes, size, NULL));
    REFUSED(psa_cipher_decrypt(1, PSA_ALG_CTR, bytes, 1, bytes, size, NULL));
    REFUSED(psa_cipher_generate_iv(&cipher, bytes, size, NULL));
    REFUSED(psa_cipher_update(&cipher, bytes, 1, bytes, size, NULL));
    REFUSED(psa_cipher_finish(&cipher, bytes, size, NULL));
    REFUSED(psa_aead_encrypt(1, PSA_ALG_CCM, bytes, 13, NULL, 0, bytes, 1, bytes, size, NULL));
    REFUSED(psa_aead_decrypt(1, PSA_ALG_CCM, bytes, 13, NULL, 0, bytes, 1, bytes, size, NULL));
    REFUSED(psa_aead_generate_nonce(&aead, bytes, size, NULL));
    REFUSED(psa_aead_update(&aead, bytes, 1, bytes, size, NULL));
    REFUSED(psa_aead_finish(&aead, bytes, size, NULL, bytes, size, &length));
    REFUSED(psa_aead_finish(&aead, bytes, size, &length, bytes, size, NULL));
    REFUSED(psa_aead_verify(&aead, bytes, size, NULL, bytes, 4));
    REFUSED(psa_sign_message(1, PSA_ALG_ECDSA(alg), bytes, 1, bytes, size, NULL));
    REFUSED(psa_sign_hash(1, PSA_ALG_ECDSA(alg), bytes, size, bytes, size, NULL));
    REFUSED(psa_raw_key_agreement(PSA_ALG_ECDH, 1, bytes, 1, bytes, size, NULL));
    REFUSED(psa_asymmetric_encrypt(1, alg, bytes, 1, NULL, 0, bytes, size, NULL));
    REFUSED(psa_asymmetric_decrypt(1, alg, bytes, 1, NULL, 0, bytes, size, NULL));
    REFUSED(psa_export_key(1, bytes, size, NULL));
    REFUSED(psa_export_public_key(1, bytes, size, NULL));
    REFUSED(psa_get_key_attributes(1, NULL));
    REFUSED(psa_key_derivation_get_capacity(&derivation, NULL));
#undef REFUSED
    CHECK(psa_import_key(&attributes, bytes, 16, NULL) != PSA_SUCCESS);
    CHECK(psa_generate_key(&attributes, NULL) != PSA_SUCCESS);
    CHECK(psa_copy_key(1, &attributes, NULL) != PSA_SUCCESS);
    CHECK(psa_key_derivation_output_key(&attributes, &derivation, NULL) != PSA_SUCCESS);
    return NULL;
}

/* The flash of the application is readable, and no call may write to it. */
const char *own_flash_is_no_output(void)
{
    static const uint8_t constant[64] = {1};
    uint8_t hash[32];
    size_t length;
    uint8_t *const flash = (uint8_t *)constant;
    CHECK(psa_hash_compute(PSA_ALG_SHA_256, constant, sizeof(constant), hash, sizeof(hash), &length)
          == PSA_SUCCESS);
    CHECK(psa_hash_compute(PSA_ALG_SHA_256, hash, 1, flash, 32, &length)
          == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_generate_random(flash, 16) == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_its_get(UID, 0, sizeof(constant), flash, &length) == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(constant[0] == 1);
    return NULL;
}

/* Lengths that wrap around the address space, and memory of the secure world. */
const char *foreign_memory_is_refused(void)
{
    uint8_t hash[32] = {0};
    size_t length;
    const uint8_t *const secure = (const uint8_t *)0x38000000;
    CHECK(psa_hash_compute(PSA_ALG_SHA_256, hash, SIZE_MAX, hash, sizeof(hash), &length)
          == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_hash_compute(PSA_ALG_SHA_256, hash, 0u - (size_t)hash + 8u, hash, sizeof(hash),
                           &length)
          == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_hash_compute(PSA_ALG_SHA_256, hash, 1, hash, SIZE_MAX, &length)
          == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_hash_compute(PSA_ALG_SHA_256, secure, 16, hash, sizeof(hash), &length)
          == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_generate_random((uint8_t *)secure, 16) == PSA_ERROR_PROGRAMMER_ERROR);
    CHECK(psa_its_set(UID, 0x80000000u, hash, 0) == PSA_ERROR_PROGRAMMER_ERROR);
    return NULL;
}
