// SPDX-License-Identifier: Apache-2.0
//! FIPS 180-4 examples, and comparison with another implementation.

use proptest::prelude::*;
use sha2::Digest as _;

use super::*;

#[test]
fn examples_of_the_standard() {
    for (message, digest) in [
        (
            "abc",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
             2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno\
             ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018\
             501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909",
        ),
    ] {
        assert_eq!(hex::encode(Sha512::digest(&[message.as_bytes()])), digest);
    }
}

#[test]
fn nothing_stays_behind() {
    let mut hash = Sha512::BLANK;
    hash.restart(false);
    hash.update(&[7; 300]);
    let _ = hash.finish();
    assert_eq!(hash.state, [0; 8]);
    assert_eq!(hash.block, [0; BLOCK_BYTES]);
}

#[test]
fn an_image_without_it_gives_nothing() {
    let mut hash = NoWide::BLANK;
    hash.restart(true);
    hash.update(b"abc");
    hash.resume(&[1; 8]);
    assert_eq!(hash.chain(&[1; BLOCK_BYTES]), [0; 8]);
    assert_eq!(hash.finish(), [0; DIGEST_BYTES]);
}

proptest! {
    #[test]
    fn any_message_in_any_pieces(
        pieces in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..6),
    ) {
        let message = pieces.concat();
        let parts: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        let expected = sha2::Sha512::digest(&message);
        prop_assert_eq!(&Sha512::digest(&parts)[..], expected.as_slice());
    }
}
