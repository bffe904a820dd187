// SPDX-License-Identifier: Apache-2.0
//! Bytes from nowhere, and good tokens spoilt at random: refused or read, never worse. The
//! variable CASEMATE_FUZZ_CALLS says how many; a fuzzer can call the same two functions.

mod common;

use common::{key, token};
use proptest::prelude::*;
use proptest::test_runner::Config;
use token_verifier::{Component, Expected, Profile, Token, verify};

fn cases() -> u32 {
    let wanted = std::env::var("CASEMATE_FUZZ_CALLS").ok();
    wanted
        .and_then(|wanted| wanted.parse().ok())
        .unwrap_or(2_000)
}

/// Whatever is read is shown, too.
fn read(bytes: &[u8]) {
    if let Ok(token) = Token::read(bytes) {
        assert!(!token.to_string().is_empty());
        assert!(serde_json::to_string(&token).is_ok());
    }
    let _ = Component::of_image(bytes);
}

proptest! {
    #![proptest_config(Config { cases: cases(), ..Config::default() })]

    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes);
        // Deeper into the decoder: the beginning of a token before them.
        read(&[&[0xD1, 0x84, 0x43, 0xA1, 0x01, 0x05, 0xA0, 0x58, bytes.len() as u8], &bytes[..]].concat());
    }

    #[test]
    fn a_changed_token_is_never_verified(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 1..=255_u8), 1..4),
        older in any::<bool>(),
    ) {
        let good = token(if older { Profile::PsaIot1 } else { Profile::Rfc9783 });
        let mut changed = good.clone();
        for (place, bits) in changes {
            changed[place.index(good.len())] ^= bits;
        }
        read(&changed);
        if changed != good {
            let verified = verify(&changed, &key(), &Expected::default());
            prop_assert!(verified.is_err(), "{changed:02x?}");
        }
    }

    #[test]
    fn a_cut_token_is_never_read(length in any::<prop::sample::Index>()) {
        let good = token(Profile::Rfc9783);
        prop_assert!(Token::read(&good[..length.index(good.len())]).is_err());
    }
}
