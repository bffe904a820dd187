/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Calls of the Crypto service. The first input is a pack with the function and its fixed-size
 * arguments (layout and numbers of TF-M v2.3); buffers follow.
 *
 * A function clears the pack and sets its own fields. The service reads only those. Clearing keeps
 * old content of the stack from services of another version, which may read more.
 */
#ifndef CASEMATE_CRYPTO_CALL_H
#define CASEMATE_CRYPTO_CALL_H

#include "gateway.h"
#include "psa/crypto.h"

/** The longest nonce that fits a pack, in bytes. */
#define MAXIMUM_NONCE_BYTES 16u

/** The pack. */
struct pack {
    psa_key_id_t key;
    psa_algorithm_t algorithm;
    uint32_t operation;
    uint32_t ad_length;
    uint32_t plaintext_length;
    union {
        uint8_t bytes[MAXIMUM_NONCE_BYTES];
        uint32_t words[MAXIMUM_NONCE_BYTES / 4u];
    } nonce;
    uint32_t nonce_length;
    uint16_t function;
    psa_key_derivation_step_t step;
    uint32_t padding;
    /* The compiler of the reference aligns numbers of 64 bits. */
    union {
        uint32_t capacity;
        uint64_t value;
        uint32_t words[2];
    } number;
};

/** Numbers of the functions. */
enum {
    GENERATE_RANDOM = 0x0100,
    GET_KEY_ATTRIBUTES = 0x0200,
    IMPORT_KEY = 0x0203,
    DESTROY_KEY,
    EXPORT_KEY,
    EXPORT_PUBLIC_KEY,
    PURGE_KEY,
    COPY_KEY,
    GENERATE_KEY,
    HASH_COMPUTE = 0x0300,
    HASH_COMPARE,
    HASH_SETUP,
    HASH_UPDATE,
    HASH_CLONE,
    HASH_FINISH,
    HASH_VERIFY,
    HASH_ABORT,
    CAN_DO_HASH,
    MAC_COMPUTE = 0x0400,
    MAC_VERIFY,
    MAC_SIGN_SETUP,
    MAC_VERIFY_SETUP,
    MAC_UPDATE,
    MAC_SIGN_FINISH,
    MAC_VERIFY_FINISH,
    MAC_ABORT,
    CIPHER_ENCRYPT = 0x0500,
    CIPHER_DECRYPT,
    CIPHER_ENCRYPT_SETUP,
    CIPHER_DECRYPT_SETUP,
    CIPHER_GENERATE_IV,
    CIPHER_SET_IV,
    CIPHER_UPDATE,
    CIPHER_FINISH,
    CIPHER_ABORT,
    CAN_DO_CIPHER,
    AEAD_ENCRYPT = 0x0600,
    AEAD_DECRYPT,
    AEAD_ENCRYPT_SETUP,
    AEAD_DECRYPT_SETUP,
    AEAD_GENERATE_NONCE,
    AEAD_SET_NONCE,
    AEAD_SET_LENGTHS,
    AEAD_UPDATE_AD,
    AEAD_UPDATE,
    AEAD_FINISH,
    AEAD_VERIFY,
    AEAD_ABORT,
    SIGN_MESSAGE = 0x0700,
    VERIFY_MESSAGE,
    SIGN_HASH,
    VERIFY_HASH,
    ASYMMETRIC_ENCRYPT = 0x0800,
    ASYMMETRIC_DECRYPT,
    RAW_KEY_AGREEMENT = 0x0900,
    KEY_DERIVATION_SETUP,
    KEY_DERIVATION_GET_CAPACITY,
    KEY_DERIVATION_SET_CAPACITY,
    KEY_DERIVATION_INPUT_BYTES,
    KEY_DERIVATION_INPUT_KEY,
    KEY_DERIVATION_INPUT_INTEGER,
    KEY_DERIVATION_KEY_AGREEMENT,
    KEY_DERIVATION_OUTPUT_BYTES,
    KEY_DERIVATION_OUTPUT_KEY,
    KEY_DERIVATION_ABORT,
};

/** Clears a pack. Field by field, because compilers turn an initialiser into a call of memset; in
    line, so that they drop stores to fields that the function sets. */
__attribute__((always_inline)) static inline void clear_pack(struct pack *pack, uint16_t function)
{
    pack->key = 0;
    pack->algorithm = 0;
    pack->operation = 0;
    pack->ad_length = 0;
    pack->plaintext_length = 0;
    pack->nonce.words[0] = 0;
    pack->nonce.words[1] = 0;
    pack->nonce.words[2] = 0;
    pack->nonce.words[3] = 0;
    pack->nonce_length = 0;
    pack->function = function;
    pack->step = 0;
    pack->padding = 0;
    pack->number.words[0] = 0;
    pack->number.words[1] = 0;
}

/** The vector of the pack. */
#define PACK_VECTOR(pack) {&(pack), sizeof(pack)}
/** The vector of an object. */
#define VECTOR(object) {(object), sizeof(*(object))}

/** Calls the service with arrays of vectors. */
#define CRYPTO_CALL(inputs, outputs) \
    casemate_call(CRYPTO_HANDLE, CONTROL(PSA_IPC_CALL, COUNT(inputs), COUNT(outputs)), inputs, outputs)
/** Calls the service with an array of inputs. */
#define CRYPTO_CALL_WITHOUT_OUTPUT(inputs) \
    casemate_call(CRYPTO_HANDLE, CONTROL(PSA_IPC_CALL, COUNT(inputs), 0), inputs, NULL)

/** Sets a key to PSA_KEY_ID_NULL before it is created. The service checks the pointer. */
static inline void no_key_yet(psa_key_id_t *key)
{
    if (key != NULL) {
        *key = PSA_KEY_ID_NULL;
    }
}

/** Calls a function that writes the handle of the operation: set-up and abort. */
static inline psa_status_t crypto_renew(struct pack *pack, uint32_t *operation)
{
    pack->operation = *operation;
    const psa_invec inputs[] = {VECTOR(pack)};
    psa_outvec outputs[] = {VECTOR(operation)};
    return CRYPTO_CALL(inputs, outputs);
}

/** Calls a function that gives an input to an operation. */
static inline psa_status_t crypto_feed(struct pack *pack, uint32_t operation, const void *input,
                                       size_t input_length)
{
    pack->operation = operation;
    const psa_invec inputs[] = {VECTOR(pack), {input, input_length}};
    return CRYPTO_CALL_WITHOUT_OUTPUT(inputs);
}

/** Calls a function that fills a buffer. */
static inline psa_status_t crypto_fill(struct pack *pack, void *output, size_t output_size,
                                       size_t *output_length)
{
    const psa_invec inputs[] = {VECTOR(pack)};
    psa_outvec outputs[] = {{output, output_size}};
    return WITH_LENGTH(CRYPTO_CALL(inputs, outputs), outputs, output_length);
}

/** Calls a function with an input and an output. */
static inline psa_status_t crypto_turn(struct pack *pack, const void *input, size_t input_length,
                                       void *output, size_t output_size, size_t *output_length)
{
    const psa_invec inputs[] = {VECTOR(pack), {input, input_length}};
    psa_outvec outputs[] = {{output, output_size}};
    return WITH_LENGTH(CRYPTO_CALL(inputs, outputs), outputs, output_length);
}

/** Calls a function that compares a result of an input with an expected one. */
static inline psa_status_t crypto_compare(struct pack *pack, const void *input, size_t input_length,
                                          const void *expected, size_t expected_length)
{
    const psa_invec inputs[] = {VECTOR(pack), {input, input_length}, {expected, expected_length}};
    return CRYPTO_CALL_WITHOUT_OUTPUT(inputs);
}

/** Calls a function that ends an operation with an output. */
static inline psa_status_t crypto_finish(struct pack *pack, uint32_t *operation, void *output,
                                         size_t output_size, size_t *output_length)
{
    pack->operation = *operation;
    const psa_invec inputs[] = {VECTOR(pack)};
    psa_outvec outputs[] = {VECTOR(operation), {output, output_size}};
    return WITH_LENGTH(CRYPTO_CALL(inputs, outputs), &outputs[1], output_length);
}

/** Calls a function that ends an operation with a comparison. */
static inline psa_status_t crypto_check(struct pack *pack, uint32_t *operation,
                                        const void *expected, size_t expected_length)
{
    pack->operation = *operation;
    const psa_invec inputs[] = {VECTOR(pack), {expected, expected_length}};
    psa_outvec outputs[] = {VECTOR(operation)};
    return CRYPTO_CALL(inputs, outputs);
}

#endif
