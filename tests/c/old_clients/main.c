/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls of TF-M clients before v2.1. They link, because the names of the veneers are the same; the
 * first call returns the status of the table in docs/c-kit.md.
 */
#include <stdint.h>
#include <string.h>

#include "../test.h"

struct vector {
    const void *base;
    size_t len;
};

int32_t tfm_psa_call_veneer(uint32_t handle, uint32_t control, const struct vector *in,
                            struct vector *out);

#define CRYPTO 0x40000100u
#define ITS 0x40000102u
#define ATTESTATION 0x40000103u
#define ITS_GET_INFO 1003u
#define GET_TOKEN_SIZE 1002u
#define SHA_256 0x02000009u
#define HASH_COMPUTE 0x0300u
#define SUCCESS 0
#define PROGRAMMER_ERROR (-129)
#define NOT_SUPPORTED (-134)
#define DOES_NOT_EXIST (-140)

/* The control word of v1.6 (IPC model), v1.7 and v1.8. */
#define OLD_CONTROL(type, in, out) ((uint32_t)(type) << 16 | (in) << 8 | (out))
/* That of v2.0 and later. */
#define CONTROL(type, in, out) ((uint32_t)(type) | (in) << 24 | (out) << 16)

/* The pack of v1.7, v1.8 and v2.0. */
struct pack {
    uint32_t key_id, alg, op_handle, capacity, ad_length, plaintext_length;
    uint8_t nonce[16];
    uint32_t nonce_length;
    uint16_t function_id, step;
};
_Static_assert(sizeof(struct pack) == 48, "the layout of v2.0");

/* The first thing that each kind of client does: a hash, which every image has. */
static int32_t hash(uint32_t control)
{
    const struct pack pack = {.alg = SHA_256, .function_id = HASH_COMPUTE};
    uint8_t digest[32];
    const struct vector in[] = {{&pack, sizeof(pack)}, {"abc", 3}};
    struct vector out[] = {{digest, sizeof(digest)}};
    return tfm_psa_call_veneer(CRYPTO, control, in, out);
}

static int32_t information(uint32_t control)
{
    const uint64_t uid = 0x0123456789abcdefu;
    uint32_t info[3];
    const struct vector in[] = {{&uid, sizeof(uid)}};
    struct vector out[] = {{info, sizeof(info)}};
    return tfm_psa_call_veneer(ITS, control, in, out);
}

static int32_t token_size(uint32_t control)
{
    const uint32_t challenge_size = 32;
    uint32_t size;
    const struct vector in[] = {{&challenge_size, sizeof(challenge_size)}};
    struct vector out[] = {{&size, sizeof(size)}};
    return tfm_psa_call_veneer(ATTESTATION, control, in, out);
}

static const char *clients_of_v1_6_to_v1_8_are_told_by_their_status(void)
{
    CHECK(hash(OLD_CONTROL(0, 2u, 1u)) == NOT_SUPPORTED);
    CHECK(information(OLD_CONTROL(ITS_GET_INFO, 1u, 1u)) == PROGRAMMER_ERROR);
    CHECK(token_size(OLD_CONTROL(GET_TOKEN_SIZE, 1u, 1u)) == PROGRAMMER_ERROR);
    return NULL;
}

static const char *clients_of_v2_0_store_and_attest_but_have_no_crypto(void)
{
    CHECK(hash(CONTROL(0, 2u, 1u)) == PROGRAMMER_ERROR);
    CHECK(information(CONTROL(ITS_GET_INFO, 1u, 1u)) == DOES_NOT_EXIST);
    CHECK(token_size(CONTROL(GET_TOKEN_SIZE, 1u, 1u)) == SUCCESS);
    return NULL;
}

int main(void)
{
    static const struct test tests[] = {
        TEST(clients_of_v1_6_to_v1_8_are_told_by_their_status),
        TEST(clients_of_v2_0_store_and_attest_but_have_no_crypto),
    };
    return run_tests("old", tests, sizeof(tests) / sizeof(tests[0]));
}
