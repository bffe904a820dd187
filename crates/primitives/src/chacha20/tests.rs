// SPDX-License-Identifier: Apache-2.0
//! RFC 8439, 2.4.2 and the appendix.

use super::{ChaCha20, KeyStreamEnd};

fn stream(
    key: &[u8; 32],
    nonce: &[u8; 12],
    counter: u32,
    data: &[u8],
    part_bytes: usize,
) -> Vec<u8> {
    let mut cipher = ChaCha20::BLANK;
    cipher.set_key(key);
    cipher.start(nonce, counter);
    let mut data = data.to_vec();
    data.chunks_mut(part_bytes)
        .for_each(|part| cipher.apply(part).unwrap());
    data
}

/// 2.4.2.
#[test]
fn published_example() {
    let key = core::array::from_fn(|index| index as u8);
    let nonce = [0, 0, 0, 0, 0, 0, 0, 0x4a, 0, 0, 0, 0];
    let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you \
        only one tip for the future, sunscreen would be it.";
    let expected = hex::decode(
        "6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0bf91b65c5524733ab8f593d\
         abcd62b3571639d624e65152ab8f530c359f0861d807ca0dbf500d6a6156a38e088a22b65e52bc514d16cc\
         f806818ce91ab77937365af90bbf74a35be6b40b8eedf2785e42874d",
    )
    .unwrap();
    for part_bytes in [1, 63, 64, 65, 200] {
        assert_eq!(stream(&key, &nonce, 1, plain, part_bytes), expected);
    }
}

/// Appendix A.1, test vectors 1 and 2: counters follow each other.
#[test]
fn counters_follow_each_other() {
    let whole = stream(&[0; 32], &[0; 12], 0, &[0; 128], 128);
    let first = "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7da41597c5157488d77\
                 24e03fb8d84a376a43b8f41518a11cc387b669b2ee6586";
    assert_eq!(hex::encode(&whole[..64]), first);
    assert_eq!(whole[64..], stream(&[0; 32], &[0; 12], 1, &[0; 64], 64));
}

#[test]
fn a_cleared_one_has_no_key() {
    let mut cipher = ChaCha20::BLANK;
    cipher.set_key(&[7; 32]);
    cipher.start(&[7; 12], 0);
    cipher.apply(&mut [0; 3]).unwrap();
    cipher.clear();
    assert_eq!(cipher.input, [0; 16]);
    assert_eq!(cipher.apply(&mut [0]), Err(KeyStreamEnd));
}

#[test]
fn nothing_is_encrypted_without_key_and_nonce() {
    let mut cipher = ChaCha20::BLANK;
    assert_eq!(cipher.apply(&mut [0]), Err(KeyStreamEnd));
    cipher.set_key(&[7; 32]);
    assert_eq!(cipher.apply(&mut [0]), Err(KeyStreamEnd));
    assert_eq!(cipher.apply(&mut []), Ok(()));
}

/// RFC 8439, 2.3: the counter has 32 bits. One that goes round would give the first key stream
/// again.
#[test]
fn the_counter_does_not_go_round() {
    for (counter, bytes) in [(u32::MAX, 64), (u32::MAX - 2, 192)] {
        for part_bytes in [1, 64, 100, bytes] {
            let mut cipher = ChaCha20::BLANK;
            cipher.set_key(&[7; 32]);
            cipher.start(&[1; 12], counter);
            for part in vec![0; bytes].chunks_mut(part_bytes) {
                assert_eq!(cipher.apply(part), Ok(()));
            }
            for _ in 0..2 {
                assert_eq!(cipher.apply(&mut [0]), Err(KeyStreamEnd));
            }
            cipher.start(&[2; 12], 0);
            assert_eq!(cipher.apply(&mut [0]), Ok(()), "another nonce");
        }
    }
}
