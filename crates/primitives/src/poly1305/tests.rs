// SPDX-License-Identifier: Apache-2.0
//! RFC 8439, 2.5.2 and appendix A.3; the definition with large numbers.

use super::Poly1305;
use proptest::prelude::*;

fn code(key: &[u8], message: &[u8], part_bytes: usize) -> [u8; 16] {
    let mut code = Poly1305::BLANK;
    code.start(key.try_into().unwrap());
    message
        .chunks(part_bytes)
        .for_each(|part| code.update(part));
    code.finish()
}

/// 2.5.2.
#[test]
fn published_example() {
    let key = hex::decode("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b");
    let message = b"Cryptographic Forum Research Group";
    for part_bytes in [1, 15, 16, 17, 100] {
        let code = code(key.as_ref().unwrap(), message, part_bytes);
        assert_eq!(hex::encode(code), "a8061dc1305136c6c22b8baf0c0127a9");
    }
}

/// Appendix A.3, test vectors 7 to 11: carries, and sums next to the modulus.
#[test]
fn edges() {
    let ones = "ffffffffffffffffffffffffffffffff";
    let (one, two, zero) = (
        "01000000000000000000000000000000",
        "02000000000000000000000000000000",
        "00000000000000000000000000000000",
    );
    for (place, mask, message, expected) in [
        (
            two,
            zero,
            ones.to_owned(),
            "03000000000000000000000000000000",
        ),
        (
            two,
            ones,
            two.to_owned(),
            "03000000000000000000000000000000",
        ),
        (
            one,
            zero,
            format!("{ones}f0ffffffffffffffffffffffffffffff11000000000000000000000000000000"),
            "05000000000000000000000000000000",
        ),
        (
            one,
            zero,
            format!("{ones}fbfefefefefefefefefefefefefefefe01010101010101010101010101010101"),
            zero,
        ),
        (
            two,
            zero,
            "fdffffffffffffffffffffffffffffff".into(),
            "faffffffffffffffffffffffffffffff",
        ),
        (
            "01000000000000000400000000000000",
            zero,
            format!("e33594d7505e43b900000000000000003394d7505e4379cd0100000000000000{zero}{one}"),
            "14000000000000005500000000000000",
        ),
    ] {
        let key = hex::decode(format!("{place}{mask}")).unwrap();
        let code = code(&key, &hex::decode(message).unwrap(), 16);
        assert_eq!(hex::encode(code), expected);
    }
}

/// Numbers of any size, in bytes: slow, and as the definition has it.
fn definition(key: &[u8; 32], message: &[u8]) -> [u8; 16] {
    /// `left * right` modulo 2^130 - 5, each below 2^131.
    fn product(left: [u128; 2], right: u128) -> [u128; 2] {
        let mut sum = [0, 0];
        for bit in (0..128).rev() {
            sum = reduce(add(sum, sum));
            if right >> bit & 1 == 1 {
                sum = reduce(add(sum, left));
            }
        }
        sum
    }
    fn add(left: [u128; 2], right: [u128; 2]) -> [u128; 2] {
        let (low, carry) = left[0].overflowing_add(right[0]);
        [low, left[1] + right[1] + u128::from(carry)]
    }
    fn reduce(mut number: [u128; 2]) -> [u128; 2] {
        while number[1] > 3 || number[1] == 3 && number[0] >= u128::MAX - 4 {
            let (low, borrow) = number[0].overflowing_sub(u128::MAX - 4);
            number = [low, number[1] - 3 - u128::from(borrow)];
        }
        number
    }
    let place = u128::from_le_bytes(key[..16].try_into().unwrap());
    let place = place & 0x0ffffffc_0ffffffc_0ffffffc_0fffffff;
    let mut sum = [0, 0];
    for block in message.chunks(16) {
        let mut bytes = [0; 32];
        bytes[..block.len()].copy_from_slice(block);
        bytes[block.len()] = 1;
        let half = |start: usize| u128::from_le_bytes(bytes[start..start + 16].try_into().unwrap());
        sum = product(reduce(add(sum, [half(0), half(16)])), place);
    }
    let mask = u128::from_le_bytes(key[16..].try_into().unwrap());
    sum[0].wrapping_add(mask).to_le_bytes()
}

proptest! {
    #[test]
    fn agrees_with_the_definition(
        key: [u8; 32],
        message in prop::collection::vec(prop_oneof![any::<u8>(), Just(0xFF)], 0..80),
    ) {
        prop_assert_eq!(code(&key, &message, 5), definition(&key, &message));
    }

    #[test]
    fn large_digits_agree_too(
        message in prop::collection::vec(prop_oneof![Just(0xFFu8), Just(0xFE), Just(0)], 0..80),
    ) {
        prop_assert_eq!(code(&[0xFF; 32], &message, 16), definition(&[0xFF; 32], &message));
    }
}
