/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the developers' kit: an application linked with its library, on the device. */
#include "suite.h"

#define TEST(function) {#function, function}

static const struct test tests[] = {
    TEST(hashes_match),
    TEST(hash_operations_live_and_end),
    TEST(keys_have_attributes),
    TEST(codes_match),
    TEST(messages_are_sealed_and_opened),
    TEST(a_tag_may_lie_in_the_room_for_a_ciphertext),
    TEST(ciphers_turn_back),
    TEST(secrets_are_derived),
    TEST(messages_are_signed_and_verified),
    TEST(two_sides_agree),
    TEST(what_can_be_done_is_told_truly),
    TEST(what_is_not_there_is_not_supported),
    TEST(objects_are_stored),
    TEST(protected_storage_is_not_there),
    TEST(tokens_are_made),
    TEST(the_framework_answers),
    TEST(a_service_that_is_not_there_is_refused),
    TEST(null_with_a_length_is_refused),
    TEST(foreign_memory_is_refused),
    TEST(without_a_place_for_the_answer_there_is_no_call),
    TEST(own_flash_is_no_output),
    TEST(what_outlives_a_reset_is_not_the_heap),
    TEST(the_reference_s_way_to_start_is_there),
    TEST(calls_cost_little),
};

int main(void)
{
    return run_tests("c", tests, sizeof(tests) / sizeof(tests[0]));
}
