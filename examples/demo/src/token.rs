// SPDX-License-Identifier: Apache-2.0
//! Challenge and size of attestation tokens.

/// Size of a challenge.
pub const CHALLENGE_BYTES: usize = 32;
/// Room for every token of a profile of this repository.
pub const ROOM_BYTES: usize = 640;

/// The challenge in hexadecimal digits.
pub fn challenge(digits: &[u8]) -> Option<[u8; CHALLENGE_BYTES]> {
    let mut challenge = [0; CHALLENGE_BYTES];
    let (pairs, rest) = digits.as_chunks::<2>();
    if pairs.len() != CHALLENGE_BYTES || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in challenge.iter_mut().zip(pairs) {
        *byte = (digit(*high)? << 4) | digit(*low)?;
    }
    Some(challenge)
}

fn digit(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}
