/* SPDX-License-Identifier: Apache-2.0 */
/* Key derivation (PSA Crypto API 1.2, chapter 10.6). */
#include "crypto_call.h"

psa_status_t psa_key_derivation_setup(psa_key_derivation_operation_t *operation,
                                      psa_algorithm_t alg)
{
    struct pack pack;
    clear_pack(&pack, KEY_DERIVATION_SETUP);
    pack.algorithm = alg;
    return crypto_renew(&pack, &operation->private_handle);
}

psa_status_t psa_key_derivation_get_capacity(const psa_key_derivation_operation_t *operation,
                                             size_t *capacity)
{
    struct pack pack;
    clear_pack(&pack, KEY_DERIVATION_GET_CAPACITY);
    pack.operation = operation->private_handle;
    if (capacity == NULL) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    uint32_t answer = 0;
    size_t length;
    const psa_status_t status = crypto_fill(&pack, &answer, sizeof(answer), &length);
    if (status == PSA_SUCCESS) {
        *capacity = answer;
    }
    return status;
}

/* A call with the pack alone. */
static psa_status_t call_with_pack(struct pack *pack, const psa_key_derivation_operation_t *operation)
{
    pack->operation = operation->private_handle;
    const psa_invec inputs[] = {VECTOR(pack)};
    return CRYPTO_CALL_WITHOUT_OUTPUT(inputs);
}

psa_status_t psa_key_derivation_set_capacity(psa_key_derivation_operation_t *operation,
                                             size_t capacity)
{
    struct pack pack;
    clear_pack(&pack, KEY_DERIVATION_SET_CAPACITY);
    pack.number.capacity = (uint32_t)capacity;
    return call_with_pack(&pack, operation);
}

psa_status_t psa_key_derivation_input_bytes(psa_key_derivation_operation_t *operation,
                                            psa_key_derivation_step_t step, const uint8_t *data,
                                            size_t data_length)
{
    struct pack pack;
    clear_pack(&pack, KEY_DERIVATION_INPUT_BYTES);
    pack.step = step;
    return crypto_feed(&pack, operation->private_handle, data, data_length);
}

psa_status_t psa_key_derivation_input_integer(psa_key_derivation_operation_t *operation,
                                              psa_key_derivation_step_t step, uint64_t value)
{
    struct pack pack;
    clear_pack(&pack, KEY_DERIVATION_INPUT_INTEGER);
    pack.step = step;
    pack.number.value = value;
    return call_with_pack(&pack, operation);
}

psa_status_t psa_key_derivation_input_key(psa_key_derivation_operation_t *operation,
                                          psa_key_derivation_step_t step, psa_key_id_t key)
{
    struct pack pack;
    clear_pack(&pack, KEY_DERIVATION_INPUT_KEY);
    pack.step = step;
    pack.key = key;
    return call_with_pack(&pack, operation);
}

psa_status_t psa_key_derivation_key_agreement(psa_key_derivation_operation_t *operation,
                                              psa_key_derivation_step_t step,
                                              psa_key_id_t private_key, const uint8_t *peer_key,
                                              size_t peer_key_length)
{
    struct pack pack;
    clear_pack(&pack, KEY_DERIVATION_KEY_AGREEMENT);
    pack.step = step;
    pack.key = private_key;
    return crypto_feed(&pack, operation->private_handle, peer_key, peer_key_length);
}

psa_status_t psa_key_derivation_output_bytes(psa_key_derivation_operation_t *operation,
                                             uint8_t *output, size_t output_length)
{
    struct pack pack;
    clear_pack(&pack, KEY_DERIVATION_OUTPUT_BYTES);
    pack.operation = operation->private_handle;
    return crypto_fill(&pack, output, output_length, &output_length);
}

psa_status_t psa_key_derivation_output_key(const psa_key_attributes_t *attributes,
                                           psa_key_derivation_operation_t *operation,
                                           psa_key_id_t *key)
{
    struct pack pack;
    clear_pack(&pack, KEY_DERIVATION_OUTPUT_KEY);
    pack.operation = operation->private_handle;
    no_key_yet(key);
    const psa_invec inputs[] = {PACK_VECTOR(pack), VECTOR(attributes)};
    psa_outvec outputs[] = {VECTOR(key)};
    return CRYPTO_CALL(inputs, outputs);
}

psa_status_t psa_key_derivation_abort(psa_key_derivation_operation_t *operation)
{
    struct pack pack;
    clear_pack(&pack, KEY_DERIVATION_ABORT);
    return crypto_renew(&pack, &operation->private_handle);
}
