/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the developers' kit: an application linked with its library, on the device. */
#include "suite.h"

#define SHA_256 HAS(PSA_WANT_ALG_SHA_256)
#define HMAC (HAS(PSA_WANT_ALG_HMAC) && SHA_256 && KEYS)
#define CCM (HAS(PSA_WANT_ALG_CCM) && KEYS)
#define KEYS HAS(PSA_WANT_KEY_TYPE_RAW_DATA)
#define CRYPTO HAS(SERVICE_TFM_CRYPTO)
#define STORAGE HAS(SERVICE_TFM_INTERNAL_TRUSTED_STORAGE_SERVICE)
#define TOKENS HAS(SERVICE_TFM_ATTESTATION_SERVICE)

static const struct test tests[] = {
    TEST_WITH(hashes_match, SHA_256),
    TEST_WITH(hash_operations_live_and_end, SHA_256),
    TEST_WITH(keys_have_attributes, HMAC),
    TEST_WITH(short_aes_keys_are_refused, HAS(PSA_WANT_KEY_TYPE_AES) && KEYS),
    TEST_WITH(codes_match, HMAC),
    TEST_WITH(messages_are_sealed_and_opened, CCM),
    TEST_WITH(a_tag_may_lie_in_the_room_for_a_ciphertext, CCM),
    TEST_WITH(ctr_turns_back, HAS(PSA_WANT_ALG_CTR) && KEYS),
    TEST_WITH(cbc_turns_back, HAS(PSA_WANT_ALG_CBC_NO_PADDING) && KEYS),
    TEST_WITH(cbc_with_padding_turns_back, HAS(PSA_WANT_ALG_CBC_PKCS7) && KEYS),
    TEST_WITH(ecb_turns_back, HAS(PSA_WANT_ALG_ECB_NO_PADDING) && KEYS),
    TEST_WITH(secrets_are_derived, HAS(PSA_WANT_ALG_HKDF) && SHA_256 && KEYS),
    TEST_WITH(messages_are_signed_and_verified, HAS(PSA_WANT_ALG_ECDSA) && SHA_256 && KEYS),
    TEST_WITH(two_sides_agree, HAS(PSA_WANT_ALG_ECDH) && KEYS),
    TEST_WITH(what_can_be_done_is_told_truly, KEYS),
    TEST_WITH(what_is_not_there_is_not_supported, CRYPTO),
    TEST_WITH(objects_are_stored, STORAGE),
    TEST(protected_storage_is_not_there),
    TEST_WITH(tokens_are_made, TOKENS),
    TEST_WITH(the_framework_answers, CRYPTO),
    TEST_WITH(a_service_that_is_not_there_is_refused, !HAS(SERVICE_TFM_FIRMWARE_UPDATE_SERVICE)),
    TEST_WITH(null_with_a_length_is_refused, SHA_256),
    TEST_WITH(foreign_memory_is_refused, SHA_256),
    TEST_WITH(without_a_place_for_the_answer_there_is_no_call, SHA_256),
    TEST_WITH(own_flash_is_no_output, SHA_256),
    TEST(what_outlives_a_reset_is_not_the_heap),
    TEST(the_reference_s_way_to_start_is_there),
    TEST_WITH(calls_for_a_hash_cost_little, SHA_256),
    TEST_WITH(calls_of_storage_cost_little, STORAGE),
    TEST_WITH(calls_for_an_encryption_cost_little, CCM),
};

int main(void)
{
    return run_tests("c", tests, sizeof(tests) / sizeof(tests[0]));
}
