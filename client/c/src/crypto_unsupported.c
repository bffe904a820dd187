/* SPDX-License-Identifier: Apache-2.0 */
/* Functions of the specification without a number in TF-M v2.3. Code that uses them links. */
#include "crypto_call.h"

/* Marks a parameter as used. */
#define UNUSED(parameter) ((void)(parameter))

psa_status_t psa_hash_suspend(psa_hash_operation_t *operation, uint8_t *hash_state,
                              size_t hash_state_size, size_t *hash_state_length)
{
    UNUSED(operation), UNUSED(hash_state), UNUSED(hash_state_size), UNUSED(hash_state_length);
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_hash_resume(psa_hash_operation_t *operation, const uint8_t *hash_state,
                             size_t hash_state_length)
{
    UNUSED(operation), UNUSED(hash_state), UNUSED(hash_state_length);
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_key_derivation_verify_bytes(psa_key_derivation_operation_t *operation,
                                             const uint8_t *expected_output, size_t output_length)
{
    UNUSED(operation), UNUSED(expected_output), UNUSED(output_length);
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_key_derivation_verify_key(psa_key_derivation_operation_t *operation,
                                           psa_key_id_t expected)
{
    UNUSED(operation), UNUSED(expected);
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_key_agreement(psa_key_id_t private_key, const uint8_t *peer_key,
                               size_t peer_key_length, psa_algorithm_t alg,
                               const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    UNUSED(private_key), UNUSED(peer_key), UNUSED(peer_key_length), UNUSED(alg);
    UNUSED(attributes);
    no_key_yet(key);
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_pake_setup(psa_pake_operation_t *operation, psa_key_id_t password_key,
                            const psa_pake_cipher_suite_t *cipher_suite)
{
    UNUSED(operation), UNUSED(password_key), UNUSED(cipher_suite);
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_pake_set_role(psa_pake_operation_t *operation, psa_pake_role_t role)
{
    UNUSED(operation), UNUSED(role);
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_pake_set_user(psa_pake_operation_t *operation, const uint8_t *user_id,
                               size_t user_id_len)
{
    UNUSED(operation), UNUSED(user_id), UNUSED(user_id_len);
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_pake_set_peer(psa_pake_operation_t *operation, const uint8_t *peer_id,
                               size_t peer_id_len)
{
    UNUSED(operation), UNUSED(peer_id), UNUSED(peer_id_len);
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_pake_set_context(psa_pake_operation_t *operation, const uint8_t *context,
                                  size_t context_len)
{
    UNUSED(operation), UNUSED(context), UNUSED(context_len);
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_pake_output(psa_pake_operation_t *operation, psa_pake_step_t step, uint8_t *output,
                             size_t output_size, size_t *output_length)
{
    UNUSED(operation), UNUSED(step), UNUSED(output), UNUSED(output_size), UNUSED(output_length);
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_pake_input(psa_pake_operation_t *operation, psa_pake_step_t step,
                            const uint8_t *input, size_t input_length)
{
    UNUSED(operation), UNUSED(step), UNUSED(input), UNUSED(input_length);
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_pake_get_shared_key(psa_pake_operation_t *operation,
                                     const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    UNUSED(operation), UNUSED(attributes);
    no_key_yet(key);
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_pake_abort(psa_pake_operation_t *operation)
{
    UNUSED(operation);
    return PSA_SUCCESS;
}
