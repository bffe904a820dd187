// SPDX-License-Identifier: Apache-2.0
//! The configuration as types and constants: the one implementation of `firmware::Configuration`
//! that an image has.
//!
//! The macros of `firmware` include the file where `Board` is in scope.

mod algorithms;
mod layout;

use crate::effective::Effective;
use crate::emit_rust::camel_case;

/// The text of `configuration.rs`; `keys` are the public keys of the boot ROM and their hashes, as
/// slices in Rust.
pub fn text(effective: &Effective, keys: &[String; 2]) -> String {
    let [algorithms, items_of_algorithms] = algorithms::text(effective);
    let body = [
        layout::items(effective),
        boot(effective),
        manager(effective),
        items_of_algorithms,
        crypto(effective),
        storage(effective),
        tokens(effective),
    ];
    let body: String = body
        .concat()
        .lines()
        .map(|line| format!("    {line}\n"))
        .collect();
    let [all, hashes] = keys;
    format!(
        "// Generated from the configuration; `cargo xtask config` shows it.\n\
         \n\
         /// The public keys in the boot ROM; there are none where OTP has their hashes.\n\
         #[allow(dead_code)]\n\
         #[derive(Clone, Copy)]\n\
         pub struct SigningKeys;\n\
         \n\
         impl firmware::boot::keys::PublicKeys for SigningKeys {{\n    \
         const ALL: &'static [&'static [u8]] = {all};\n    \
         const HASHES: &'static [[u8; 32]] = {hashes};\n\
         }}\n\
         \n\
         {algorithms}\n\
         /// The configuration of this image.\n\
         pub struct Configured;\n\
         \n\
         #[allow(clippy::declare_interior_mutable_const, clippy::zero_repeat_side_effects)]\n\
         impl firmware::Configuration for Configured {{\n{body}}}\n"
    )
}

fn boot(effective: &Effective) -> String {
    let keys = match (effective.text("boot.key"), effective.number("boot.keys")) {
        ("builtin", _) => "BuiltInKeys<SigningKeys>",
        (_, 1) => "OtpKeys<1>",
        _ => "OtpKeys<2>",
    };
    format!(
        "const HAS_BOOT_ROM: bool = {has_boot_rom};\n\
         type Signature = firmware::boot::signature::{signature};\n\
         type Keys = firmware::boot::keys::{keys};\n\
         const ANTI_ROLLBACK: bool = {anti_rollback};\n\
         const UPGRADE: firmware::boot::Mode = firmware::boot::Mode::{upgrade};\n\
         const RECOVERY: bool = {recovery};\n\
         const BOOT_LOG: firmware::LogLevel = firmware::LogLevel::{boot_log};\n\
         const SECURE_LOG: firmware::LogLevel = firmware::LogLevel::{secure_log};\n",
        has_boot_rom = effective.has_boot_rom(),
        signature = camel_case(effective.text("boot.signature")),
        anti_rollback = effective.flag("boot.anti_rollback"),
        upgrade = camel_case(effective.text("boot.upgrade")),
        recovery = effective.flag("boot.recovery"),
        boot_log = camel_case(effective.text("log.boot")),
        secure_log = camel_case(effective.text("log.secure")),
    )
}

fn manager(effective: &Effective) -> String {
    let partitions = effective.partitions();
    let mut services = partitions.iter().flat_map(|partition| &partition.services);
    let has_connections = services.any(|service| service.stateless_handle.is_none());
    let room = match has_connections {
        true => effective.number("spm.connections"),
        false => 0,
    };
    let word = match effective.number("spm.client_id_word") {
        0 => "None".to_owned(),
        address => format!("Some({address:#010x})"),
    };
    let has_updates = partitions.iter().any(|one| one.name == "TFM_SP_FWU");
    format!(
        "type Model = firmware::spm::{model};\n\
         type Connections = [firmware::spm::Connection; {room}];\n\
         const CONNECTIONS: Self::Connections = [const {{ firmware::spm::Connection::free() }}; {room}];\n\
         const CONNECTIONS_PER_CLIENT: u32 = {per_client};\n\
         const CLIENT_ID_WORD: Option<u32> = {word};\n\
         const FAULT_ACTION: firmware::FaultAction = firmware::FaultAction::{action};\n\
         const HAS_UPDATES: bool = {has_updates};\n",
        model = camel_case(effective.text("spm.backend")),
        per_client = effective.number("spm.connections_per_client"),
        action = camel_case(effective.text("spm.fault_action")),
    )
}

fn crypto(effective: &Effective) -> String {
    let cipher = match effective.text("crypto.aes") {
        "table" => "firmware::primitives::aes::table::Aes128",
        _ => "<Board as firmware::Board>::Aes128",
    };
    let key_object = match effective.flag("crypto.persistent_keys") {
        true => format!("Some({})", effective.number("its.max_asset_bytes")),
        false => "None".to_owned(),
    };
    let quota = |key| format!("firmware::psa::Quota::new({})", effective.number(key));
    format!(
        "type Aes128 = {cipher};\n\
         const KEY_OBJECT_BYTES: Option<usize> = {key_object};\n\
         const OPERATIONS_PER_CLIENT: firmware::psa::Quota = {operations};\n\
         const KEYS_PER_CLIENT: firmware::psa::Quota = {keys};\n",
        operations = quota("crypto.operations_per_client"),
        keys = quota("crypto.keys_per_client"),
    )
}

fn storage(effective: &Effective) -> String {
    let number = |key| effective.number(key);
    format!(
        "type Assets = firmware::its::Assets<{}>;\n\
         type StorageBuffer = firmware::its::Buffer<{}>;\n\
         const MAX_ASSET_BYTES: usize = {};\n\
         const ASSETS_PER_CLIENT: usize = {};\n\
         const ASSET_BYTES_PER_CLIENT: usize = {};\n\
         const FOREIGN_FLASH: firmware::its::Foreign = firmware::its::Foreign::{};\n",
        number("its.max_assets"),
        number("its.buffer_bytes"),
        number("its.max_asset_bytes"),
        number("its.assets_per_client"),
        number("its.bytes_per_client"),
        camel_case(effective.text("its.foreign_flash")),
    )
}

fn tokens(effective: &Effective) -> String {
    let flag = |name: &str| effective.flag(&format!("attestation.{name}"));
    let text = |name: &str| effective.text(&format!("attestation.{name}"));
    let digest = match flag("configuration_component") {
        true => format!("Some(&{:?})", effective.digest()),
        false => "None".to_owned(),
    };
    format!(
        "const TOKENS: firmware::attestation::Configuration = firmware::attestation::Configuration {{\n    \
         token_profile: firmware::attestation::TokenProfile::{profile},\n    \
         optional_claims: {optional},\n    \
         nonsecure_component: {nonsecure},\n    \
         certification_reference: {reference},\n    \
         boot_rom_component: {boot_rom},\n    \
         component_texts: {texts},\n    \
         verification_service: {service:?},\n    \
         configuration_digest: {digest},\n    \
         key_id: {key_id:?},\n\
         }};\n",
        profile = camel_case(text("token_profile")),
        optional = flag("optional_claims"),
        nonsecure = effective.has_two_images(),
        reference = flag("certification_reference"),
        boot_rom = flag("boot_rom_component"),
        texts = flag("component_texts"),
        service = text("verification_service"),
        key_id = text("key_id"),
    )
}

#[cfg(test)]
mod tests;
