// SPDX-License-Identifier: Apache-2.0
//! Files of keys: all types and forms, and what is said of keys that cannot sign.

mod common;

use clap::ValueEnum as _;
use common::key_of;
use p256::pkcs8::Document;
use signer::{FileKind, Payload, PublicKey, SignatureType, SigningKey};

/// Of the curve P-256, by `openssl ecparam -name prime256v1 -genkey`.
const SEC1: &str = "-----BEGIN EC PARAMETERS-----
BggqhkjOPQMBBw==
-----END EC PARAMETERS-----
-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIBNtEOhYnT66dk71hUvPg9lHNYn3je1qzmTHVwZ6UoRfoAoGCCqGSM49
AwEHoUQDQgAE+EGXZ+pTlonsaNEluf0+6P/QlNZ+wTfKzUZtAQaMH1hkes1uoSEp
UMP2GnpSp1FOELNERzlTVrKytyVX4HvBqg==
-----END EC PRIVATE KEY-----
";
/// The point of that key.
const SEC1_POINT: &str = "04f8419767ea539689ec68d125b9fd3ee8ffd094d67ec137cacd466d01068c1f58647acd\
                          6ea1212950c3f61a7a52a7514e10b34447395356b2b2b72557e07bc1aa";
/// `openssl genpkey -algorithm X25519`.
const X25519: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VuBCIEIAhjBWTrBdO79mGRkzU8oFObSdLyKHXFDX4vnMsfGYJT
-----END PRIVATE KEY-----
";
/// `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384`.
const P384: &str = "-----BEGIN PRIVATE KEY-----
MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDCTm2NaBycxngjoB5Sy
ZsnpIBR5tnx+nJZVFAAid8KOLilGbCzNrCR5i1n+d9AIpO6hZANiAAR0Q1WQQQgb
WvAtp+peDLCCyMH/E/DxmdbaY+xFI25qft5/zzjGM4c2P5YZsDmW+AgGegeog/q1
B3OLhg3wgycf7HeVglMWQvp1tFoQ6iWKcVvpMVg3qs+IlVuaXjZ8waY=
-----END PRIVATE KEY-----
";
/// The same key by `openssl ec`, and its public half by `openssl pkey -pubout`.
const P384_SEC1: &str = "-----BEGIN EC PRIVATE KEY-----
MIGkAgEBBDCTm2NaBycxngjoB5SyZsnpIBR5tnx+nJZVFAAid8KOLilGbCzNrCR5
i1n+d9AIpO6gBwYFK4EEACKhZANiAAR0Q1WQQQgbWvAtp+peDLCCyMH/E/Dxmdba
Y+xFI25qft5/zzjGM4c2P5YZsDmW+AgGegeog/q1B3OLhg3wgycf7HeVglMWQvp1
tFoQ6iWKcVvpMVg3qs+IlVuaXjZ8waY=
-----END EC PRIVATE KEY-----
";
const P384_PUBLIC: &str = "-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEdENVkEEIG1rwLafqXgywgsjB/xPw8ZnW
2mPsRSNuan7ef884xjOHNj+WGbA5lvgIBnoHqIP6tQdzi4YN8IMnH+x3lYJTFkL6
dbRaEOolinFb6TFYN6rPiJVbml42fMGm
-----END PUBLIC KEY-----
";

#[test]
fn keys_survive_their_file() {
    for signature_type in SignatureType::ALL {
        let key = key_of(signature_type);
        assert_eq!(key.signature_type(), signature_type);
        let again = SigningKey::from_pem(&key.to_pem().unwrap()).unwrap();
        assert_eq!(again.signature_type(), signature_type);
        assert_eq!(again.public_key().unwrap(), key.public_key().unwrap());
    }
}

#[test]
fn generated_keys_are_of_their_type_and_differ() {
    // RSA-3072 is generated where it signs: it takes its time.
    for signature_type in [SignatureType::EcdsaP256, SignatureType::Ed25519] {
        let generate = || SigningKey::generate(signature_type).unwrap();
        let (key, other) = (generate(), generate());
        assert_eq!(key.signature_type(), signature_type);
        assert_ne!(key.public_key().unwrap(), other.public_key().unwrap());
    }
}

#[test]
fn public_keys_are_encoded_as_in_images() {
    let encoded = |signature_type| key_of(signature_type).public_key().unwrap();
    let of_2048_bits = encoded(SignatureType::Rsa2048);
    assert_eq!(of_2048_bits[..9], [0x30, 0x82, 1, 0x0A, 2, 0x82, 1, 1, 0]);
    assert_eq!(of_2048_bits.len(), 270);
    let of_3072_bits = encoded(SignatureType::Rsa3072);
    assert_eq!(
        of_3072_bits[..9],
        [0x30, 0x82, 1, 0x8A, 2, 0x82, 1, 0x81, 0]
    );
    assert_eq!(of_3072_bits.len(), 398);
    let on_a_curve = encoded(SignatureType::EcdsaP256);
    let head = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";
    assert_eq!(hex::encode(&on_a_curve[..27]), head);
    assert_eq!(on_a_curve.len(), 91);
    let edwards = encoded(SignatureType::Ed25519);
    assert_eq!(hex::encode(&edwards[..12]), "302a300506032b6570032100");
    assert_eq!(edwards.len(), 44);
}

#[test]
fn older_forms_are_read() {
    let key = SigningKey::from_pem(&format!("text before\n{SEC1}text behind\n")).unwrap();
    assert_eq!(key.signature_type(), SignatureType::EcdsaP256);
    assert_eq!(hex::encode(&key.public_key().unwrap()[26..]), SEC1_POINT);
}

#[test]
fn names_are_those_of_the_configuration() {
    for signature_type in SignatureType::ALL {
        let name = signature_type.name();
        assert_eq!(SignatureType::named(name).unwrap(), signature_type);
        assert_eq!(SignatureType::from_str(name, false), Ok(signature_type));
        assert_eq!(signature_type.to_string(), name);
        let quoted = serde_json::to_string(&signature_type).unwrap();
        assert_eq!(quoted, format!("\"{name}\""));
        let kind = signature_type.tlv_kind();
        assert_eq!(SignatureType::of_tlv_kind(kind), Some(signature_type));
    }
    assert!(SignatureType::named("rsa1024").is_err());
    assert_eq!(SignatureType::of_tlv_kind(0x10), None);
}

#[test]
fn keys_that_cannot_sign_are_explained() {
    let block = |label: &str| format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n");
    let parameters_only = &SEC1[..SEC1.find("-----BEGIN EC PRIVATE").unwrap()];
    for (pem, expected) in [
        (String::new(), "no PEM block"),
        (parameters_only.into(), "no PEM block"),
        ("-----BEGIN PUBLIC KEY-----".into(), "private key is needed"),
        (block("PUBLIC KEY"), "private key is needed"),
        (block("ENCRYPTED PRIVATE KEY"), "encrypted"),
        (
            SEC1.replace("AwEH", "Proc-Type: 4,ENCRYPTED\nAwEH"),
            "encrypted",
        ),
        (block("PRIVATE KEY"), "PKCS#8"),
        (block("RSA PRIVATE KEY"), "PKCS#1"),
        (block("EC PRIVATE KEY"), "SEC 1"),
        (block("CERTIFICATE"), "'CERTIFICATE'"),
        (X25519.into(), "no boot ROM verifies"),
        (P384.into(), "another curve than P-256: P-384"),
        (P384_SEC1.into(), "another curve than P-256: P-384"),
    ] {
        let error = format!("{:#}", SigningKey::from_pem(&pem).unwrap_err());
        assert!(error.contains(expected), "{pem}: {error}");
    }
}

/// The guard against published keys knows all that there are, and no other.
#[test]
fn the_published_keys_are_those_of_the_repository() {
    let folder = common::key_path().parent().unwrap().to_owned();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|extension| extension == "pem") {
            let key = SigningKey::from_pem(&std::fs::read_to_string(&file).unwrap()).unwrap();
            found.push(key.public_key_hash().unwrap());
        }
    }
    let mut known = boot::keys::PUBLISHED.to_vec();
    known.sort_unstable();
    found.sort_unstable();
    assert_eq!(known, found);
}

#[test]
fn a_file_that_holds_no_key_in_pem_says_what_it_is() {
    let key = key_of(SignatureType::EcdsaP256);
    let der = |pem: &str| {
        let (_, document) = Document::from_pem(pem).unwrap();
        document.as_bytes().to_vec()
    };
    let private = der(&key.to_pem().unwrap());
    let image = common::valid_image();
    for (content, words) in [
        (&private[..], "in DER: `openssl pkey -inform DER"),
        (&key.public_key().unwrap(), "with `-pubin` of a public one"),
        (
            &key_of(SignatureType::Rsa3072).public_key().unwrap(),
            "in DER",
        ),
        (&der(P384), "in DER"),
        (&image, "an image that is signed already"),
        (b"\x7FELF\x01", "a linked program"),
        (b":100000000000013809040080", "objcopy -I ihex"),
        (&[0xFF, 0xFE, 0x00], "no text"),
        (b"", "no PEM block"),
        (b"none", "no PEM block"),
    ] {
        for error in [
            SigningKey::from_file(content).map(drop).unwrap_err(),
            PublicKey::from_file(content).map(drop).unwrap_err(),
        ] {
            assert!(format!("{error:#}").contains(words), "{words}: {error:#}");
        }
    }
    let error = PublicKey::from_file(P384_PUBLIC.as_bytes()).unwrap_err();
    assert!(error.to_string().contains("P-384"), "{error}");
    let pem = key.to_pem().unwrap();
    assert!(SigningKey::from_file(pem.as_bytes()).is_ok());
    assert!(PublicKey::from_file(pem.as_bytes()).is_ok());
}

#[test]
fn a_file_that_is_no_payload_says_what_it_is() {
    let pem = key_of(SignatureType::Ed25519).to_pem().unwrap();
    for (content, words) in [
        (pem.as_bytes(), "in PEM"),
        (&common::valid_image(), "signed already"),
        (b":100000000000013809040080", "objcopy -I ihex"),
    ] {
        let error = Payload::from_file(content, 0).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    // A payload is not taken for anything else.
    assert_eq!(FileKind::of(&common::payload()), None);
    assert_eq!(FileKind::of(&[0x30, 0x82, 0x01, 0x00, 0x05]), None);
    assert_eq!(FileKind::of(&common::valid_image()), Some(FileKind::Image));
}
