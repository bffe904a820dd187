// SPDX-License-Identifier: Apache-2.0
//! Interoperation with the public `imgtool`, both ways. The command comes from the variable
//! `CASEMATE_IMGTOOL` or from the path; without it these tests say so and do nothing.

mod common;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use boot::tlv::Area;
use boot::trailer;
use boot::{Placement, Trust, Version};
use common::{Device, SLOT_BYTES, device, key_of, key_path, key_path_of, payload, slot};
use signer::{Options, PublicKeyFormat, SecurityCounter, SignatureType, SigningKey, sign};

/// Runs `imgtool`; nothing if there is none.
fn imgtool(arguments: &[&str]) -> Option<Output> {
    let named = std::env::var("CASEMATE_IMGTOOL").ok();
    let program = named.clone().unwrap_or_else(|| "imgtool".into());
    match Command::new(&program).args(arguments).output() {
        Ok(output) => Some(output),
        Err(error) => {
            assert!(named.is_none(), "CASEMATE_IMGTOOL={program}: {error}");
            let note = "SKIPPED: no imgtool on the path, and CASEMATE_IMGTOOL is not set\n";
            // What `eprintln!` prints is hidden when a test succeeds.
            std::io::stderr().write_all(note.as_bytes()).unwrap();
            None
        }
    }
}

/// Runs `imgtool` and returns what it printed, which must be a success.
fn imgtool_succeeds(arguments: &[&str]) -> Option<String> {
    let output = imgtool(arguments)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "imgtool {arguments:?}: {text}{errors}"
    );
    Some(text)
}

/// A directory of its own, removed when the test succeeds.
fn directory(name: &str) -> std::path::PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn options() -> Options {
    Options {
        version: Version {
            major: 1,
            minor: 2,
            revision: 3,
            build: 4,
        },
        security_counter: SecurityCounter::Value(6),
        software_type: Some("SPE".into()),
        slot_bytes: Some(SLOT_BYTES),
        ..Options::default()
    }
}

/// Signs with `imgtool`, the key for development with RSA-3072 and the options of [`options`], and
/// with more.
fn signed_by_imgtool(name: &str, more: &[&str]) -> Option<Vec<u8>> {
    signed_with(SignatureType::Rsa3072, name, more)
}

/// The same with the key for development of this type.
fn signed_with(signature_type: SignatureType, name: &str, more: &[&str]) -> Option<Vec<u8>> {
    let name = &format!("{name}_{signature_type}");
    let directory = directory(name);
    let (input, output) = (directory.join("payload.bin"), directory.join("signed.bin"));
    std::fs::write(&input, payload()).unwrap();
    let (key, slot_bytes) = (key_path_of(signature_type), SLOT_BYTES.to_string());
    let (key, input, out) = (
        key.to_str().unwrap(),
        input.to_str().unwrap(),
        output.to_str().unwrap(),
    );
    let mut arguments = vec![
        "sign",
        "--key",
        key,
        "--public-key-format",
        "full",
        "--align",
        "4",
    ];
    arguments.extend([
        "--version",
        "1.2.3+4",
        "--header-size",
        "0x400",
        "--pad-header",
    ]);
    arguments.extend(["--slot-size", &slot_bytes]);
    arguments.extend(more);
    arguments.extend([input, out]);
    imgtool_succeeds(&arguments)?;
    Some(std::fs::read(output).unwrap())
}

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

/// Options that this device does not support, and values that are free for every vendor.
#[test]
fn options_of_imgtool() {
    let counter = ["--security-counter", "6"];
    let cases: [(&str, &[&str], Option<boot::Error>); 10] = [
        ("no_counter", &[], Some(boot::Error::CounterMissing)),
        (
            "low_counter",
            &["-s", "4"],
            Some(boot::Error::CounterTooLow),
        ),
        (
            "ram_load",
            &["-s", "6", "--load-addr", "0x38000000"],
            Some(boot::Error::RamLoad),
        ),
        (
            "non_bootable",
            &["-s", "6", "--non-bootable"],
            Some(boot::Error::NonBootable),
        ),
        (
            "dependency_on_itself",
            &["-s", "6", "--dependencies", "(0, 1.2.3+4)"],
            None,
        ),
        (
            "dependency_on_an_older_one",
            &["-s", "6", "--dependencies", "(0, 1.2.2+9), (0, 0.9.0+0)"],
            None,
        ),
        (
            "dependency_on_a_later_one",
            &["-s", "6", "--dependencies", "(0, 1.2.3+5)"],
            Some(boot::Error::DependencyNotMet),
        ),
        (
            "dependency_on_another",
            &["-s", "6", "--dependencies", "(0, 1.0.0), (1, 1.2.3+0)"],
            Some(boot::Error::DependencyNotMet),
        ),
        (
            "vendor",
            &["-s", "6", "--custom-tlv", "0x00a1", "0x1234"],
            None,
        ),
        ("counter", &counter, None),
    ];
    for (name, more, expected) in cases {
        let Some(theirs) = signed_by_imgtool(name, more) else {
            return;
        };
        assert_eq!(
            boot::verify(&slot(&theirs), &device()).err(),
            expected,
            "{name}"
        );
    }
}

#[test]
fn the_trailer_of_imgtool_asks_for_a_trial_or_for_good() {
    for (name, more, stays) in [
        ("padded", &["-s", "6", "--pad"][..], false),
        ("confirmed", &["-s", "6", "--pad", "--confirm"][..], true),
    ] {
        let Some(theirs) = signed_by_imgtool(name, more) else {
            return;
        };
        assert_eq!(theirs.len(), SLOT_BYTES);
        assert!(boot::verify(&theirs, &device()).is_ok(), "{name}");
        assert!(trailer::requested(&theirs).is_some(), "{name}");
        assert_eq!(trailer::Flag::ImageOk.is_set(&theirs), stays, "{name}");
        assert_eq!(trailer::Flag::ImageOk.is_erased(&theirs), !stays, "{name}");
        assert!(trailer::Flag::CopyDone.is_erased(&theirs), "{name}");
    }
}

/// A device that knows where it runs images.
struct Placed(Device);

impl Trust for Placed {
    fn accepts_key(&self, key_hash: &[u8; 32]) -> bool {
        self.0.accepts_key(key_hash)
    }

    fn security_counter(&self) -> u32 {
        self.0.security_counter()
    }

    fn placement(&self) -> Option<Placement> {
        Some(common::PLACEMENT)
    }
}

/// Every option that changes the header, or what a device does with the image: it runs, or it is
/// refused with its reason. None is installed to fault at every start.
#[test]
fn options_that_move_an_image() {
    use boot::Error::{Encrypted, RamLoad, UnsupportedFlags, WrongHeaderSize, WrongMagic};
    let encryption_key = key_path_of(SignatureType::EcdsaP256);
    let encryption_key = encryption_key.to_str().unwrap();
    let cases: [(&str, &[&str], Option<boot::Error>); 12] = [
        ("as_it_is", &[], None),
        ("header_0x20", &["-H", "0x20"], Some(WrongHeaderSize)),
        ("header_0x200", &["-H", "0x200"], Some(WrongHeaderSize)),
        ("header_0x404", &["-H", "0x404"], Some(WrongHeaderSize)),
        ("header_0x800", &["-H", "0x800"], Some(WrongHeaderSize)),
        ("align_8", &["--align", "8", "--pad"], None),
        ("max_align_8", &["--max-align", "8", "--pad"], None),
        ("erased_0", &["--erased-val", "0", "--pad"], None),
        ("rom_fixed", &["-F", "0x80100000"], Some(UnsupportedFlags)),
        ("load_addr", &["-L", "0x38000000"], Some(RamLoad)),
        ("big_endian", &["--endian", "big"], Some(WrongMagic)),
        ("encrypted", &["-E", encryption_key], Some(Encrypted)),
    ];
    for (name, more, expected) in cases {
        let more = [&["-s", "6"], more].concat();
        // Of RSA keys `imgtool` encrypts with small ones only; the flag is seen before any key.
        let signature_type = match expected {
            Some(Encrypted) => SignatureType::EcdsaP256,
            _ => SignatureType::Rsa3072,
        };
        let Some(theirs) = signed_with(signature_type, &format!("moved_{name}"), &more) else {
            return;
        };
        let slot = slot(&theirs);
        let refused = boot::verify(&slot, &Placed(device())).err();
        assert_eq!(refused, expected, "{name}");
        if theirs.len() == SLOT_BYTES {
            assert!(trailer::requested(&theirs).is_some(), "{name}");
            assert!(signer::check_trailer(&theirs).is_ok(), "{name}");
        }
    }
}

/// Their magic is another one: no boot ROM with fields of 8 bytes sees a request.
#[test]
fn a_trailer_for_larger_units_is_told() {
    for unit in ["16", "32"] {
        let more = ["-s", "6", "--pad", "--max-align", unit];
        let Some(theirs) = signed_by_imgtool(&format!("max_align_{unit}"), &more) else {
            return;
        };
        assert_eq!(trailer::requested(&theirs), None);
        let error = signer::check_trailer(&theirs).unwrap_err().to_string();
        let words = format!("units of {unit} bytes");
        assert!(error.contains(&words), "{error}");
        assert!(error.contains("--max-align 8"), "{error}");
        let report = signer::inspect(&theirs, &signer::Expected::default());
        let trailer = report.checks.iter().find(|check| check.name == "trailer");
        assert_eq!(trailer.and_then(|check| check.wrong.clone()), Some(error));
    }
}
