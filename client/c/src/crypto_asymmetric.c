/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures, encryption with a public key, key agreement (PSA Crypto API 1.2, chapters 10.7 to
   10.9). */
#include "crypto_call.h"

psa_status_t psa_sign_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                              size_t input_length, uint8_t *signature, size_t signature_size,
                              size_t *signature_length)
{
    struct pack pack;
    clear_pack(&pack, SIGN_MESSAGE);
    pack.key = key;
    pack.algorithm = alg;
    return crypto_turn(&pack, input, input_length, signature, signature_size, signature_length);
}

psa_status_t psa_verify_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, const uint8_t *signature,
                                size_t signature_length)
{
    struct pack pack;
    clear_pack(&pack, VERIFY_MESSAGE);
    pack.key = key;
    pack.algorithm = alg;
    return crypto_compare(&pack, input, input_length, signature, signature_length);
}

psa_status_t psa_sign_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash,
                           size_t hash_length, uint8_t *signature, size_t signature_size,
                           size_t *signature_length)
{
    struct pack pack;
    clear_pack(&pack, SIGN_HASH);
    pack.key = key;
    pack.algorithm = alg;
    return crypto_turn(&pack, hash, hash_length, signature, signature_size, signature_length);
}

psa_status_t psa_verify_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash,
                             size_t hash_length, const uint8_t *signature,
                             size_t signature_length)
{
    struct pack pack;
    clear_pack(&pack, VERIFY_HASH);
    pack.key = key;
    pack.algorithm = alg;
    return crypto_compare(&pack, hash, hash_length, signature, signature_length);
}

/* Encryption and decryption with a public key have the same vectors. */
static psa_status_t with_salt(struct pack *pack, const uint8_t *input, size_t input_length,
                              const uint8_t *salt, size_t salt_length, uint8_t *output,
                              size_t output_size, size_t *output_length)
{
    const psa_invec inputs[] = {VECTOR(pack), {input, input_length}, {salt, salt_length}};
    psa_outvec outputs[] = {{output, output_size}};
    return WITH_LENGTH(CRYPTO_CALL(inputs, outputs), outputs, output_length);
}

psa_status_t psa_asymmetric_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                    size_t input_length, const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length)
{
    struct pack pack;
    clear_pack(&pack, ASYMMETRIC_ENCRYPT);
    pack.key = key;
    pack.algorithm = alg;
    return with_salt(&pack, input, input_length, salt, salt_length, output, output_size,
                     output_length);
}

psa_status_t psa_asymmetric_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                    size_t input_length, const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length)
{
    struct pack pack;
    clear_pack(&pack, ASYMMETRIC_DECRYPT);
    pack.key = key;
    pack.algorithm = alg;
    return with_salt(&pack, input, input_length, salt, salt_length, output, output_size,
                     output_length);
}

psa_status_t psa_raw_key_agreement(psa_algorithm_t alg, psa_key_id_t private_key,
                                   const uint8_t *peer_key, size_t peer_key_length,
                                   uint8_t *output, size_t output_size, size_t *output_length)
{
    struct pack pack;
    clear_pack(&pack, RAW_KEY_AGREEMENT);
    pack.key = private_key;
    pack.algorithm = alg;
    return crypto_turn(&pack, peer_key, peer_key_length, output, output_size, output_length);
}
