// SPDX-License-Identifier: Apache-2.0
//! Chosen vectors of the algorithms that only the profile of all algorithms has.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![allow(unsafe_code)] // exports `main`, which the reset code calls

#[cfg(target_os = "none")]
mod application {
    use an521_nonsecure::{print_line, semihosting};
    use client::derivation::Derivation;
    use client::veneers::Veneers;
    use client::{Status, agreement, hash, key, mac, signature};
    use psa::crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Step, Usage};

    const TESTS: &[(&str, fn())] = &[
        ("full::wide_hashes_and_codes", wide_hashes_and_codes),
        ("full::keys_are_derived", keys_are_derived),
        ("full::passwords_are_stretched", passwords_are_stretched),
        ("full::signatures_are_those_of_rfc_6979", signatures),
        ("full::both_sides_agree", both_sides_agree),
    ];

    const SHA_256: Algorithm = Algorithm::SHA_256;
    const PAIR: KeyType = KeyType::ECC_KEY_PAIR_SECP_R1;
    const USES: Usage = Usage(0xFF07);

    /// Bytes from hexadecimal digits.
    const fn hex<const BYTES: usize>(digits: &str) -> [u8; BYTES] {
        let digits = digits.as_bytes();
        assert!(digits.len() == 2 * BYTES);
        let mut bytes = [0; BYTES];
        let mut index = 0;
        while index < digits.len() {
            let digit = (digits[index] as char).to_digit(16).unwrap();
            bytes[index / 2] = bytes[index / 2] << 4 | digit as u8;
            index += 1;
        }
        bytes
    }

    fn import(key_type: KeyType, algorithm: Algorithm, data: &[u8]) -> KeyId {
        let attributes = KeyAttributes::new(key_type, 0, USES, algorithm);
        key::import(&Veneers, &attributes, data).unwrap()
    }

    fn wide_hashes_and_codes() {
        let mut digest = [0; 64];
        let computed = hash::compute(&Veneers, Algorithm::SHA_512, b"abc", &mut digest);
        assert_eq!(computed, Ok(64));
        let expected = hex(
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
             2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        );
        assert_eq!(digest, expected);
        // RFC 4231, case 2.
        let hmac = Algorithm::hmac(Algorithm::SHA_384);
        let key = import(KeyType::HMAC, hmac, b"Jefe");
        let mut code = [0; 48];
        let message = b"what do ya want for nothing?";
        assert_eq!(
            mac::compute(&Veneers, key, hmac, message, &mut code),
            Ok(48)
        );
        let expected = hex(
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e\
             8e2240ca5e69e2c78b3239ecfab21649",
        );
        assert_eq!(code, expected);
        key::destroy(&Veneers, key).unwrap();
    }

    /// RFC 5869, A.1.
    fn keys_are_derived() {
        let hkdf = Algorithm::hkdf(SHA_256);
        let secret = import(KeyType::DERIVE, hkdf, &[0x0B; 22]);
        let mut derivation = Derivation::setup(&Veneers, hkdf).unwrap();
        let salt: [u8; 13] = hex("000102030405060708090a0b0c");
        let info: [u8; 10] = hex("f0f1f2f3f4f5f6f7f8f9");
        derivation.input_bytes(Step::SALT, &salt).unwrap();
        derivation.input_key(Step::SECRET, secret).unwrap();
        derivation.input_bytes(Step::INFO, &info).unwrap();
        assert_eq!(derivation.capacity(), Ok(255 * 32));
        derivation.set_capacity(42).unwrap();
        let raw = KeyAttributes::new(KeyType::RAW_DATA, 80, USES, Algorithm::NONE);
        let first = derivation.output_key(&raw).unwrap();
        let mut output = [0; 42];
        key::export(&Veneers, first, &mut output).unwrap();
        derivation.output_bytes(&mut output[10..]).unwrap();
        let expected = hex(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf\
             34007208d5b887185865",
        );
        assert_eq!(output, expected);
        let more = derivation.output_bytes(&mut [0]);
        assert_eq!(more, Err(Status::INSUFFICIENT_DATA));
        key::destroy(&Veneers, first).unwrap();
        key::destroy(&Veneers, secret).unwrap();
    }

    /// RFC 7914, 11.
    fn passwords_are_stretched() {
        let pbkdf2 = Algorithm::pbkdf2_hmac(SHA_256);
        let mut derivation = Derivation::setup(&Veneers, pbkdf2).unwrap();
        derivation.input_integer(Step::COST, 1).unwrap();
        derivation.input_bytes(Step::SALT, b"salt").unwrap();
        derivation.input_bytes(Step::PASSWORD, b"passwd").unwrap();
        let mut output = [0; 64];
        derivation.output_bytes(&mut output).unwrap();
        let expected = hex(
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc\
             49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
        );
        assert_eq!(output, expected);
    }

    /// RFC 6979, A.2.5.
    const KEY: [u8; 32] = hex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
    const POINT: [u8; 65] = hex(
        "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6\
         7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
    );

    fn signatures() {
        let algorithm = Algorithm::deterministic_ecdsa(SHA_256);
        let key = import(PAIR, algorithm, &KEY);
        let mut bytes = [0; 65];
        assert_eq!(key::export_public(&Veneers, key, &mut bytes), Ok(65));
        assert_eq!(bytes, POINT);
        let expected: [u8; 64] = hex(
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716\
             f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        );
        let signed = signature::sign_message(&Veneers, key, algorithm, b"sample", &mut bytes);
        assert_eq!(signed, Ok(64));
        assert_eq!(bytes[..64], expected);
        let public = import(KeyType::ECC_PUBLIC_KEY_SECP_R1, algorithm, &POINT);
        let verify = |message: &[u8]| {
            signature::verify_message(&Veneers, public, algorithm, message, &expected)
        };
        assert_eq!(verify(b"sample"), Ok(()));
        assert_eq!(verify(b"simple"), Err(Status::INVALID_SIGNATURE));
        key::destroy(&Veneers, public).unwrap();
        key::destroy(&Veneers, key).unwrap();
    }

    fn both_sides_agree() {
        let ecdh = Algorithm::ECDH;
        let own = import(PAIR, ecdh, &KEY);
        let attributes = KeyAttributes::new(PAIR, 256, USES, ecdh);
        let other = key::generate(&Veneers, &attributes).unwrap();
        let mut point = [0; 65];
        key::export_public(&Veneers, other, &mut point).unwrap();
        let (mut one, mut two) = ([0; 32], [0; 32]);
        let agree = agreement::raw_key_agreement;
        assert_eq!(agree(&Veneers, ecdh, own, &point, &mut one), Ok(32));
        assert_eq!(agree(&Veneers, ecdh, other, &POINT, &mut two), Ok(32));
        assert_eq!(one, two);
        point[64] ^= 1;
        let refused = agree(&Veneers, ecdh, own, &point, &mut one);
        assert_eq!(refused, Err(Status::INVALID_ARGUMENT));
        // The secret goes into a derivation without coming out.
        let combined = ecdh.with_derivation(Algorithm::hkdf(SHA_256));
        let mut derivation = Derivation::setup(&Veneers, combined).unwrap();
        derivation.key_agreement(Step::SECRET, own, &POINT).unwrap();
        derivation.input_bytes(Step::INFO, b"").unwrap();
        derivation.output_bytes(&mut one).unwrap();
        assert_ne!(one, two);
        key::destroy(&Veneers, own).unwrap();
        key::destroy(&Veneers, other).unwrap();
    }

    #[unsafe(no_mangle)]
    extern "C" fn main() -> ! {
        for (name, test) in TESTS {
            test();
            print_line!("test {name} ... ok");
        }
        semihosting::exit(0)
    }
}

#[cfg(not(target_os = "none"))]
fn main() {}
