// SPDX-License-Identifier: Apache-2.0
//! What of a kit depends on the configuration: the layout, and headers with addresses and
//! services.

use anyhow::Result;
use boot::keys::PUBLISHED;
use builder::firmware::{self, Builder, SecureWorld};
use configure::Effective;
use configure::schema::AREAS;
use psa::Handle;
use psa::service::CRYPTO;
use signer::{FlashLayout, ImageLayout, Layout, Range};
use std::fmt::Write as _;
use std::path::PathBuf;

/// The key that signs, when it is one that everybody has: no other leaves its place.
pub fn published_key(builder: &Builder<'_>) -> Result<Option<PathBuf>> {
    let effective = &builder.configured.effective;
    let hash = firmware::key(effective)?.public_key_hash()?;
    Ok(PUBLISHED
        .contains(&hash)
        .then(|| effective.path("boot.signing_key")))
}

/// Board, image and flash.
pub fn layout(builder: &Builder<'_>, world: &SecureWorld) -> Result<Layout> {
    let effective = &builder.configured.effective;
    let number = |key: &str| effective.number(key);
    let options = firmware::options(effective)?;
    let flash = number("flash.origin");
    let area = |name: &&str| {
        let key = format!("flash.areas.{name}");
        let range = Range {
            address: flash + number(&format!("{key}.offset_bytes")),
            size_bytes: number(&format!("{key}.size_bytes")),
        };
        (name.to_string(), range)
    };
    let primary = flash + number("flash.areas.primary.offset_bytes");
    Ok(Layout {
        version: env!("CARGO_PKG_VERSION").into(),
        board: effective.text("board.name").into(),
        profile: builder.configured.profile.clone(),
        image: ImageLayout {
            secure_address: world.payload.address,
            nonsecure_address: world.nonsecure_start,
            end_limit: primary + number("flash.areas.primary.size_bytes")
                - number("flash.sector_bytes"),
            header_bytes: options.header_bytes,
            slot_bytes: number("flash.areas.primary.size_bytes").try_into()?,
            signature: firmware::signature_type(effective)?,
            public_key_format: options.public_key_format,
            version: effective.text("boot.image_version").into(),
            security_counter: options.security_counter.value(options.version),
            software_type: options.software_type,
        },
        nonsecure_ram: Range {
            address: number("memory.nonsecure_ram.origin"),
            size_bytes: number("memory.nonsecure_ram.size_bytes"),
        },
        flash: FlashLayout {
            whole: Range {
                address: flash,
                size_bytes: number("flash.size_bytes"),
            },
            sector_bytes: number("flash.sector_bytes"),
            program_unit_bytes: number("flash.program_unit_bytes"),
            areas: AREAS.iter().map(area).collect(),
        },
    })
}

/// The version file: for a person, one value a line.
pub fn version(layout: &Layout) -> String {
    format!(
        "casemate {}\nboard {}\nprofile {}\n",
        layout.version, layout.board, layout.profile
    )
}

/// `casemate/layout.h`.
pub fn layout_header(layout: &Layout) -> String {
    let mut text = header(
        "casemate/layout.h",
        "Where things lie for the non-secure world of this board.",
        "CASEMATE_LAYOUT_H",
    );
    let mut define = |name: &str, about: &str, value: u64| {
        let _ = writeln!(text, "/** {about} */\n#define CASEMATE_{name} {value:#x}u");
    };
    let image = &layout.image;
    define(
        "NONSECURE_ADDRESS",
        "First address of the application: its vector table.",
        image.nonsecure_address,
    );
    define(
        "NONSECURE_END",
        "Address behind the last that the application may have in its slot.",
        image.end_limit,
    );
    let ram = layout.nonsecure_ram;
    define(
        "NONSECURE_RAM_ADDRESS",
        "First address of its RAM.",
        ram.address,
    );
    define(
        "NONSECURE_RAM_SIZE",
        "Size of its RAM in bytes.",
        ram.size_bytes,
    );
    if let Some(area) = layout.flash.areas.get("nonsecure_data") {
        define(
            "NONSECURE_DATA_ADDRESS",
            "First address of the flash area that is its own.",
            area.address,
        );
        define(
            "NONSECURE_DATA_SIZE",
            "Size of that area in bytes.",
            area.size_bytes,
        );
    }
    define(
        "FLASH_SECTOR_SIZE",
        "What is erased at once, in bytes.",
        layout.flash.sector_bytes,
    );
    define(
        "FLASH_PROGRAM_UNIT",
        "What is programmed at once, in bytes.",
        layout.flash.program_unit_bytes,
    );
    text + "\n#endif\n"
}

/// `psa_manifest/sid.h` (FF-M 1.1, "Manifest header files"): the services that an application may
/// call, and those of the reference, whose clients have their names compiled in.
pub fn services_header(effective: &Effective) -> String {
    let mut text = header(
        "psa_manifest/sid.h",
        "The services of this secure image, and those that applications of TF-M know: what this \
         image does not have answers PSA_ERROR_PROGRAMMER_ERROR.",
        "PSA_MANIFEST_SID_H",
    );
    let mut define = |name: &str, sid: u32, version: u32, number: Option<u8>| {
        let _ = writeln!(text, "#define {name}_SID ({sid:#010x}u)");
        let _ = writeln!(text, "#define {name}_VERSION ({version}u)");
        if let Some((number, version)) = number.zip(u8::try_from(version).ok()) {
            let handle = Handle::stateless(number, version).bits();
            let _ = writeln!(text, "#define {name}_HANDLE ({handle:#010x})");
        }
    };
    let services = effective
        .partitions()
        .iter()
        .flat_map(|partition| &partition.services);
    let services: Vec<_> = services.filter(|one| one.non_secure_clients).collect();
    for service in &services {
        let number = service.stateless_handle;
        define(&service.name, service.sid, service.version, number);
    }
    for (name, sid, number) in SERVICES_OF_THE_REFERENCE {
        if services.iter().all(|service| service.name != name) {
            define(name, sid, 1, Some(number));
        }
    }
    text + "\n#endif\n"
}

/// The services of TF-M v2.3 that applications call: name, identifier and number of the handle.
/// All have version 1.
const SERVICES_OF_THE_REFERENCE: [(&str, u32, u8); 6] = [
    ("TFM_CRYPTO", 0x80, 1),
    ("TFM_PROTECTED_STORAGE_SERVICE", 0x60, 2),
    ("TFM_INTERNAL_TRUSTED_STORAGE_SERVICE", 0x70, 3),
    ("TFM_ATTESTATION_SERVICE", 0x20, 4),
    ("TFM_FIRMWARE_UPDATE_SERVICE", 0xA0, 5),
    ("TFM_PLATFORM_SERVICE", 0x40, 6),
];

/// `casemate/crypto_config.h`: what of Crypto this image has, by the names of PSA Crypto
/// configuration (Mbed TLS, `psa/crypto_config.h`).
pub fn crypto_header(effective: &Effective) -> String {
    let mut text = header(
        "casemate/crypto_config.h",
        "What of PSA Crypto this secure image has: PSA_WANT_* is 1, or is not defined.",
        "CASEMATE_CRYPTO_CONFIG_H",
    );
    for name in wanted(effective) {
        let _ = writeln!(text, "#define {name} 1");
    }
    text + "\n#endif\n"
}

/// The names of what an image has, in order.
fn wanted(effective: &Effective) -> Vec<String> {
    let mut services = effective
        .partitions()
        .iter()
        .flat_map(|partition| &partition.services);
    if services.all(|service| service.sid != CRYPTO.sid) {
        return Vec::new();
    }
    let keys = effective.settings().map(|setting| setting.key.name);
    let names = keys.filter_map(|key| key.strip_prefix("crypto.").map(|name| (key, name)));
    let switches = names.filter(|(_, name)| name.starts_with("psa_want_"));
    let mut found: Vec<String> = switches
        .filter(|(key, _)| effective.flag(key))
        .map(|(_, name)| name.to_ascii_uppercase())
        .collect();
    for (implied, causes) in IMPLIED {
        let is_there = |cause: &&str| {
            let cause = format!("PSA_WANT_ALG_{cause}");
            found.contains(&cause)
        };
        if causes.iter().any(is_there) {
            found.push(format!("PSA_WANT_{implied}"));
        }
    }
    // Without an algorithm that uses keys there is no management of keys.
    let has_keys = found
        .iter()
        .any(|name| name.starts_with("PSA_WANT_KEY_TYPE_"));
    if has_keys && effective.number("crypto.key_slots") != 0 {
        found.push("PSA_WANT_KEY_TYPE_RAW_DATA".into());
    }
    found.sort();
    found
}

/// Algorithms on the curve P-256.
const CURVE: &[&str] = &["ECDSA", "DETERMINISTIC_ECDSA", "ECDH"];
/// Algorithms with AES.
const AES: &[&str] = &[
    "CCM",
    "CBC_NO_PADDING",
    "CBC_PKCS7",
    "CTR",
    "CFB",
    "ECB_NO_PADDING",
    "GCM",
    "CMAC",
    "SP800_108_COUNTER_CMAC",
    "PBKDF2_AES_CMAC_PRF_128",
];
/// What no switch has of its own: it is there with any of these algorithms.
const IMPLIED: [(&str, &[&str]); 12] = [
    ("KEY_TYPE_AES", AES),
    ("AES_KEY_SIZE_128", AES),
    ("KEY_TYPE_HMAC", &["HMAC", "SP800_108_COUNTER_HMAC"]),
    ("KEY_TYPE_CHACHA20", &["STREAM_CIPHER", "CHACHA20_POLY1305"]),
    (
        "KEY_TYPE_DERIVE",
        &[
            "HKDF",
            "HKDF_EXTRACT",
            "HKDF_EXPAND",
            "TLS12_PRF",
            "TLS12_PSK_TO_MS",
        ],
    ),
    (
        "KEY_TYPE_PASSWORD",
        &["PBKDF2_HMAC", "PBKDF2_AES_CMAC_PRF_128"],
    ),
    ("ECC_SECP_R1_256", CURVE),
    ("KEY_TYPE_ECC_PUBLIC_KEY", CURVE),
    ("KEY_TYPE_ECC_KEY_PAIR_BASIC", CURVE),
    ("KEY_TYPE_ECC_KEY_PAIR_IMPORT", CURVE),
    ("KEY_TYPE_ECC_KEY_PAIR_EXPORT", CURVE),
    ("KEY_TYPE_ECC_KEY_PAIR_GENERATE", CURVE),
];

/// How a generated header begins.
fn header(name: &str, about: &str, guard: &str) -> String {
    format!(
        "/* SPDX-License-Identifier: Apache-2.0 */\n/**\n * @file {name}\n * {about} Generated \
         from the configuration.\n */\n#ifndef {guard}\n#define {guard}\n\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use configure::Request;
    use std::path::Path;

    fn effective(profile: &str, files: &[&str]) -> Effective {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        configure::load(&Request {
            files: files.iter().map(|file| root.join(file)).collect(),
            workspace: root,
            board: "an521".into(),
            profile: profile.into(),
            product: None,
            settings: Vec::new(),
        })
        .unwrap()
    }

    fn occurrences(text: &str, word: &str) -> usize {
        text.split_whitespace().filter(|one| *one == word).count()
    }

    #[test]
    fn what_an_image_has_is_what_its_switches_say() {
        let names = |profile| wanted(&effective(profile, &[]));
        assert_eq!(
            names("small"),
            [
                "PSA_WANT_AES_KEY_SIZE_128",
                "PSA_WANT_ALG_CCM",
                "PSA_WANT_ALG_HMAC",
                "PSA_WANT_ALG_SHA_256",
                "PSA_WANT_GENERATE_RANDOM",
                "PSA_WANT_KEY_TYPE_AES",
                "PSA_WANT_KEY_TYPE_HMAC",
                "PSA_WANT_KEY_TYPE_RAW_DATA",
            ]
        );
        assert_eq!(names("hash_only"), ["PSA_WANT_ALG_SHA_256"]);
        let full = names("full");
        for name in [
            "PSA_WANT_ALG_GCM",
            "PSA_WANT_ALG_ECDSA",
            "PSA_WANT_AES_KEY_SIZE_256",
            "PSA_WANT_ECC_SECP_R1_256",
            "PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_GENERATE",
            "PSA_WANT_KEY_TYPE_DERIVE",
            "PSA_WANT_KEY_TYPE_PASSWORD",
            "PSA_WANT_KEY_TYPE_CHACHA20",
        ] {
            assert!(full.iter().any(|one| one == name), "{name}");
        }
    }

    #[test]
    fn each_service_of_the_reference_is_named_once() {
        let with_updates = ["profiles/examples/firmware_update.toml"];
        for files in [&[][..], &with_updates] {
            let text = services_header(&effective("small", files));
            for (name, sid, number) in SERVICES_OF_THE_REFERENCE {
                assert_eq!(occurrences(&text, &format!("{name}_SID")), 1, "{name}");
                assert!(text.contains(&format!("{name}_SID ({sid:#010x}u)")));
                let handle = 0x4000_0100 + u32::from(number) - 1;
                assert!(text.contains(&format!("{name}_HANDLE ({handle:#010x})")));
            }
        }
    }
}
