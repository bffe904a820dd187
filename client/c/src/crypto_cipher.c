/* SPDX-License-Identifier: Apache-2.0 */
/* Ciphers without authentication (PSA Crypto API 1.2, chapter 10.4). */
#include "crypto_call.h"

psa_status_t psa_cipher_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, uint8_t *output, size_t output_size,
                                size_t *output_length)
{
    struct pack pack;
    clear_pack(&pack, CIPHER_ENCRYPT);
    pack.key = key;
    pack.algorithm = alg;
    return crypto_turn(&pack, input, input_length, output, output_size, output_length);
}

psa_status_t psa_cipher_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, uint8_t *output, size_t output_size,
                                size_t *output_length)
{
    struct pack pack;
    clear_pack(&pack, CIPHER_DECRYPT);
    pack.key = key;
    pack.algorithm = alg;
    return crypto_turn(&pack, input, input_length, output, output_size, output_length);
}

psa_status_t psa_cipher_encrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key,
                                      psa_algorithm_t alg)
{
    struct pack pack;
    clear_pack(&pack, CIPHER_ENCRYPT_SETUP);
    pack.key = key;
    pack.algorithm = alg;
    return crypto_renew(&pack, &operation->private_handle);
}

psa_status_t psa_cipher_decrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key,
                                      psa_algorithm_t alg)
{
    struct pack pack;
    clear_pack(&pack, CIPHER_DECRYPT_SETUP);
    pack.key = key;
    pack.algorithm = alg;
    return crypto_renew(&pack, &operation->private_handle);
}

psa_status_t psa_cipher_generate_iv(psa_cipher_operation_t *operation, uint8_t *iv, size_t iv_size,
                                    size_t *iv_length)
{
    struct pack pack;
    clear_pack(&pack, CIPHER_GENERATE_IV);
    pack.operation = operation->private_handle;
    return crypto_fill(&pack, iv, iv_size, iv_length);
}

psa_status_t psa_cipher_set_iv(psa_cipher_operation_t *operation, const uint8_t *iv,
                               size_t iv_length)
{
    struct pack pack;
    clear_pack(&pack, CIPHER_SET_IV);
    return crypto_feed(&pack, operation->private_handle, iv, iv_length);
}

psa_status_t psa_cipher_update(psa_cipher_operation_t *operation, const uint8_t *input,
                               size_t input_length, uint8_t *output, size_t output_size,
                               size_t *output_length)
{
    struct pack pack;
    clear_pack(&pack, CIPHER_UPDATE);
    pack.operation = operation->private_handle;
    return crypto_turn(&pack, input, input_length, output, output_size, output_length);
}

psa_status_t psa_cipher_finish(psa_cipher_operation_t *operation, uint8_t *output,
                               size_t output_size, size_t *output_length)
{
    struct pack pack;
    clear_pack(&pack, CIPHER_FINISH);
    return crypto_finish(&pack, &operation->private_handle, output, output_size, output_length);
}

psa_status_t psa_cipher_abort(psa_cipher_operation_t *operation)
{
    struct pack pack;
    clear_pack(&pack, CIPHER_ABORT);
    return crypto_renew(&pack, &operation->private_handle);
}

int psa_can_do_cipher(psa_key_type_t key_type, psa_algorithm_t cipher_alg)
{
    struct pack pack;
    clear_pack(&pack, CAN_DO_CIPHER);
    pack.algorithm = cipher_alg;
    int32_t answer = 0;
    size_t length;
    const psa_status_t status =
        crypto_turn(&pack, &key_type, sizeof(key_type), &answer, sizeof(answer), &length);
    return status == PSA_SUCCESS && answer != 0;
}
