// SPDX-License-Identifier: Apache-2.0
//! Published vectors (FIPS 180-4 examples, NIST CAVP short and Monte Carlo messages) and the
//! behaviour at the borders of a block.

use super::{BLOCK_BYTES, DIGEST_BYTES, Portable, Sha256};

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap())
        .collect()
}

#[test]
fn published_messages() {
    let table: [(&[u8], &str); 6] = [
        (
            b"",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        (
            b"abc",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        (
            b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
        (
            b"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn\
              hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
        ),
        (
            &[0xd3],
            "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1",
        ),
        (
            &[0x11, 0xaf],
            "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98",
        ),
    ];
    for (message, digest) in table {
        assert_eq!(hex(&Sha256::digest(message)), digest);
    }
}

#[test]
fn a_million_times_the_letter_a() {
    let mut hash = Sha256::new();
    for _ in 0..1000 {
        hash.update(&[b'a'; 1000]);
    }
    assert_eq!(
        hex(&hash.finish()),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    );
}

/// NIST CAVP `SHA256Monte.rsp`: a thousand digests of three chained digests for each count.
#[test]
fn monte_carlo() {
    let mut seed = bytes("6d1e72ad03ddeb5de891e572e2396f8da015d899ef0e79503152d6010a3fe691");
    let counts = [
        "e93c330ae5447738c8aa85d71a6c80f2a58381d05872d26bdd39f1fcd4f2b788",
        "2e78f8c8772ea7c9331d41ed3f9cdf27d8f514a99342ee766ee3b8b0d0b121c0",
    ];
    for expected in counts {
        let mut chain = [seed.clone(), seed.clone(), seed.clone()];
        for _ in 0..1000 {
            let next = Sha256::digest(&chain.concat());
            chain.rotate_left(1);
            chain[2] = next.to_vec();
        }
        seed = chain[2].clone();
        assert_eq!(hex(&seed), expected);
    }
}

#[test]
fn splitting_changes_nothing() {
    let message: Vec<u8> = (0..200u8).collect();
    for length in 0..message.len() {
        let whole = Sha256::digest(&message[..length]);
        for first in 0..=length {
            let mut hash = Sha256::new();
            hash.update(&message[..first]);
            hash.update(&message[first..length]);
            assert_eq!(hash.finish(), whole, "{first} of {length}");
        }
    }
}

#[test]
fn byte_by_byte() {
    let message = [0xA5; 300];
    let mut hash = Sha256::new();
    message.chunks(1).for_each(|byte| hash.update(byte));
    assert_eq!(hash.finish(), Sha256::digest(&message));
}

#[test]
fn a_clone_goes_its_own_way() {
    let mut first = Sha256::new();
    first.update(b"ab");
    let mut second = first.clone();
    first.update(b"c");
    second.update(b"d");
    assert_eq!(first.finish(), Sha256::digest(b"abc"));
    assert_eq!(second.finish(), Sha256::digest(b"abd"));
}

#[test]
fn finish_starts_a_new_message() {
    let mut hash = Sha256::new();
    hash.update(&[7; 100]);
    let _ = hash.finish();
    assert_eq!(hash.finish(), Sha256::digest(b""));
}

#[test]
fn a_message_that_stands_in_a_block() {
    fn check<const MESSAGE_BYTES: usize>() {
        let mut block = [0xA7; BLOCK_BYTES];
        let expected = Sha256::digest(&block[..MESSAGE_BYTES]);
        Sha256::<Portable>::digest_in_place::<MESSAGE_BYTES>(&mut block);
        assert_eq!(block[..DIGEST_BYTES], expected);
        assert_eq!(block[DIGEST_BYTES..], [0; BLOCK_BYTES - DIGEST_BYTES]);
    }
    check::<0>();
    check::<1>();
    check::<40>();
    check::<55>();
}
