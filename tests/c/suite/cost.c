/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many instructions a function of the library takes above the veneer.
 *
 * The same call is made many times by the library and by a function with the same parameters that
 * goes straight to the veneer, with vectors laid out before. The emulator takes 64 ns for each
 * instruction, and SysTick counts at 20 MHz.
 */
#include <psa/client.h>
#include <psa/crypto.h>
#include <psa/internal_trusted_storage.h>
#include <psa_manifest/sid.h>
#include <stdint.h>

#include "suite.h"

#define SYSTICK_CONTROL (*(volatile uint32_t *)0xe000e010)
#define SYSTICK_RELOAD (*(volatile uint32_t *)0xe000e014)
#define SYSTICK_CURRENT (*(volatile uint32_t *)0xe000e018)
#define COUNTER_MASK 0x00ffffffu
#define TICK_NS 50u
#define INSTRUCTION_NS 64u
#define REPEATED 32u

/** Limit for a function. */
#define LIMIT 40
/** Limit for a function with eleven parameters, which move from the stack to vectors. */
#define LIMIT_OF_ELEVEN 62

psa_status_t tfm_psa_call_veneer(psa_handle_t handle, uint32_t control, const psa_invec *in_vec,
                                 psa_outvec *out_vec);

/* The pack as words, to be laid out by hand. */
static uint32_t pack[14];
static uint8_t input[16], output[32];
static psa_hash_operation_t operation;
static psa_key_id_t key;
static uint8_t nonce[12];
static uint32_t offset;
static uint64_t uid = 7;

#define PACK {pack, sizeof(pack)}
#define CONTROL(in, out) ((in) << 24 | (out) << 16)

/* A function that the compiler can not inline, like those of the library. */
#define BARE static __attribute__((noipa)) psa_status_t

BARE bare_update(psa_hash_operation_t *hash, const uint8_t *data, size_t length)
{
    static const psa_invec in[] = {PACK, {input, sizeof(input)}};
    (void)hash, (void)data, (void)length;
    return tfm_psa_call_veneer(TFM_CRYPTO_HANDLE, CONTROL(2, 0), in, NULL);
}

BARE bare_call(psa_handle_t handle, int32_t type, const psa_invec *in_vec, size_t in_len,
               psa_outvec *out_vec, size_t out_len)
{
    (void)type, (void)in_len, (void)out_len;
    return tfm_psa_call_veneer(handle, CONTROL(2, 0), in_vec, out_vec);
}

BARE bare_compute(psa_algorithm_t alg, const uint8_t *data, size_t data_length, uint8_t *hash,
                  size_t hash_size, size_t *hash_length)
{
    static const psa_invec in[] = {PACK, {input, sizeof(input)}};
    static psa_outvec out[] = {{output, sizeof(output)}};
    (void)alg, (void)data, (void)data_length, (void)hash, (void)hash_size, (void)hash_length;
    return tfm_psa_call_veneer(TFM_CRYPTO_HANDLE, CONTROL(2, 1), in, out);
}

BARE bare_encrypt(psa_key_id_t id, psa_algorithm_t alg, const uint8_t *number, size_t number_length,
                  const uint8_t *additional, size_t additional_length, const uint8_t *plaintext,
                  size_t plaintext_length, uint8_t *ciphertext, size_t ciphertext_size,
                  size_t *ciphertext_length)
{
    static const psa_invec in[] = {PACK, {input, 4}, {NULL, 0}};
    static psa_outvec out[] = {{output, 20}};
    (void)id, (void)alg, (void)number, (void)number_length, (void)additional;
    (void)additional_length, (void)plaintext, (void)plaintext_length, (void)ciphertext;
    (void)ciphertext_size, (void)ciphertext_length;
    return tfm_psa_call_veneer(TFM_CRYPTO_HANDLE, CONTROL(3, 1), in, out);
}

BARE bare_get(psa_storage_uid_t id, size_t data_offset, size_t size, void *data, size_t *length)
{
    static const psa_invec in[] = {{&uid, sizeof(uid)}, {&offset, sizeof(offset)}};
    static psa_outvec out[] = {{output, 8}};
    (void)id, (void)data_offset, (void)size, (void)data, (void)length;
    return tfm_psa_call_veneer(TFM_INTERNAL_TRUSTED_STORAGE_SERVICE_HANDLE,
                               CONTROL(2, 1) | 1002, in, out);
}

/* Calls the function of the library and the bare one in the same way. */
#define BOTH(name, library, bare, ...)                \
    static psa_status_t name##_by_library(void)       \
    {                                                 \
        return library(__VA_ARGS__);                  \
    }                                                 \
    static psa_status_t name##_by_hand(void)          \
    {                                                 \
        return bare(__VA_ARGS__);                     \
    }

static const psa_invec vectors[] = {PACK, {input, sizeof(input)}};
static size_t written;
BOTH(update, psa_hash_update, bare_update, &operation, input, sizeof(input))
BOTH(plain, psa_call, bare_call, TFM_CRYPTO_HANDLE, PSA_IPC_CALL, vectors, 2, NULL, 0)
BOTH(compute, psa_hash_compute, bare_compute, PSA_ALG_SHA_256, input, sizeof(input), output,
     sizeof(output), &written)
BOTH(get, psa_its_get, bare_get, uid, 0, 8, output, &written)
BOTH(encrypt, psa_aead_encrypt, bare_encrypt, key, PSA_ALG_CCM, nonce, sizeof(nonce), NULL, 0,
     input, 4, output, sizeof(output), &written)

/* Ticks of many calls; UINT32_MAX if one fails. */
static uint32_t ticks(psa_status_t (*call)(void))
{
    const uint32_t start = SYSTICK_CURRENT;
    for (uint32_t count = 0; count < REPEATED; count++) {
        if (call() != PSA_SUCCESS) {
            return UINT32_MAX;
        }
    }
    return (start - SYSTICK_CURRENT) & COUNTER_MASK;
}

/* Instructions of a call of the library more than of a bare call, rounded. */
static int cost(const char *name, psa_status_t (*by_library)(void), psa_status_t (*by_hand)(void))
{
    const uint32_t theirs = ticks(by_library), ours = ticks(by_hand);
    if (theirs == UINT32_MAX || ours == UINT32_MAX) {
        return INT32_MAX;
    }
    const uint32_t one = INSTRUCTION_NS * REPEATED;
    const int instructions = (int)(((theirs - ours) * TICK_NS + one / 2) / one);
    printf("cost %s %d\n", name, instructions);
    return instructions;
}

/* Lays a pack out: key, algorithm, operation, nonce, function. */
static void lay_out(psa_algorithm_t algorithm, uint32_t function)
{
    pack[0] = key;
    pack[1] = algorithm;
    pack[2] = operation.private_handle;
    pack[9] = sizeof(nonce);
    pack[10] = function;
}

static void start_to_measure(void)
{
    SYSTICK_RELOAD = COUNTER_MASK;
    SYSTICK_CURRENT = 0;
    SYSTICK_CONTROL = 5;
}

const char *calls_for_a_hash_cost_little(void)
{
    start_to_measure();
    CHECK(psa_hash_setup(&operation, PSA_ALG_SHA_256) == PSA_SUCCESS);
    lay_out(0, 0x0303);
    CHECK(cost("psa_hash_update", update_by_library, update_by_hand) <= LIMIT);
    CHECK(cost("psa_call", plain_by_library, plain_by_hand) <= LIMIT);
    CHECK(psa_hash_abort(&operation) == PSA_SUCCESS);

    lay_out(PSA_ALG_SHA_256, 0x0300);
    CHECK(cost("psa_hash_compute", compute_by_library, compute_by_hand) <= LIMIT);
    return NULL;
}

const char *calls_of_storage_cost_little(void)
{
    start_to_measure();
    CHECK(psa_its_set(uid, 8, input, PSA_STORAGE_FLAG_NONE) == PSA_SUCCESS);
    CHECK(cost("psa_its_get", get_by_library, get_by_hand) <= LIMIT);
    CHECK(psa_its_remove(uid) == PSA_SUCCESS);
    return NULL;
}

const char *calls_for_an_encryption_cost_little(void)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    start_to_measure();
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT);
    psa_set_key_algorithm(&attributes, PSA_ALG_CCM);
    CHECK(psa_import_key(&attributes, input, sizeof(input), &key) == PSA_SUCCESS);
    lay_out(PSA_ALG_CCM, 0x0600);
    CHECK(cost("psa_aead_encrypt", encrypt_by_library, encrypt_by_hand) <= LIMIT_OF_ELEVEN);
    CHECK(psa_destroy_key(key) == PSA_SUCCESS);
    return NULL;
}
