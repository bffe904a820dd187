// SPDX-License-Identifier: Apache-2.0
//! The tests of the services and of the border between the worlds. Each is an ordinary function
//! that panics if it fails. [`support`] has their tools.

mod attestation;
mod bad_calls;
pub mod break_in;
mod buffers;
pub mod ciphers;
pub mod contexts;
mod crypto_calls;
pub mod derivations;
pub mod faults;
mod fuzz;
mod hashes;
mod interrupt_masks;
pub mod interruption;
pub mod isolation;
pub mod keys;
pub mod p256;
pub mod power_cuts;
mod preemption;
mod registers;
mod shared_buffers;
pub mod storage;
pub mod support;
pub mod traces;

use support::test::{Test, tests};

/// The tests of Profile Small, in order.
pub const TESTS: &[Test] = tests![
    hashes::versions_are_answered,
    hashes::published_vectors_match,
    hashes::any_split_gives_the_same_hash,
    hashes::a_clone_is_independent,
    hashes::a_comparison_detects_a_difference,
    hashes::a_small_buffer_is_refused,
    hashes::contexts_are_limited_and_reusable,
    hashes::an_ended_operation_stays_ended,
    keys::a_key_lives_from_import_to_destruction,
    keys::macs_match_published_vectors,
    keys::ccm_matches_published_vectors,
    keys::a_message_that_is_not_authentic_is_not_revealed,
    keys::keys_are_limited_and_reusable,
    keys::a_persistent_key_lives_from_import_to_destruction,
    keys::builtin_keys_are_not_for_applications,
    keys::random_numbers_differ,
    crypto_calls::unused_fields_of_a_pack_have_no_effect,
    crypto_calls::a_destroyed_key_ends_its_operations,
    crypto_calls::an_output_may_overlap_its_input,
    storage::the_service_has_its_version,
    storage::objects_are_set_replaced_and_removed,
    storage::any_part_is_read,
    storage::info_has_size_and_flags,
    storage::an_empty_object_is_an_object,
    storage::too_much_data_is_refused,
    storage::unknown_objects_do_not_exist,
    storage::uid_zero_is_refused,
    storage::malformed_requests_are_refused,
    storage::space_is_limited_and_reusable,
    storage::a_write_once_object_stays,
    attestation::the_service_has_its_version,
    attestation::a_token_has_the_announced_size,
    attestation::a_token_depends_on_its_challenge_only,
    attestation::other_challenges_are_refused,
    attestation::a_small_buffer_is_not_changed,
    attestation::malformed_requests_are_refused,
    attestation::a_token_may_overwrite_its_challenge,
    attestation::secure_memory_gets_no_token,
    attestation::the_attestation_key_has_no_other_use,
    attestation::a_token_needs_a_free_operation,
    bad_calls::unknown_handles_are_refused,
    bad_calls::wrong_versions_are_refused,
    bad_calls::too_many_vectors_are_refused,
    bad_calls::negative_types_are_refused,
    bad_calls::descriptors_in_secure_memory_are_refused,
    bad_calls::inputs_in_secure_memory_are_refused,
    bad_calls::outputs_in_secure_memory_are_refused,
    bad_calls::outputs_over_their_descriptors_are_refused,
    bad_calls::unknown_connections_are_refused,
    bad_calls::the_device_still_works,
    buffers::outputs_at_region_borders_get_the_expected_status,
    buffers::inputs_at_region_borders_get_the_expected_status,
    buffers::output_descriptors_must_be_writable,
    registers::registers_are_preserved_or_cleared,
    isolation::secure_peripherals_read_as_zero,
    isolation::secure_core_registers_read_as_zero,
    preemption::the_rule_for_schedulers_keeps_threads_apart,
    interrupt_masks::calls_are_served_with_primask,
    interrupt_masks::calls_are_served_with_faultmask,
    interrupt_masks::calls_are_served_with_basepri,
    shared_buffers::a_hash_reads_each_byte_once,
    shared_buffers::an_encryption_reads_each_byte_once,
    shared_buffers::additional_data_is_read_once,
    shared_buffers::a_decryption_mixes_no_messages,
    shared_buffers::a_stored_object_is_consistent,
    shared_buffers::a_changed_output_buffer_does_not_damage_the_object,
    fuzz::random_calls_do_no_harm,
    fuzz::the_device_still_works,
    fuzz::storage_still_works,
];
