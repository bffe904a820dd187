// SPDX-License-Identifier: Apache-2.0
//! Values of the crates `psa` and `client`: status codes, client API, services, keys, updates.

use super::{Value, named};
use client::its::CreateFlags;
use psa::crypto::{
    KEY_ATTRIBUTES_BYTES, KeyId, KeyType, Lifetime, OPERATION_HANDLE_BYTES, Step, Usage,
};
use psa::{Status, client as framework, update};

/// Everything here.
pub fn values() -> Vec<Value> {
    [
        statuses(),
        client_api(),
        storage(),
        keys(),
        steps(),
        objects(),
        updates(),
    ]
    .concat()
}

fn statuses() -> Vec<Value> {
    let pairs = [
        ("SUCCESS", Status::SUCCESS),
        ("ERROR_PROGRAMMER_ERROR", Status::PROGRAMMER_ERROR),
        ("ERROR_CONNECTION_REFUSED", Status::CONNECTION_REFUSED),
        ("ERROR_CONNECTION_BUSY", Status::CONNECTION_BUSY),
        ("ERROR_GENERIC_ERROR", Status::GENERIC_ERROR),
        ("ERROR_NOT_PERMITTED", Status::NOT_PERMITTED),
        ("ERROR_NOT_SUPPORTED", Status::NOT_SUPPORTED),
        ("ERROR_INVALID_ARGUMENT", Status::INVALID_ARGUMENT),
        ("ERROR_INVALID_HANDLE", Status::INVALID_HANDLE),
        ("ERROR_BAD_STATE", Status::BAD_STATE),
        ("ERROR_BUFFER_TOO_SMALL", Status::BUFFER_TOO_SMALL),
        ("ERROR_ALREADY_EXISTS", Status::ALREADY_EXISTS),
        ("ERROR_DOES_NOT_EXIST", Status::DOES_NOT_EXIST),
        ("ERROR_INSUFFICIENT_MEMORY", Status::INSUFFICIENT_MEMORY),
        ("ERROR_INSUFFICIENT_STORAGE", Status::INSUFFICIENT_STORAGE),
        ("ERROR_INSUFFICIENT_DATA", Status::INSUFFICIENT_DATA),
        ("ERROR_SERVICE_FAILURE", Status::SERVICE_FAILURE),
        ("ERROR_COMMUNICATION_FAILURE", Status::COMMUNICATION_FAILURE),
        ("ERROR_STORAGE_FAILURE", Status::STORAGE_FAILURE),
        ("ERROR_HARDWARE_FAILURE", Status::HARDWARE_FAILURE),
        ("ERROR_INSUFFICIENT_ENTROPY", Status::INSUFFICIENT_ENTROPY),
        ("ERROR_INVALID_SIGNATURE", Status::INVALID_SIGNATURE),
        ("ERROR_INVALID_PADDING", Status::INVALID_PADDING),
        ("ERROR_CORRUPTION_DETECTED", Status::CORRUPTION_DETECTED),
        ("ERROR_DATA_CORRUPT", Status::DATA_CORRUPT),
        ("ERROR_DATA_INVALID", Status::DATA_INVALID),
    ];
    let value = |(name, status): (&str, Status)| (format!("PSA_{name}"), i64::from(status.0));
    pairs.map(value).to_vec()
}

fn client_api() -> Vec<Value> {
    named(&[
        ("PSA_FRAMEWORK_VERSION", framework::FRAMEWORK_VERSION.into()),
        ("PSA_VERSION_NONE", framework::VERSION_NONE.into()),
        ("PSA_MAX_IOVEC", framework::MAX_VECTORS as i64),
        ("PSA_NULL_HANDLE", framework::Handle::NULL.bits().into()),
        ("PSA_IPC_CALL", psa::message::CALL.into()),
    ])
}

fn storage() -> Vec<Value> {
    let flag = |flag: CreateFlags| i64::from(flag.0);
    named(&[
        ("PSA_STORAGE_FLAG_NONE", flag(CreateFlags::NONE)),
        ("PSA_STORAGE_FLAG_WRITE_ONCE", flag(CreateFlags::WRITE_ONCE)),
        (
            "PSA_STORAGE_FLAG_NO_CONFIDENTIALITY",
            flag(CreateFlags::NO_CONFIDENTIALITY),
        ),
        (
            "PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION",
            flag(CreateFlags::NO_REPLAY_PROTECTION),
        ),
    ])
}

fn keys() -> Vec<Value> {
    let usage = |usage: Usage| i64::from(usage.0);
    let mut values = named(&[
        ("PSA_KEY_ID_NULL", KeyId::NULL.0.into()),
        ("PSA_KEY_TYPE_NONE", KeyType::NONE.0.into()),
        ("PSA_KEY_TYPE_RAW_DATA", KeyType::RAW_DATA.0.into()),
        ("PSA_KEY_TYPE_HMAC", KeyType::HMAC.0.into()),
        ("PSA_KEY_TYPE_DERIVE", KeyType::DERIVE.0.into()),
        ("PSA_KEY_TYPE_AES", KeyType::AES.0.into()),
        ("PSA_KEY_TYPE_CHACHA20", KeyType::CHACHA20.0.into()),
        (
            "PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)",
            KeyType::ECC_KEY_PAIR_SECP_R1.0.into(),
        ),
        (
            "PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)",
            KeyType::ECC_PUBLIC_KEY_SECP_R1.0.into(),
        ),
        ("PSA_KEY_USAGE_EXPORT", usage(Usage::EXPORT)),
        ("PSA_KEY_USAGE_COPY", usage(Usage::COPY)),
        ("PSA_KEY_USAGE_CACHE", usage(Usage::CACHE)),
        ("PSA_KEY_USAGE_ENCRYPT", usage(Usage::ENCRYPT)),
        ("PSA_KEY_USAGE_DECRYPT", usage(Usage::DECRYPT)),
        ("PSA_KEY_USAGE_SIGN_MESSAGE", usage(Usage::SIGN_MESSAGE)),
        ("PSA_KEY_USAGE_VERIFY_MESSAGE", usage(Usage::VERIFY_MESSAGE)),
        ("PSA_KEY_USAGE_SIGN_HASH", usage(Usage::SIGN_HASH)),
        ("PSA_KEY_USAGE_VERIFY_HASH", usage(Usage::VERIFY_HASH)),
        ("PSA_KEY_USAGE_DERIVE", usage(Usage::DERIVE)),
        (
            "PSA_KEY_USAGE_VERIFY_DERIVATION",
            usage(Usage::VERIFY_DERIVATION),
        ),
        ("PSA_KEY_LIFETIME_VOLATILE", Lifetime::VOLATILE.0.into()),
        ("PSA_KEY_LIFETIME_PERSISTENT", Lifetime::PERSISTENT.0.into()),
        (
            "PSA_KEY_PERSISTENCE_READ_ONLY",
            Lifetime::PERSISTENCE_READ_ONLY.into(),
        ),
        (
            "PSA_KEY_LOCATION_LOCAL_STORAGE",
            Lifetime::LOCATION_LOCAL_STORAGE.into(),
        ),
    ]);
    for word in [0, 1, 0xFF, 0x100, 0x01FF, 0x0102_0304, u32::MAX] {
        let lifetime = Lifetime(word);
        let parts = [
            ("GET_PERSISTENCE", i64::from(lifetime.persistence())),
            ("GET_LOCATION", lifetime.location().into()),
            ("IS_VOLATILE", lifetime.is_volatile().into()),
        ];
        values.extend(
            parts.map(|(part, value)| (format!("PSA_KEY_LIFETIME_{part}({word:#x}u)"), value)),
        );
        let composed = format!(
            "PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION({:#x}u, {:#x}u)",
            lifetime.persistence(),
            lifetime.location()
        );
        values.push((composed, word.into()));
    }
    values
}

fn steps() -> Vec<Value> {
    let step = |(name, step): (&str, Step)| {
        (
            format!("PSA_KEY_DERIVATION_INPUT_{name}"),
            i64::from(step.0),
        )
    };
    [
        ("SECRET", Step::SECRET),
        ("PASSWORD", Step::PASSWORD),
        ("OTHER_SECRET", Step::OTHER_SECRET),
        ("LABEL", Step::LABEL),
        ("SALT", Step::SALT),
        ("INFO", Step::INFO),
        ("SEED", Step::SEED),
        ("COST", Step::COST),
        ("CONTEXT", Step::CONTEXT),
    ]
    .map(step)
    .to_vec()
}

/// Sizes and offsets of data that calls pass in its memory layout.
fn objects() -> Vec<Value> {
    let kinds = ["hash", "mac", "cipher", "aead", "key_derivation", "pake"];
    let operation = |kind| {
        (
            format!("sizeof(psa_{kind}_operation_t)"),
            OPERATION_HANDLE_BYTES as i64,
        )
    };
    let mut values: Vec<Value> = kinds.map(operation).to_vec();
    values.push((
        "sizeof(psa_key_attributes_t)".into(),
        KEY_ATTRIBUTES_BYTES as i64,
    ));
    let fields = [
        ("type", 0),
        ("bits", 2),
        ("lifetime", 4),
        ("usage", 8),
        ("algorithm", 12),
        ("second_algorithm", 16),
        ("id", 20),
    ];
    values.extend(fields.map(|(field, offset)| {
        (
            format!("offsetof(psa_key_attributes_t, private_{field})"),
            offset,
        )
    }));
    values
}

/// Firmware Update: states, limits, and the layout of information.
fn updates() -> Vec<Value> {
    use update::State;
    let states = [
        ("READY", State::Ready),
        ("WRITING", State::Writing),
        ("CANDIDATE", State::Candidate),
        ("STAGED", State::Staged),
        ("FAILED", State::Failed),
        ("TRIAL", State::Trial),
        ("REJECTED", State::Rejected),
        ("UPDATED", State::Updated),
    ];
    let state = |(name, state)| (format!("PSA_FWU_{name}"), state as i64);
    let mut values = states.map(state).to_vec();
    values.extend(named(&[
        ("PSA_SUCCESS_REBOOT", update::SUCCESS_REBOOT.0.into()),
        (
            "PSA_FWU_FLAG_VOLATILE_STAGING",
            update::FLAG_VOLATILE_STAGING.into(),
        ),
        (
            "1 << PSA_FWU_LOG2_WRITE_ALIGN",
            update::WRITE_ALIGNMENT_BYTES as i64,
        ),
        ("PSA_FWU_MAX_WRITE_SIZE", update::LONGEST_WRITE_BYTES as i64),
        (
            "sizeof(psa_fwu_component_info_t)",
            update::Info::BYTES as i64,
        ),
        ("sizeof(psa_fwu_component_t)", 1),
    ]));
    let fields = [
        ("error", 4),
        ("version.minor", 9),
        ("version.patch", 10),
        ("version.build", 12),
        ("max_size", 16),
        ("flags", 20),
        ("impl", 28),
    ];
    values.extend(fields.map(|(field, offset)| {
        (
            format!("offsetof(psa_fwu_component_info_t, {field})"),
            offset,
        )
    }));
    values
}
