/* SPDX-License-Identifier: Apache-2.0 */
/* Message authentication codes (PSA Crypto API 1.2, chapter 10.3). */
#include "crypto_call.h"

psa_status_t psa_mac_compute(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                             size_t input_length, uint8_t *mac, size_t mac_size,
                             size_t *mac_length)
{
    struct pack pack;
    clear_pack(&pack, MAC_COMPUTE);
    pack.key = key;
    pack.algorithm = alg;
    return crypto_turn(&pack, input, input_length, mac, mac_size, mac_length);
}

psa_status_t psa_mac_verify(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                            size_t input_length, const uint8_t *mac, size_t mac_length)
{
    struct pack pack;
    clear_pack(&pack, MAC_VERIFY);
    pack.key = key;
    pack.algorithm = alg;
    return crypto_compare(&pack, input, input_length, mac, mac_length);
}

psa_status_t psa_mac_sign_setup(psa_mac_operation_t *operation, psa_key_id_t key,
                                psa_algorithm_t alg)
{
    struct pack pack;
    clear_pack(&pack, MAC_SIGN_SETUP);
    pack.key = key;
    pack.algorithm = alg;
    return crypto_renew(&pack, &operation->private_handle);
}

psa_status_t psa_mac_verify_setup(psa_mac_operation_t *operation, psa_key_id_t key,
                                  psa_algorithm_t alg)
{
    struct pack pack;
    clear_pack(&pack, MAC_VERIFY_SETUP);
    pack.key = key;
    pack.algorithm = alg;
    return crypto_renew(&pack, &operation->private_handle);
}

psa_status_t psa_mac_update(psa_mac_operation_t *operation, const uint8_t *input,
                            size_t input_length)
{
    struct pack pack;
    clear_pack(&pack, MAC_UPDATE);
    return crypto_feed(&pack, operation->private_handle, input, input_length);
}

psa_status_t psa_mac_sign_finish(psa_mac_operation_t *operation, uint8_t *mac, size_t mac_size,
                                 size_t *mac_length)
{
    struct pack pack;
    clear_pack(&pack, MAC_SIGN_FINISH);
    return crypto_finish(&pack, &operation->private_handle, mac, mac_size, mac_length);
}

psa_status_t psa_mac_verify_finish(psa_mac_operation_t *operation, const uint8_t *mac,
                                   size_t mac_length)
{
    struct pack pack;
    clear_pack(&pack, MAC_VERIFY_FINISH);
    return crypto_check(&pack, &operation->private_handle, mac, mac_length);
}

psa_status_t psa_mac_abort(psa_mac_operation_t *operation)
{
    struct pack pack;
    clear_pack(&pack, MAC_ABORT);
    return crypto_renew(&pack, &operation->private_handle);
}
