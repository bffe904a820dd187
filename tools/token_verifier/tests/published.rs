// SPDX-License-Identifier: Apache-2.0
//! The example tokens published with the drafts of RFC 9783, with the keys that made them. They
//! have the boot seed under label 2397, which the RFC did not keep: it is a claim without
//! meaning here.

use token_verifier::{Error, Expected, Key, Profile, Proof, verify};

/// The symmetric key, 64 bytes.
const MAC0_IAK: &str = "de038b34aca125768c5e3357ab8d06b367b9ab0d7e8be124edca47fe033a5bb7\
                        a93d307ff229aa36ff246c1295964facf71ab7aa6ec4fd6102b7b3983255ad92";

fn hex(text: &str) -> Vec<u8> {
    hex::decode(text.trim()).expect("a file of hexadecimal digits")
}

fn mac0() -> Vec<u8> {
    hex(include_str!("published/rfc9783_mac0.hex"))
}

fn sign1() -> Vec<u8> {
    hex(include_str!("published/rfc9783_sign1.hex"))
}

#[test]
fn the_token_with_a_mac_is_verified() {
    let key = Key::iak(&hex(MAC0_IAK)).unwrap();
    let expected = Expected {
        challenge: Some(vec![1; 32]),
        profile: Some(Profile::Rfc9783),
        ..Expected::default()
    };
    let report = verify(&mac0(), &key, &expected).unwrap();
    assert!(report.verified, "{report}");
    let claims = &report.token.claims;
    assert_eq!(report.token.proof, Proof::Hmac256);
    assert_eq!(claims.client_id, i32::MAX);
    assert_eq!(claims.lifecycle.name(), "secured");
    assert_eq!(claims.boot_seed, None);
    assert!(claims.others.contains_key(&2397));
    assert_eq!(claims.hardware.as_deref(), Some("1234567890123-12345"));
    let [component] = claims.software_components.as_slice() else {
        panic!("one component: {claims:?}");
    };
    assert_eq!(component.measurement_type.as_deref(), Some("PRoT"));
    assert_eq!(component.measurement, [3; 32]);
    assert_eq!(
        component.signer_id,
        Some(token_verifier::HexBytes(vec![4; 32]))
    );
}

#[test]
fn the_signed_token_is_verified() {
    let key = Key::public_pem(include_str!("published/rfc9783_sign1.pem")).unwrap();
    let report = verify(&sign1(), &key, &Expected::default()).unwrap();
    assert!(report.verified, "{report}");
    assert_eq!(report.token.proof, Proof::Es256);
    let mut instance_id = [2; 33];
    instance_id[0] = 1;
    assert_eq!(report.token.claims.instance_id, instance_id);
}

#[test]
fn one_bit_of_either_makes_it_wrong() {
    let iak = Key::iak(&hex(MAC0_IAK)).unwrap();
    let public = Key::public_pem(include_str!("published/rfc9783_sign1.pem")).unwrap();
    for (token, key, name) in [(mac0(), iak, "MAC"), (sign1(), public, "signature")] {
        let last = token.len() - 1;
        for place in [40, 100, last] {
            let mut changed = token.clone();
            changed[place] ^= 1;
            let wrong = verify(&changed, &key, &Expected::default()).err();
            assert_eq!(wrong, Some(Error::ProofWrong(name)), "byte {place}");
        }
    }
}

#[test]
fn each_kind_of_token_has_its_kind_of_key() {
    let iak = Key::iak(&hex(MAC0_IAK)).unwrap();
    let public = Key::public_pem(include_str!("published/rfc9783_sign1.pem")).unwrap();
    let wrong_kind = |token: &[u8], key| {
        matches!(
            verify(token, key, &Expected::default()),
            Err(Error::WrongKind(_))
        )
    };
    assert!(wrong_kind(&sign1(), &iak));
    assert!(wrong_kind(&mac0(), &public));
    assert!(matches!(Key::iak(&[0; 31]), Err(Error::KeyMalformed(_))));
    assert!(matches!(
        Key::public_pem("no key"),
        Err(Error::KeyMalformed(_))
    ));
}
