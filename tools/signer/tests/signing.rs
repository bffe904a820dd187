// SPDX-License-Identifier: Apache-2.0
//! Keys, options and reports.

mod common;

use boot::{Version, boot_data};
use common::{SLOT_BYTES, device, key, options, payload, slot, valid_image};
use primitives::sha256::Sha256;
use signer::{
    Expected, Options, SecurityCounter, SignatureType, SigningKey, inspect, parse_version, sign,
};

#[test]
fn a_generated_key_signs() {
    let key = SigningKey::generate(SignatureType::Rsa3072).unwrap();
    let image = sign(&payload(), &key, &options()).unwrap();
    let device = common::Device {
        key_hash: key.public_key_hash().unwrap(),
        ..device()
    };
    assert!(boot::verify(&image, &device).is_ok());
    assert!(boot::verify(&image, &common::device()).is_err());
}

#[test]
fn versions_are_read() {
    let version = |major, minor, revision, build| Version {
        major,
        minor,
        revision,
        build,
    };
    for (text, expected) in [
        ("1", version(1, 0, 0, 0)),
        ("1.2", version(1, 2, 0, 0)),
        ("1.2.3", version(1, 2, 3, 0)),
        (
            "255.255.65535+4294967295",
            version(255, 255, 65535, u32::MAX),
        ),
        ("1+7", version(1, 0, 0, 7)),
    ] {
        assert_eq!(parse_version(text).unwrap(), expected);
    }
    for text in [
        "",
        "x",
        "1.",
        "1.2.3.4",
        "256",
        "1.256",
        "1.2.65536",
        "1.2.3+",
        "-1",
        "1.2.3+x",
    ] {
        assert!(parse_version(text).is_err(), "{text}");
    }
}

#[test]
fn the_counter_follows_the_version() {
    let version = parse_version("1.2.3+4").unwrap();
    assert_eq!(SecurityCounter::FromVersion.value(version), 0x0102_0003);
    assert_eq!(SecurityCounter::Value(9).value(version), 9);
    for (text, expected) in [
        ("auto", SecurityCounter::FromVersion),
        ("AUTO", SecurityCounter::FromVersion),
        ("10", SecurityCounter::Value(10)),
        ("0x1F", SecurityCounter::Value(31)),
        ("0b11", SecurityCounter::Value(3)),
        ("0o17", SecurityCounter::Value(15)),
        ("0xFFFFFFFF", SecurityCounter::Value(u32::MAX)),
    ] {
        assert_eq!(text.parse::<SecurityCounter>().unwrap(), expected);
    }
    for text in ["", "x", "0x", "-1", "0x100000000", "1.5"] {
        assert!(text.parse::<SecurityCounter>().is_err(), "{text}");
    }
}

#[test]
fn an_image_must_fit_into_its_slot() {
    let exact = valid_image().len() + 32;
    let with_slot = |slot_bytes| Options {
        slot_bytes: Some(slot_bytes),
        ..options()
    };
    assert!(sign(&payload(), &key(), &with_slot(exact)).is_ok());
    assert!(sign(&payload(), &key(), &with_slot(exact - 1)).is_err());
    assert!(sign(&payload(), &key(), &with_slot(0)).is_err());
    let no_slot = Options {
        slot_bytes: None,
        pad_to_slot: true,
        ..options()
    };
    assert!(sign(&payload(), &key(), &no_slot).is_err());
}

#[test]
fn options_that_have_no_representation_are_refused() {
    let small_header = Options {
        header_bytes: 31,
        ..options()
    };
    assert!(sign(&payload(), &key(), &small_header).is_err());
    let long_type = Options {
        software_type: Some("thirteen char".into()),
        ..options()
    };
    assert!(sign(&payload(), &key(), &long_type).is_err());
}

#[test]
fn a_padded_image_fills_its_slot_and_is_started() {
    let image = sign(
        &payload(),
        &key(),
        &Options {
            pad_to_slot: true,
            ..options()
        },
    )
    .unwrap();
    assert_eq!(image.len(), SLOT_BYTES);
    assert_eq!(image[SLOT_BYTES - 16..][..4], [0x77, 0xc2, 0x95, 0xf3]);
    assert!(boot::verify(&image, &device()).is_ok());
}

#[test]
fn the_measurement_reaches_the_firmware() {
    let slot = slot(&valid_image());
    let image = boot::verify(&slot, &device()).unwrap();
    let module = boot_data::Module::Secure;
    assert_eq!(module.boot_record_kind(), 0x113F);

    let mut area = [0xEE; 256];
    let mut writer = boot_data::Writer::new(&mut area).unwrap();
    writer
        .add_boot_record(module, image.boot_record().unwrap(), image.digest())
        .unwrap();
    let reader = boot_data::Reader::new(&area).unwrap();
    let record = reader.find(module.boot_record_kind()).unwrap();
    assert!(record.ends_with(image.digest()));
    assert_eq!(
        record[..9],
        [0xA5, 1, 0x63, b'S', b'P', b'E', 4, 0x65, b'0']
    );
    let signed_bytes = image.header().protected_area_bytes as usize + 0x400 + payload().len();
    assert_eq!(*image.digest(), Sha256::digest(&slot[..signed_bytes]));
}

#[test]
fn a_report_says_what_is_right_and_what_is_wrong() {
    let image = valid_image();
    let report = inspect(&slot(&image), &Expected::default());
    assert_eq!(report.refused, None);
    assert_eq!(report.image_bytes, Some(image.len()));
    assert!(report.checks.iter().all(|check| check.wrong.is_none()));
    assert_eq!(report.header.as_ref().unwrap().header_bytes, 0x400);
    assert_eq!(report.areas.len(), 2);
    assert_eq!(report.areas[0].entries[0].name, "SEC_CNT");
    assert_eq!(report.areas[0].entries[0].value, "05000000");
    assert!(
        serde_json::to_string(&report)
            .unwrap()
            .contains("\"refused\":null")
    );

    let expected = Expected {
        key_hash: Some([0; 32]),
        signature_type: Some(SignatureType::Ed25519),
        security_counter: 6,
        ..Expected::default()
    };
    let mut changed = image;
    changed[0x400] ^= 1;
    let report = inspect(&changed, &expected);
    let refused = "TLV type not allowed here";
    assert_eq!(report.refused, Some(refused));
    let wrong: Vec<_> = report
        .checks
        .iter()
        .filter_map(|check| check.wrong.as_deref())
        .collect();
    let all = [
        "wrong hash",
        "rsa3072, the device verifies ed25519",
        "wrong key",
        "wrong signature",
        "security counter too low",
    ];
    assert_eq!(wrong, all);
    assert!(
        report
            .to_string()
            .ends_with("a device refuses this image: TLV type not allowed here")
    );
}

#[test]
fn a_report_judges_every_type_of_signature() {
    for signature_type in SignatureType::ALL {
        let key = common::key_of(signature_type);
        let image = sign(&payload(), &key, &options()).unwrap();
        let expected = Expected {
            signature_type: Some(signature_type),
            key_hash: Some(key.public_key_hash().unwrap()),
            security_counter: common::DEVICE_COUNTER,
            ..Expected::default()
        };
        let report = inspect(&slot(&image), &expected);
        assert_eq!(report.refused, None, "{signature_type}");
        assert!(report.checks.iter().all(|check| check.wrong.is_none()));
        assert_eq!(report.signature_type, Some(signature_type));
        let named = format!("\"signature_type\":\"{signature_type}\"");
        assert!(serde_json::to_string(&report).unwrap().contains(&named));
        assert!(
            report.areas[1]
                .entries
                .iter()
                .all(|entry| entry.name != "unknown")
        );

        let mut changed = image;
        *changed.last_mut().unwrap() ^= 1;
        let report = inspect(&changed, &expected);
        let wrong = report
            .checks
            .iter()
            .filter_map(|check| check.wrong.as_deref());
        assert_eq!(
            wrong.collect::<Vec<_>>(),
            ["wrong signature"],
            "{signature_type}"
        );
        assert_eq!(report.refused, Some("wrong signature"), "{signature_type}");
    }
}

#[test]
fn a_report_of_noise_is_a_report() {
    for length in 0..valid_image().len() {
        let report = inspect(&valid_image_prefix(length), &Expected::default());
        assert!(report.refused.is_some());
    }
    let report = inspect(b"", &Expected::default());
    assert_eq!(report.refused, Some("header truncated"));
}

fn valid_image_prefix(length: usize) -> Vec<u8> {
    static IMAGE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    IMAGE.get_or_init(valid_image)[..length].to_vec()
}
