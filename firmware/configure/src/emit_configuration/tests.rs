// SPDX-License-Identifier: Apache-2.0
use super::text;
use crate::tests::configuration;

fn of(profile: &str, settings: &[&str]) -> String {
    let effective = configuration(profile, settings);
    text(&effective.unwrap(), &["&[]".into(), "&[]".into()])
}

#[test]
fn a_choice_is_a_type() {
    let text = of("small", &[]);
    for line in [
        "    type Signature = firmware::boot::signature::Rsa3072;",
        "    type Keys = firmware::boot::keys::OtpKeys<1>;",
        "    type Model = firmware::spm::Library;",
        "    type Connections = [firmware::spm::Connection; 0];",
        "    const CLIENT_ID_WORD: Option<u32> = None;",
        "    const HAS_UPDATES: bool = false;",
        "    type Aes128 = <Board as firmware::Board>::Aes128;",
        "    const KEY_OBJECT_BYTES: Option<usize> = Some(512);",
        "    sha_256: true,",
        "    aes_192: false,",
        "    random: true,",
    ] {
        assert!(text.lines().any(|own| own == line), "{line}\n{text}");
    }
}

#[test]
fn each_choice_has_another() {
    let text = of(
        "full",
        &[
            "boot.signature=ecdsa_p256",
            "boot.keys=2",
            "spm.backend=sfn",
            "spm.client_id_word=0x2801_0000",
            "crypto.aes=table",
            "attestation.configuration_component=false",
        ],
    );
    for words in [
        "signature::EcdsaP256;",
        "keys::OtpKeys<2>;",
        "spm::Sfn;",
        "Some(0x28010000);",
        "aes::table::Aes128;",
        "configuration_digest: None,",
        "sha2::Sha2<<Board as firmware::Board>::Compression, firmware::primitives::sha512::Sha512>;",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let built_in = of("small", &["boot.key=builtin"]);
    assert!(built_in.contains("keys::BuiltInKeys<SigningKeys>;"));
}
