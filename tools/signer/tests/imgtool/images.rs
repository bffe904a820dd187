// SPDX-License-Identifier: Apache-2.0
//! Images that either tool has signed, and the other one verifies.

use boot::tlv::Area;
use signer::{Options, PublicKeyFormat, SecurityCounter, SignatureType, SigningKey, sign};

use crate::common::{device, key_of, key_path, key_path_of, payload, slot};
use crate::tool::{directory, imgtool, imgtool_succeeds, options, signed_by_imgtool, signed_with};

#[test]
fn imgtool_verifies_our_image() {
    for signature_type in SignatureType::ALL {
        imgtool_verifies(signature_type);
    }
}

fn imgtool_verifies(signature_type: SignatureType) {
    let directory = directory(&format!("verify_{signature_type}"));
    for (name, options) in [
        (
            "plain",
            Options {
                software_type: None,
                ..options()
            },
        ),
        ("record", options()),
        (
            "padded",
            Options {
                pad_to_slot: true,
                ..options()
            },
        ),
        (
            "key_hash",
            Options {
                public_key_format: PublicKeyFormat::Hash,
                ..options()
            },
        ),
    ] {
        let path = directory.join(format!("{name}.bin"));
        if signature_type != SignatureType::Rsa3072 && name != "record" {
            continue;
        }
        let image = sign(&payload(), &key_of(signature_type), &options).unwrap();
        std::fs::write(&path, image).unwrap();
        let (key, path) = (
            key_path_of(signature_type),
            path.to_str().unwrap().to_owned(),
        );
        let Some(text) = imgtool_succeeds(&["verify", "--key", key.to_str().unwrap(), &path])
        else {
            return;
        };
        assert!(text.contains("Image was correctly validated"), "{text}");
        assert!(text.contains("1.2.3+4"), "{text}");
        imgtool_succeeds(&["dumpinfo", &path]);
    }
}

#[test]
fn imgtool_refuses_our_image_with_another_key() {
    let directory = directory("refuse");
    let path = directory.join("image.bin");
    let other = SigningKey::generate(SignatureType::Rsa3072).unwrap();
    std::fs::write(&path, sign(&payload(), &other, &options()).unwrap()).unwrap();
    let key = key_path();
    let Some(output) = imgtool(&[
        "verify",
        "--key",
        key.to_str().unwrap(),
        path.to_str().unwrap(),
    ]) else {
        return;
    };
    assert!(!output.status.success());
}

#[test]
fn an_image_of_imgtool_is_started() {
    let more = ["--security-counter", "6", "--boot-record", "SPE"];
    let Some(theirs) = signed_by_imgtool("started", &more) else {
        return;
    };
    let slot = slot(&theirs);
    let image = boot::verify(&slot, &device()).unwrap();
    assert_eq!(image.payload(), payload());
    assert_eq!(image.security_counter(), 6);
    assert!(image.boot_record().is_some());
}

/// Everything but what is random in a signature; nothing is in one of Ed25519.
#[test]
fn both_tools_make_the_same_bytes() {
    for signature_type in SignatureType::ALL {
        let cases: [(&str, &[&str], Options); 5] = [
            (
                "same_plain",
                &["--security-counter", "6"],
                Options {
                    software_type: None,
                    ..options()
                },
            ),
            (
                "same_record",
                &["--security-counter", "6", "--boot-record", "SPE"],
                options(),
            ),
            (
                "same_auto",
                &[
                    "--security-counter",
                    "auto",
                    "--boot-record",
                    "twelve chars",
                ],
                Options {
                    security_counter: SecurityCounter::FromVersion,
                    software_type: Some("twelve chars".into()),
                    ..options()
                },
            ),
            (
                "same_key_hash",
                &[
                    "--security-counter",
                    "6",
                    "--boot-record",
                    "SPE",
                    "--public-key-format",
                    "hash",
                ],
                Options {
                    public_key_format: PublicKeyFormat::Hash,
                    ..options()
                },
            ),
            (
                "same_padded",
                &[
                    "--security-counter",
                    "6",
                    "--boot-record",
                    "SPE",
                    "--pad",
                    "--overwrite-only",
                ],
                Options {
                    pad_to_slot: true,
                    ..options()
                },
            ),
        ];
        for (name, more, options) in cases {
            // Each run of imgtool takes its time: what does not depend on the type is tried once.
            let is_special = ["same_record", "same_key_hash"].contains(&name);
            if signature_type != SignatureType::Rsa3072 && !is_special {
                continue;
            }
            let Some(theirs) = signed_with(signature_type, name, more) else {
                return;
            };
            let ours = sign(&payload(), &key_of(signature_type), &options).unwrap();
            assert!(fixed(&ours) == fixed(&theirs), "{name}, {signature_type}");
            let both = (ours.len(), theirs.len());
            let is_fixed = options.pad_to_slot || signature_type != SignatureType::EcdsaP256;
            assert!(!is_fixed || both.0 == both.1, "{name}, {signature_type}");
        }
    }
}

type Fixed<'a> = (&'a [u8], Vec<(u16, &'a [u8])>, &'a [u8]);

/// What no signature changes: the signed part, the entries behind it but for the value of the
/// signature, what follows the image in a slot.
fn fixed(image: &[u8]) -> Fixed<'_> {
    let header = boot::Header::read(image).unwrap();
    let signed_bytes = usize::from(header.header_bytes)
        + header.payload_bytes as usize
        + usize::from(header.protected_area_bytes);
    let (signed, rest) = image.split_at(signed_bytes);
    let (area, area_bytes) = Area::read(rest).unwrap();
    let entries = area.map(|entry| {
        let entry = entry.unwrap();
        let is_signature = SignatureType::of_tlv_kind(entry.kind)
            .is_some_and(|signature_type| signature_type != SignatureType::Ed25519);
        let value = if is_signature { &[] } else { entry.value };
        (entry.kind, value)
    });
    let behind = &rest[area_bytes..];
    let erased_bytes = behind.iter().take_while(|byte| **byte == 0xFF).count();
    (signed, entries.collect(), &behind[erased_bytes..])
}

/// Without `--public-key-format full`; the message says what to type.
#[test]
fn an_image_of_imgtool_with_the_hash_of_the_key_is_explained() {
    let more = ["--security-counter", "6", "--public-key-format", "hash"];
    let Some(theirs) = signed_by_imgtool("key_hash", &more) else {
        return;
    };
    let error = boot::verify(&slot(&theirs), &device()).unwrap_err();
    assert!(error.as_str().contains("--public-key-format full"));
}
