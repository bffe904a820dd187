// SPDX-License-Identifier: Apache-2.0
//! The tests: each is an ordinary function that panics when it fails.

mod attestation;
mod bad_calls;
pub mod break_in;
mod buffers;
mod calls;
pub mod ciphers;
mod context;
pub mod contexts;
mod crypto_calls;
pub mod curve;
pub mod derivations;
pub mod faults;
mod fuzz;
mod hashes;
pub mod interrupt;
pub mod interruption;
pub mod isolation;
pub mod keys;
mod masks;
pub mod power_cuts;
mod preemption;
mod random;
mod raw;
mod scheduler;
mod shared_buffers;
pub mod storage;
mod threads;
pub mod traces;

/// A named test.
pub type Test = (&'static str, fn());

/// All of them, in order.
pub const TESTS: &[Test] = &[
    (
        "hashes::versions_are_answered",
        hashes::versions_are_answered,
    ),
    (
        "hashes::published_vectors_match",
        hashes::published_vectors_match,
    ),
    (
        "hashes::parts_make_the_same_hash",
        hashes::parts_make_the_same_hash,
    ),
    (
        "hashes::a_clone_goes_on_alone",
        hashes::a_clone_goes_on_alone,
    ),
    ("hashes::comparison_tells", hashes::comparison_tells),
    (
        "hashes::a_small_buffer_is_refused",
        hashes::a_small_buffer_is_refused,
    ),
    (
        "hashes::contexts_run_out_and_come_back",
        hashes::contexts_run_out_and_come_back,
    ),
    (
        "hashes::an_ended_operation_stays_ended",
        hashes::an_ended_operation_stays_ended,
    ),
    (
        "keys::a_key_lives_from_import_to_destruction",
        keys::a_key_lives_from_import_to_destruction,
    ),
    ("keys::codes_match", keys::codes_match),
    ("keys::sealed_messages_match", keys::sealed_messages_match),
    (
        "keys::what_is_not_authentic_stays_secret",
        keys::what_is_not_authentic_stays_secret,
    ),
    (
        "keys::keys_run_out_and_come_back",
        keys::keys_run_out_and_come_back,
    ),
    (
        "keys::a_persistent_key_lives_from_import_to_destruction",
        keys::a_persistent_key_lives_from_import_to_destruction,
    ),
    (
        "keys::builtin_keys_are_not_for_applications",
        keys::builtin_keys_are_not_for_applications,
    ),
    ("keys::random_numbers_differ", keys::random_numbers_differ),
    (
        "crypto_calls::litter_in_other_fields_changes_no_answer",
        crypto_calls::litter_in_other_fields_changes_no_answer,
    ),
    (
        "crypto_calls::a_destroyed_key_ends_its_operations",
        crypto_calls::a_destroyed_key_ends_its_operations,
    ),
    (
        "crypto_calls::an_output_may_lie_anywhere_over_its_input",
        crypto_calls::an_output_may_lie_anywhere_over_its_input,
    ),
    (
        "storage::the_service_is_there",
        storage::the_service_is_there,
    ),
    (
        "storage::objects_are_set_replaced_and_removed",
        storage::objects_are_set_replaced_and_removed,
    ),
    ("storage::any_part_is_read", storage::any_part_is_read),
    (
        "storage::info_tells_size_and_flags",
        storage::info_tells_size_and_flags,
    ),
    (
        "storage::an_empty_object_is_an_object",
        storage::an_empty_object_is_an_object,
    ),
    (
        "storage::too_much_data_is_refused",
        storage::too_much_data_is_refused,
    ),
    (
        "storage::unknown_objects_do_not_exist",
        storage::unknown_objects_do_not_exist,
    ),
    ("storage::uid_zero_is_refused", storage::uid_zero_is_refused),
    (
        "storage::requests_of_another_form_are_refused",
        storage::requests_of_another_form_are_refused,
    ),
    (
        "storage::room_runs_out_and_comes_back",
        storage::room_runs_out_and_comes_back,
    ),
    (
        "storage::an_object_that_is_written_once_stays",
        storage::an_object_that_is_written_once_stays,
    ),
    (
        "attestation::the_service_is_there",
        attestation::the_service_is_there,
    ),
    (
        "attestation::tokens_are_as_long_as_is_said",
        attestation::tokens_are_as_long_as_is_said,
    ),
    (
        "attestation::a_token_is_new_for_a_new_challenge_alone",
        attestation::a_token_is_new_for_a_new_challenge_alone,
    ),
    (
        "attestation::other_challenges_are_refused",
        attestation::other_challenges_are_refused,
    ),
    (
        "attestation::a_small_buffer_gets_nothing",
        attestation::a_small_buffer_gets_nothing,
    ),
    (
        "attestation::requests_of_another_form_are_refused",
        attestation::requests_of_another_form_are_refused,
    ),
    (
        "attestation::a_token_may_overwrite_its_challenge",
        attestation::a_token_may_overwrite_its_challenge,
    ),
    (
        "attestation::secure_memory_gets_no_token",
        attestation::secure_memory_gets_no_token,
    ),
    (
        "attestation::the_key_of_tokens_is_for_tokens",
        attestation::the_key_of_tokens_is_for_tokens,
    ),
    (
        "attestation::a_token_takes_an_operation",
        attestation::a_token_takes_an_operation,
    ),
    ("bad_calls::unknown_handles", bad_calls::unknown_handles),
    ("bad_calls::wrong_versions", bad_calls::wrong_versions),
    ("bad_calls::overlong_counts", bad_calls::overlong_counts),
    ("bad_calls::negative_types", bad_calls::negative_types),
    (
        "bad_calls::descriptors_out_of_reach",
        bad_calls::descriptors_out_of_reach,
    ),
    (
        "bad_calls::inputs_out_of_reach",
        bad_calls::inputs_out_of_reach,
    ),
    (
        "bad_calls::outputs_out_of_reach",
        bad_calls::outputs_out_of_reach,
    ),
    (
        "bad_calls::outputs_over_their_lengths",
        bad_calls::outputs_over_their_lengths,
    ),
    (
        "bad_calls::connections_that_do_not_exist",
        bad_calls::connections_that_do_not_exist,
    ),
    (
        "bad_calls::the_device_still_works",
        hashes::published_vectors_match,
    ),
    (
        "buffers::outputs_at_the_borders_of_every_region",
        buffers::outputs_at_the_borders_of_every_region,
    ),
    (
        "buffers::inputs_at_the_borders_of_every_region",
        buffers::inputs_at_the_borders_of_every_region,
    ),
    (
        "buffers::descriptors_in_what_no_call_writes",
        buffers::descriptors_in_what_no_call_writes,
    ),
    (
        "context::registers_survive_and_tell_nothing",
        context::registers_survive_and_tell_nothing,
    ),
    (
        "isolation::kept_peripherals_are_dead",
        isolation::kept_peripherals_are_dead,
    ),
    (
        "isolation::secure_registers_of_the_core_are_out_of_reach",
        isolation::secure_registers_of_the_core_are_out_of_reach,
    ),
    (
        "preemption::a_scheduler_that_keeps_the_rule_mixes_no_frames",
        preemption::a_scheduler_that_keeps_the_rule_mixes_no_frames,
    ),
    ("masks::with_primask", masks::with_primask),
    ("masks::with_faultmask", masks::with_faultmask),
    ("masks::with_basepri", masks::with_basepri),
    (
        "shared_buffers::a_hash_reads_each_byte_once",
        shared_buffers::a_hash_reads_each_byte_once,
    ),
    (
        "shared_buffers::an_encryption_reads_each_byte_once",
        shared_buffers::an_encryption_reads_each_byte_once,
    ),
    (
        "shared_buffers::additional_data_are_read_once",
        shared_buffers::additional_data_are_read_once,
    ),
    (
        "shared_buffers::a_decryption_is_of_one_message",
        shared_buffers::a_decryption_is_of_one_message,
    ),
    (
        "shared_buffers::an_object_is_of_one_copy_of_each_byte",
        shared_buffers::an_object_is_of_one_copy_of_each_byte,
    ),
    (
        "shared_buffers::an_object_does_not_care_for_the_buffer_it_is_read_to",
        shared_buffers::an_object_does_not_care_for_the_buffer_it_is_read_to,
    ),
    (
        "fuzz::random_calls_do_no_harm",
        fuzz::random_calls_do_no_harm,
    ),
    (
        "fuzz::the_device_still_works",
        hashes::published_vectors_match,
    ),
    ("fuzz::storage_still_works", fuzz::storage_still_works),
];
