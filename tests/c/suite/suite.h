/* SPDX-License-Identifier: Apache-2.0 */
/** The groups of the suite, by file. */
#ifndef SUITE_H
#define SUITE_H

#include "../test.h"

const char *hashes_match(void);
const char *hash_operations_live_and_end(void);
const char *keys_have_attributes(void);
const char *short_aes_keys_are_refused(void);
const char *codes_match(void);
const char *messages_are_sealed_and_opened(void);
const char *a_tag_may_lie_in_the_room_for_a_ciphertext(void);
const char *ctr_turns_back(void);
const char *cbc_turns_back(void);
const char *cbc_with_padding_turns_back(void);
const char *ecb_turns_back(void);
const char *secrets_are_derived(void);
const char *messages_are_signed_and_verified(void);
const char *two_sides_agree(void);
const char *what_can_be_done_is_told_truly(void);
const char *what_is_not_there_is_not_supported(void);
const char *objects_are_stored(void);
const char *protected_storage_is_not_there(void);
const char *tokens_are_made(void);
const char *the_framework_answers(void);
const char *a_service_that_is_not_there_is_refused(void);
const char *null_with_a_length_is_refused(void);
const char *foreign_memory_is_refused(void);
const char *without_a_place_for_the_answer_there_is_no_call(void);
const char *own_flash_is_no_output(void);
const char *what_outlives_a_reset_is_not_the_heap(void);
const char *the_reference_s_way_to_start_is_there(void);
const char *calls_for_a_hash_cost_little(void);
const char *calls_of_storage_cost_little(void);
const char *calls_for_an_encryption_cost_little(void);

#endif
