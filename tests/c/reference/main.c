/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A client of the reference's shape: no header and no library of this project, the veneer object
 * alone.
 *
 * Every value here is TF-M v2.3's, as its interface sources have it compiled into a non-secure
 * image: the control word, the handles, the layout of the pack, absent optional vectors, the
 * way through a dispatcher. It is written for this test.
 */
#include <stdint.h>
#include <string.h>

#include "../test.h"

typedef int32_t status_t;
struct invec {
    const void *base;
    size_t len;
};
struct outvec {
    void *base;
    size_t len;
};
struct pack {
    uint32_t key_id, alg, op_handle, ad_length, plaintext_length;
    uint8_t nonce[16];
    uint32_t nonce_length;
    uint16_t function_id, step;
    union {
        uint32_t capacity;
        uint64_t value;
    };
};
_Static_assert(sizeof(struct pack) == 56, "the layout of the reference");
struct attributes {
    uint16_t type, bits;
    uint32_t lifetime, usage, alg, alg2, id;
};

uint32_t tfm_psa_framework_version_veneer(void);
uint32_t tfm_psa_version_veneer(uint32_t sid);
status_t tfm_psa_call_veneer(uint32_t handle, uint32_t control, const struct invec *in,
                             struct outvec *out);
int32_t tfm_psa_connect_veneer(uint32_t sid, uint32_t version);
void tfm_psa_close_veneer(uint32_t handle);

#define CRYPTO 0x40000100u
#define ITS 0x40000102u
#define SHA_256 0x02000009u
#define CCM 0x05500100u
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SUCCESS 0
#define PROGRAMMER_ERROR (-129)

/* All veneers go through one function of the operating system's port, with four words. */
typedef int32_t (*veneer)(uint32_t, uint32_t, uint32_t, uint32_t);

static int32_t dispatch(veneer function, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    return function(a, b, c, d);
}

static status_t call(uint32_t handle, uint32_t type, const struct invec *in, size_t in_len,
                     struct outvec *out, size_t out_len)
{
    const uint32_t control = (type & 0xffff) | (uint32_t)in_len << 24 | (uint32_t)out_len << 16;
    return dispatch((veneer)(uintptr_t)tfm_psa_call_veneer, handle, control, (uint32_t)in,
                    (uint32_t)out);
}

static const char *versions_are_told(void)
{
    CHECK(dispatch((veneer)(uintptr_t)tfm_psa_framework_version_veneer, 0, 0, 0, 0) == 0x0101);
    CHECK(dispatch((veneer)(uintptr_t)tfm_psa_version_veneer, 0x80, 0, 0, 0) == 1);
    CHECK(dispatch((veneer)(uintptr_t)tfm_psa_version_veneer, 0x60, 0, 0, 0) == 0);
    CHECK(dispatch((veneer)(uintptr_t)tfm_psa_connect_veneer, 0x60, 1, 0, 0) == -130);
    tfm_psa_close_veneer(0);
    return NULL;
}

static const char *a_hash_in_parts(void)
{
    static const uint8_t expected[] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea};
    uint32_t handle = 0;
    uint8_t hash[32];
    struct pack pack = {.function_id = 0x0302, .alg = SHA_256, .op_handle = handle};
    const struct invec in[] = {{&pack, sizeof(pack)}, {"abc", 3}};
    struct outvec out[] = {{&handle, sizeof(handle)}, {hash, sizeof(hash)}};
    CHECK(call(CRYPTO, 0, in, 1, out, 1) == SUCCESS);
    CHECK(handle != 0);
    pack = (struct pack){.function_id = 0x0303, .op_handle = handle};
    CHECK(call(CRYPTO, 0, in, 2, NULL, 0) == SUCCESS);
    pack = (struct pack){.function_id = 0x0305, .op_handle = handle};
    CHECK(call(CRYPTO, 0, in, 1, out, 2) == SUCCESS);
    CHECK(handle == 0 && out[1].len == sizeof(hash));
    CHECK(memcmp(hash, expected, sizeof(expected)) == 0);
    return NULL;
}

static const char *a_key_and_a_sealed_message_without_additional_data(void)
{
    static const uint8_t secret[16] = {1}, nonce[12] = {2};
    uint8_t sealed[20], opened[4];
    uint32_t key = 0, handle = 0;
    const struct attributes attributes = {
        .type = 0x2400, .bits = 0, .usage = 0x0300, .alg = CCM};
    struct pack pack = {.function_id = 0x0203};
    const struct invec import[] = {
        {&pack, sizeof(pack)}, {&attributes, sizeof(attributes)}, {secret, sizeof(secret)}};
    struct outvec imported[] = {{&key, sizeof(key)}};
    CHECK(call(CRYPTO, 0, import, COUNT(import), imported, 1) == SUCCESS);

    /* The additional data is NULL: its vector is left away. */
    pack = (struct pack){.function_id = 0x0600, .key_id = key, .alg = CCM, .nonce_length = 12};
    memcpy(pack.nonce, nonce, sizeof(nonce));
    const struct invec seal[] = {{&pack, sizeof(pack)}, {"text", 4}};
    struct outvec to_sealed[] = {{sealed, sizeof(sealed)}};
    CHECK(call(CRYPTO, 0, seal, 2, to_sealed, 1) == SUCCESS && to_sealed[0].len == 20);

    /* In parts: no additional data, and no room for a last piece. */
    pack = (struct pack){.function_id = 0x0603, .key_id = key, .alg = CCM};
    const struct invec alone[] = {{&pack, sizeof(pack)}};
    struct outvec renewed[] = {{&handle, sizeof(handle)}};
    CHECK(call(CRYPTO, 0, alone, 1, renewed, 1) == SUCCESS);
    pack = (struct pack){.function_id = 0x0606, .plaintext_length = 4, .op_handle = handle};
    CHECK(call(CRYPTO, 0, alone, 1, NULL, 0) == SUCCESS);
    pack = (struct pack){.function_id = 0x0605, .op_handle = handle};
    const struct invec with_nonce[] = {{&pack, sizeof(pack)}, {nonce, sizeof(nonce)}};
    CHECK(call(CRYPTO, 0, with_nonce, 2, NULL, 0) == SUCCESS);
    pack = (struct pack){.function_id = 0x0607, .op_handle = handle};
    CHECK(call(CRYPTO, 0, alone, 1, NULL, 0) == SUCCESS);
    pack = (struct pack){.function_id = 0x0608, .op_handle = handle};
    const struct invec with_sealed[] = {{&pack, sizeof(pack)}, {sealed, 4}};
    struct outvec to_opened[] = {{opened, sizeof(opened)}};
    CHECK(call(CRYPTO, 0, with_sealed, 2, to_opened, 1) == SUCCESS);
    pack = (struct pack){.function_id = 0x060a, .op_handle = handle};
    const struct invec with_tag[] = {{&pack, sizeof(pack)}, {sealed + 4, 16}};
    CHECK(call(CRYPTO, 0, with_tag, 2, renewed, 1) == SUCCESS);
    CHECK(handle == 0 && memcmp(opened, "text", 4) == 0);

    pack = (struct pack){.function_id = 0x0204, .key_id = key};
    CHECK(call(CRYPTO, 0, alone, 1, NULL, 0) == SUCCESS);
    return NULL;
}

static const char *an_object_in_storage(void)
{
    const uint64_t uid = 0x1122334455667788;
    const uint32_t flags = 0, offset = 1;
    uint32_t info[3];
    uint8_t back[8];
    const struct invec set[] = {{&uid, sizeof(uid)}, {"data", 4}, {&flags, sizeof(flags)}};
    const struct invec get[] = {{&uid, sizeof(uid)}, {&offset, sizeof(offset)}};
    struct outvec to_back[] = {{back, sizeof(back)}}, to_info[] = {{info, sizeof(info)}};
    CHECK(call(ITS, 1001, set, 3, NULL, 0) == SUCCESS);
    CHECK(call(ITS, 1002, get, 2, to_back, 1) == SUCCESS);
    CHECK(to_back[0].len == 3 && memcmp(back, "ata", 3) == 0);
    CHECK(call(ITS, 1003, get, 1, to_info, 1) == SUCCESS && info[1] == 4);
    CHECK(call(ITS, 1004, get, 1, NULL, 0) == SUCCESS);
    return NULL;
}

static const char *bad_vectors_are_refused(void)
{
    struct pack pack = {.function_id = 0x0300, .alg = SHA_256};
    uint8_t hash[32];
    struct outvec out[] = {{hash, sizeof(hash)}};
    const struct invec null[] = {{&pack, sizeof(pack)}, {NULL, 3}};
    const struct invec wraps[] = {{&pack, sizeof(pack)}, {hash, 0xffffffff}};
    CHECK(call(CRYPTO, 0, null, 2, out, 1) == PROGRAMMER_ERROR);
    CHECK(call(CRYPTO, 0, wraps, 2, out, 1) == PROGRAMMER_ERROR);
    CHECK(call(CRYPTO, 0, NULL, 2, out, 1) == PROGRAMMER_ERROR);
    CHECK(call(CRYPTO, 0, null, 3, out, 2) == PROGRAMMER_ERROR);
    CHECK(call(0x40000101, 1001, null, 1, NULL, 0) == PROGRAMMER_ERROR);
    return NULL;
}

static const struct test tests[] = {
    TEST_WITH(versions_are_told, HAS(SERVICE_TFM_CRYPTO)),
    TEST_WITH(a_hash_in_parts, HAS(PSA_WANT_ALG_SHA_256)),
    TEST_WITH(a_key_and_a_sealed_message_without_additional_data,
              HAS(PSA_WANT_ALG_CCM) && HAS(PSA_WANT_KEY_TYPE_RAW_DATA)),
    TEST_WITH(an_object_in_storage, HAS(SERVICE_TFM_INTERNAL_TRUSTED_STORAGE_SERVICE)),
    TEST(bad_vectors_are_refused),
};

int main(void)
{
    return run_tests("reference_abi", tests, COUNT(tests));
}
