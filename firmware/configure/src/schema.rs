// SPDX-License-Identifier: Apache-2.0
//! The keys of the configuration: name, kind and meaning of each.
//!
//! A key is here only when something uses it. `profiles/base.toml` repeats the meaning of a
//! profile's key as its comment; a test keeps the two alike.

mod budgets;
mod crypto;
mod find;
mod key;
mod kind;
mod places;

pub use find::{belongs_to_board, find};
pub use key::Key;
pub use kind::Kind;
pub use places::{AREAS, REGIONS};

use budgets::BUDGETS;
use crypto::CRYPTO;
use key::{key, switch};

/// All keys in the order in which they are shown.
pub const KEYS: &[Key] = &joined::<{ COUNT }>([BEFORE_CRYPTO, CRYPTO, AFTER_CRYPTO, BUDGETS]);

const COUNT: usize = BEFORE_CRYPTO.len() + CRYPTO.len() + AFTER_CRYPTO.len() + BUDGETS.len();

const fn joined<const ALL: usize>(parts: [&[Key]; 4]) -> [Key; ALL] {
    let mut all = [BEFORE_CRYPTO[0]; ALL];
    let (mut part, mut place) = (0, 0);
    while part < parts.len() {
        let mut row = 0;
        while row < parts[part].len() {
            all[place] = parts[part][row];
            (row, place) = (row + 1, place + 1);
        }
        part += 1;
    }
    all
}

/// What comes before the Crypto partition.
const BEFORE_CRYPTO: &[Key] = &[
    key(
        "board.name",
        Kind::Text,
        "Name of the board and of its folder in boards/.",
    ),
    key("board.target", Kind::Text, "Target triple of the firmware."),
    key(
        "qemu.machine",
        Kind::Text,
        "Machine of qemu-system-arm that emulates the board.",
    ),
    key(
        "memory.security_alias",
        Kind::Address,
        "Address bit that tells the secure from the non-secure alias of a memory; 0: no aliases.",
    ),
    key(
        "memory.boot_code.origin",
        Kind::Address,
        "Code memory of the boot ROM.",
    ),
    key(
        "memory.boot_code.size_bytes",
        Kind::Bytes,
        "Size of the boot ROM's code memory.",
    ),
    key(
        "memory.secure_ram.origin",
        Kind::Address,
        "RAM of the boot ROM, then of the secure firmware.",
    ),
    key(
        "memory.secure_ram.size_bytes",
        Kind::Bytes,
        "Size of the secure RAM.",
    ),
    key(
        "memory.nonsecure_ram.origin",
        Kind::Address,
        "RAM of the non-secure world.",
    ),
    key(
        "memory.nonsecure_ram.size_bytes",
        Kind::Bytes,
        "Size of the non-secure RAM.",
    ),
    key(
        "memory.boot_data_bytes",
        Kind::Bytes,
        "Boot data area at the start of the secure RAM, handed from boot ROM to secure firmware.",
    ),
    key(
        "flash.origin",
        Kind::Address,
        "Address at which the flash is read.",
    ),
    key("flash.size_bytes", Kind::Bytes, "Size of the flash."),
    key("flash.sector_bytes", Kind::Bytes, "Unit of erasing."),
    key(
        "flash.program_unit_bytes",
        Kind::Bytes,
        "Unit of programming.",
    ),
    key(
        "flash.areas.otp.offset_bytes",
        Kind::Bytes,
        "One-time programmable area.",
    ),
    key(
        "flash.areas.otp.size_bytes",
        Kind::Bytes,
        "Size of the one-time programmable area.",
    ),
    key(
        "flash.areas.entropy_seed.offset_bytes",
        Kind::Bytes,
        "The seed of random numbers: two slots of whole sectors.",
    ),
    key(
        "flash.areas.entropy_seed.size_bytes",
        Kind::Bytes,
        "Size of both slots of the seed.",
    ),
    key(
        "flash.areas.its.offset_bytes",
        Kind::Bytes,
        "Area of Internal Trusted Storage.",
    ),
    key(
        "flash.areas.its.size_bytes",
        Kind::Bytes,
        "Size of the Internal Trusted Storage area.",
    ),
    key(
        "flash.areas.nonsecure_data.offset_bytes",
        Kind::Bytes,
        "Area that belongs to the non-secure world.",
    ),
    key(
        "flash.areas.nonsecure_data.size_bytes",
        Kind::Bytes,
        "Size of the non-secure world's area.",
    ),
    key(
        "flash.areas.primary.offset_bytes",
        Kind::Bytes,
        "Primary slot: the image that is started.",
    ),
    key(
        "flash.areas.primary.size_bytes",
        Kind::Bytes,
        "Size of the primary slot.",
    ),
    key(
        "flash.areas.secondary.offset_bytes",
        Kind::Bytes,
        "Secondary slot: the image that is to replace it.",
    ),
    key(
        "flash.areas.secondary.size_bytes",
        Kind::Bytes,
        "Size of the secondary slot.",
    ),
    key(
        "spm.backend",
        Kind::Choice(&["library", "sfn"]),
        "Model of execution: \"library\", or \"sfn\" with the states of FF-M's secure functions.",
    ),
    key(
        "spm.connections",
        Kind::Count { least: 0, most: 64 },
        "Connections to services that may be open at once, all clients together.",
    ),
    key(
        "spm.connections_per_client",
        Kind::Count { least: 0, most: 64 },
        "Connections that one client may have open at once.",
    ),
    key(
        "spm.client_id_word",
        Kind::Address,
        "Address of a word with the negative client id of the non-secure thread; 0: one client.",
    ),
    key(
        "spm.nonsecure_contexts",
        Kind::Count { least: 0, most: 64 },
        "Non-secure threads with a secure stack of their own (TZ_AllocModuleContext_S); 0: no code.",
    ),
    key(
        "spm.nonsecure_handler_levels",
        Kind::Count {
            least: 1,
            most: 256,
        },
        "Priorities at which non-secure handlers may be within the gateway at once; sizes a stack.",
    ),
    key(
        "spm.fault_action",
        Kind::Choice(&["reset", "halt"]),
        "Action after the line of a fault is printed: \"reset\" or \"halt\".",
    ),
    key(
        "spm.interrupt_latency_limit_instructions",
        Kind::Count {
            least: 1,
            most: 1_000_000,
        },
        "Instructions that a non-secure interrupt may wait for a call; more fails tests and bench.",
    ),
];

/// What comes after it.
const AFTER_CRYPTO: &[Key] = &[
    key(
        "its.max_assets",
        Kind::Count {
            least: 1,
            most: 1024,
        },
        "Objects that may exist at once, all clients together.",
    ),
    key(
        "its.assets_per_client",
        Kind::Count {
            least: 1,
            most: 1024,
        },
        "Objects that one client may have at once; the rest is left for others.",
    ),
    key(
        "its.bytes_per_client",
        Kind::Bytes,
        "Bytes that all objects of one client may have together.",
    ),
    key(
        "its.max_asset_bytes",
        Kind::Bytes,
        "Bytes that an object may have.",
    ),
    key(
        "its.buffer_bytes",
        Kind::Bytes,
        "Transient buffer through which all data passes: 16 to 512 bytes, whole words and program units.",
    ),
    key(
        "its.foreign_flash",
        Kind::Choice(&["format", "refuse"]),
        "A flash area that is neither a store nor erased: \"format\" makes a store of it, \"refuse\" keeps it.",
    ),
    key(
        "attestation.token_profile",
        Kind::Choice(&["rfc9783", "psa_iot_profile_1"]),
        "Profile of the token: \"rfc9783\" (tag:psacertified.org,2023:psa#tfm) or \"psa_iot_profile_1\".",
    ),
    switch(
        "attestation.optional_claims",
        "Claims that the token profile does not require; without them none of those below.",
    ),
    switch(
        "attestation.configuration_component",
        "The digest that `cargo xtask config` prints, as a software component: 77 bytes.",
    ),
    switch(
        "attestation.certification_reference",
        "Certification reference, or hardware version in the older profile: 23 bytes.",
    ),
    switch(
        "attestation.boot_rom_component",
        "The measurement of the boot ROM, as a software component: 71 bytes.",
    ),
    switch(
        "attestation.component_texts",
        "Type, version and description of image and boot ROM: about 21 bytes each.",
    ),
    key(
        "attestation.verification_service",
        Kind::Label { most: 255 },
        "Verification service of this device; \"\": not in the token.",
    ),
    key(
        "attestation.key_id",
        Kind::Label { most: 64 },
        "Key id in the unprotected header of the token; \"\": none. It is not a claim.",
    ),
    key(
        "boot.signature",
        Kind::Choice(&["rsa3072", "rsa2048", "ecdsa_p256", "ed25519"]),
        "Signature over the hash of the image: \"rsa3072\" or \"rsa2048\" (PSS), \"ecdsa_p256\", \"ed25519\".",
    ),
    key(
        "boot.upgrade",
        Kind::Choice(&["overwrite", "swap"]),
        "An upgrade overwrites the image (\"overwrite\"), or both change places and back unless confirmed (\"swap\").",
    ),
    key(
        "boot.signing_key",
        Kind::Path,
        "Private key that signs the image: a PEM file; {signature} in its path is replaced by `signature`.",
    ),
    key(
        "boot.key",
        Kind::Choice(&["otp", "builtin"]),
        "Where the public key is: in the image, its hash in OTP (\"otp\"), or in the boot ROM, its hash in the image (\"builtin\").",
    ),
    key(
        "boot.keys",
        Kind::Count { least: 1, most: 2 },
        "Keys that are accepted: 1, or 2 of which an image of the second may revoke the first.",
    ),
    key(
        "boot.second_key",
        Kind::Path,
        "With two keys the second: a PEM file, private or public; {signature} as above.",
    ),
    key(
        "boot.image_version",
        Kind::Version,
        "Version in the image header: major.minor.revision+build.",
    ),
    key(
        "boot.security_counter",
        Kind::Word,
        "Security counter of the image; the boot ROM refuses one below the counter in OTP.",
    ),
    switch(
        "boot.anti_rollback",
        "Refuse older firmware by its security counter; `false` starts it, with a warning.",
    ),
    key(
        "boot.header_bytes",
        Kind::Bytes,
        "Size of the MCUboot header, which the secure vector table follows.",
    ),
    switch(
        "boot.recovery",
        "Serial recovery over the console when nothing can be started; without it the device halts.",
    ),
    key(
        "nonsecure.console.driver",
        Kind::Choice(&["cmsdk_uart"]),
        "Driver of the console of demonstrations and tests: \"cmsdk_uart\".",
    ),
    key(
        "nonsecure.console.origin",
        Kind::Address,
        "Address of that console's device, in its non-secure alias.",
    ),
    key(
        "nonsecure.alignment_bytes",
        Kind::Bytes,
        "Alignment of the non-secure image behind the secure one.",
    ),
    key(
        "stack.secure_process_bytes",
        Kind::Bytes,
        "Limit of the secure process stack, which serves calls; linked at its static bound.",
    ),
    key(
        "stack.secure_main_bytes",
        Kind::Bytes,
        "Limit of the secure main stack, which serves start and faults; linked at its static bound.",
    ),
    key(
        "stack.boot_bytes",
        Kind::Bytes,
        "Limit of the stack of the boot ROM; linked at its static bound.",
    ),
];
