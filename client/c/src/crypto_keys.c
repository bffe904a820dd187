/* SPDX-License-Identifier: Apache-2.0 */
/* Keys (PSA Crypto API 1.2, chapter 9), random numbers, and the start of the library. */
#include "crypto_call.h"

psa_status_t psa_crypto_init(void)
{
    return PSA_SUCCESS;
}

psa_status_t psa_generate_random(uint8_t *output, size_t output_size)
{
    struct pack pack;
    clear_pack(&pack, GENERATE_RANDOM);
    return crypto_fill(&pack, output, output_size, &output_size);
}

psa_status_t psa_get_key_attributes(psa_key_id_t key, psa_key_attributes_t *attributes)
{
    struct pack pack;
    clear_pack(&pack, GET_KEY_ATTRIBUTES);
    pack.key = key;
    if (attributes == NULL) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    psa_reset_key_attributes(attributes);
    const psa_invec inputs[] = {PACK_VECTOR(pack)};
    psa_outvec outputs[] = {VECTOR(attributes)};
    return CRYPTO_CALL(inputs, outputs);
}

psa_status_t psa_import_key(const psa_key_attributes_t *attributes, const uint8_t *data,
                            size_t data_length, psa_key_id_t *key)
{
    struct pack pack;
    clear_pack(&pack, IMPORT_KEY);
    no_key_yet(key);
    const psa_invec inputs[] = {PACK_VECTOR(pack), VECTOR(attributes), {data, data_length}};
    psa_outvec outputs[] = {VECTOR(key)};
    return CRYPTO_CALL(inputs, outputs);
}

/* Makes a key out of attributes alone. */
static psa_status_t make_key(struct pack *pack, const psa_key_attributes_t *attributes,
                             psa_key_id_t *key)
{
    no_key_yet(key);
    const psa_invec inputs[] = {VECTOR(pack), VECTOR(attributes)};
    psa_outvec outputs[] = {VECTOR(key)};
    return CRYPTO_CALL(inputs, outputs);
}

psa_status_t psa_generate_key(const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    struct pack pack;
    clear_pack(&pack, GENERATE_KEY);
    return make_key(&pack, attributes, key);
}

psa_status_t psa_copy_key(psa_key_id_t source_key, const psa_key_attributes_t *attributes,
                          psa_key_id_t *target_key)
{
    struct pack pack;
    clear_pack(&pack, COPY_KEY);
    pack.key = source_key;
    return make_key(&pack, attributes, target_key);
}

/* A function on a key, without anything else. */
static psa_status_t call_on_key(uint16_t function, psa_key_id_t key)
{
    struct pack pack;
    clear_pack(&pack, function);
    pack.key = key;
    const psa_invec inputs[] = {PACK_VECTOR(pack)};
    return CRYPTO_CALL_WITHOUT_OUTPUT(inputs);
}

psa_status_t psa_destroy_key(psa_key_id_t key)
{
    return call_on_key(DESTROY_KEY, key);
}

psa_status_t psa_purge_key(psa_key_id_t key)
{
    return call_on_key(PURGE_KEY, key);
}

psa_status_t psa_export_key(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length)
{
    struct pack pack;
    clear_pack(&pack, EXPORT_KEY);
    pack.key = key;
    return crypto_fill(&pack, data, data_size, data_length);
}

psa_status_t psa_export_public_key(psa_key_id_t key, uint8_t *data, size_t data_size,
                                   size_t *data_length)
{
    struct pack pack;
    clear_pack(&pack, EXPORT_PUBLIC_KEY);
    pack.key = key;
    return crypto_fill(&pack, data, data_size, data_length);
}
