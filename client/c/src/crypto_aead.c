/* SPDX-License-Identifier: Apache-2.0 */
/* Authenticated encryption with associated data (PSA Crypto API 1.2, chapter 10.5). */
#include "crypto_call.h"

/* The length of most nonces, which is copied by words. */
#define USUAL_NONCE_BYTES 12u

/* One call for a whole message. Its parameters follow those of the two functions. */
__attribute__((always_inline)) static inline psa_status_t
whole_message(uint16_t function, psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
              size_t nonce_length, const uint8_t *additional_data, size_t additional_data_length,
              const uint8_t *input, size_t input_length, uint8_t *output, size_t output_size,
              size_t *output_length)
{
    struct pack pack;
    if (nonce_length > MAXIMUM_NONCE_BYTES) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    clear_pack(&pack, function);
    if (nonce_length == USUAL_NONCE_BYTES) {
        __builtin_memcpy(pack.nonce.bytes, nonce, USUAL_NONCE_BYTES);
    } else {
        for (size_t index = 0; index < nonce_length; index++) {
            pack.nonce.bytes[index] = nonce[index];
        }
    }
    pack.nonce_length = nonce_length;
    pack.key = key;
    pack.algorithm = alg;
    const psa_invec inputs[] = {
        PACK_VECTOR(pack), {input, input_length}, {additional_data, additional_data_length}};
    psa_outvec outputs[] = {{output, output_size}};
    return WITH_LENGTH(CRYPTO_CALL(inputs, outputs), outputs, output_length);
}

psa_status_t psa_aead_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
                              size_t nonce_length, const uint8_t *additional_data,
                              size_t additional_data_length, const uint8_t *plaintext,
                              size_t plaintext_length, uint8_t *ciphertext, size_t ciphertext_size,
                              size_t *ciphertext_length)
{
    return whole_message(AEAD_ENCRYPT, key, alg, nonce, nonce_length, additional_data,
                         additional_data_length, plaintext, plaintext_length, ciphertext,
                         ciphertext_size, ciphertext_length);
}

psa_status_t psa_aead_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
                              size_t nonce_length, const uint8_t *additional_data,
                              size_t additional_data_length, const uint8_t *ciphertext,
                              size_t ciphertext_length, uint8_t *plaintext, size_t plaintext_size,
                              size_t *plaintext_length)
{
    return whole_message(AEAD_DECRYPT, key, alg, nonce, nonce_length, additional_data,
                         additional_data_length, ciphertext, ciphertext_length, plaintext,
                         plaintext_size, plaintext_length);
}

psa_status_t psa_aead_encrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key,
                                    psa_algorithm_t alg)
{
    struct pack pack;
    clear_pack(&pack, AEAD_ENCRYPT_SETUP);
    pack.key = key;
    pack.algorithm = alg;
    return crypto_renew(&pack, &operation->private_handle);
}

psa_status_t psa_aead_decrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key,
                                    psa_algorithm_t alg)
{
    struct pack pack;
    clear_pack(&pack, AEAD_DECRYPT_SETUP);
    pack.key = key;
    pack.algorithm = alg;
    return crypto_renew(&pack, &operation->private_handle);
}

psa_status_t psa_aead_set_lengths(psa_aead_operation_t *operation, size_t ad_length,
                                  size_t plaintext_length)
{
    struct pack pack;
    clear_pack(&pack, AEAD_SET_LENGTHS);
    pack.operation = operation->private_handle;
    pack.ad_length = (uint32_t)ad_length;
    pack.plaintext_length = (uint32_t)plaintext_length;
    const psa_invec inputs[] = {PACK_VECTOR(pack)};
    return CRYPTO_CALL_WITHOUT_OUTPUT(inputs);
}

psa_status_t psa_aead_generate_nonce(psa_aead_operation_t *operation, uint8_t *nonce,
                                     size_t nonce_size, size_t *nonce_length)
{
    struct pack pack;
    clear_pack(&pack, AEAD_GENERATE_NONCE);
    pack.operation = operation->private_handle;
    return crypto_fill(&pack, nonce, nonce_size, nonce_length);
}

psa_status_t psa_aead_set_nonce(psa_aead_operation_t *operation, const uint8_t *nonce,
                                size_t nonce_length)
{
    struct pack pack;
    clear_pack(&pack, AEAD_SET_NONCE);
    return crypto_feed(&pack, operation->private_handle, nonce, nonce_length);
}

psa_status_t psa_aead_update_ad(psa_aead_operation_t *operation, const uint8_t *input,
                                size_t input_length)
{
    struct pack pack;
    clear_pack(&pack, AEAD_UPDATE_AD);
    return crypto_feed(&pack, operation->private_handle, input, input_length);
}

psa_status_t psa_aead_update(psa_aead_operation_t *operation, const uint8_t *input,
                             size_t input_length, uint8_t *output, size_t output_size,
                             size_t *output_length)
{
    struct pack pack;
    clear_pack(&pack, AEAD_UPDATE);
    pack.operation = operation->private_handle;
    return crypto_turn(&pack, input, input_length, output, output_size, output_length);
}

psa_status_t psa_aead_finish(psa_aead_operation_t *operation, uint8_t *ciphertext,
                             size_t ciphertext_size, size_t *ciphertext_length, uint8_t *tag,
                             size_t tag_size, size_t *tag_length)
{
    struct pack pack;
    if (ciphertext_length == NULL || tag_length == NULL) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    clear_pack(&pack, AEAD_FINISH);
    pack.operation = operation->private_handle;
    const psa_invec inputs[] = {PACK_VECTOR(pack)};
    psa_outvec outputs[] = {
        VECTOR(&operation->private_handle), {tag, tag_size}, {ciphertext, ciphertext_size}};
    const psa_status_t status = CRYPTO_CALL(inputs, outputs);
    if (status == PSA_SUCCESS) {
        *tag_length = outputs[1].len;
        *ciphertext_length = outputs[2].len;
    }
    return status;
}

psa_status_t psa_aead_verify(psa_aead_operation_t *operation, uint8_t *plaintext,
                             size_t plaintext_size, size_t *plaintext_length, const uint8_t *tag,
                             size_t tag_length)
{
    struct pack pack;
    clear_pack(&pack, AEAD_VERIFY);
    pack.operation = operation->private_handle;
    const psa_invec inputs[] = {PACK_VECTOR(pack), {tag, tag_length}};
    psa_outvec outputs[] = {VECTOR(&operation->private_handle), {plaintext, plaintext_size}};
    return WITH_LENGTH(CRYPTO_CALL(inputs, outputs), &outputs[1], plaintext_length);
}

psa_status_t psa_aead_abort(psa_aead_operation_t *operation)
{
    struct pack pack;
    clear_pack(&pack, AEAD_ABORT);
    return crypto_renew(&pack, &operation->private_handle);
}
