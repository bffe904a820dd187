/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes (PSA Crypto API 1.2, chapter 10.2). */
#include "crypto_call.h"

psa_status_t psa_hash_compute(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                              uint8_t *hash, size_t hash_size, size_t *hash_length)
{
    struct pack pack;
    clear_pack(&pack, HASH_COMPUTE);
    pack.algorithm = alg;
    return crypto_turn(&pack, input, input_length, hash, hash_size, hash_length);
}

psa_status_t psa_hash_compare(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                              const uint8_t *hash, size_t hash_length)
{
    struct pack pack;
    clear_pack(&pack, HASH_COMPARE);
    pack.algorithm = alg;
    return crypto_compare(&pack, input, input_length, hash, hash_length);
}

psa_status_t psa_hash_setup(psa_hash_operation_t *operation, psa_algorithm_t alg)
{
    struct pack pack;
    clear_pack(&pack, HASH_SETUP);
    pack.algorithm = alg;
    return crypto_renew(&pack, &operation->private_handle);
}

psa_status_t psa_hash_update(psa_hash_operation_t *operation, const uint8_t *input,
                             size_t input_length)
{
    struct pack pack;
    clear_pack(&pack, HASH_UPDATE);
    return crypto_feed(&pack, operation->private_handle, input, input_length);
}

psa_status_t psa_hash_finish(psa_hash_operation_t *operation, uint8_t *hash, size_t hash_size,
                             size_t *hash_length)
{
    struct pack pack;
    clear_pack(&pack, HASH_FINISH);
    return crypto_finish(&pack, &operation->private_handle, hash, hash_size, hash_length);
}

psa_status_t psa_hash_verify(psa_hash_operation_t *operation, const uint8_t *hash,
                             size_t hash_length)
{
    struct pack pack;
    clear_pack(&pack, HASH_VERIFY);
    return crypto_check(&pack, &operation->private_handle, hash, hash_length);
}

psa_status_t psa_hash_abort(psa_hash_operation_t *operation)
{
    struct pack pack;
    clear_pack(&pack, HASH_ABORT);
    return crypto_renew(&pack, &operation->private_handle);
}

psa_status_t psa_hash_clone(const psa_hash_operation_t *source_operation,
                            psa_hash_operation_t *target_operation)
{
    struct pack pack;
    clear_pack(&pack, HASH_CLONE);
    pack.operation = source_operation->private_handle;
    uint32_t *target = &target_operation->private_handle;
    const psa_invec inputs[] = {PACK_VECTOR(pack), VECTOR(target)};
    psa_outvec outputs[] = {VECTOR(target)};
    return CRYPTO_CALL(inputs, outputs);
}

int psa_can_do_hash(psa_algorithm_t hash_alg)
{
    struct pack pack;
    clear_pack(&pack, CAN_DO_HASH);
    pack.algorithm = hash_alg;
    int32_t answer = 0;
    size_t length;
    const psa_status_t status = crypto_fill(&pack, &answer, sizeof(answer), &length);
    return status == PSA_SUCCESS && answer != 0;
}
