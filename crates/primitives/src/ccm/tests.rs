// SPDX-License-Identifier: Apache-2.0
//! Published vectors, comparison with another implementation, and misuse.

mod misuse;
mod vectors;

use super::{Ccm, Direction, Error};
use crate::aes::Aes128;
use ::ccm::aead::{AeadInPlace, KeyInit};
use ::ccm::consts::{U4, U7, U8, U10, U11, U12, U13, U16};
use proptest::collection::vec;
use proptest::prelude::*;

const KEY: [u8; 16] = *b"0123456789abcdef";

/// One message with all that belongs to it.
struct Case<'a> {
    key: &'a [u8; 16],
    nonce: &'a [u8],
    additional: &'a [u8],
}

impl Case<'_> {
    /// An operation that is ready for data.
    fn begin(
        &self,
        direction: Direction,
        data_bytes: usize,
        tag_bytes: usize,
    ) -> Result<Ccm<Aes128>, Error> {
        let mut ccm = Ccm::new();
        ccm.start(direction, self.key, tag_bytes)?;
        ccm.set_lengths(self.additional.len() as u32, data_bytes as u32)?;
        ccm.set_nonce(self.nonce)?;
        ccm.update_additional(self.additional)?;
        Ok(ccm)
    }

    /// Ciphertext and tag.
    fn encrypt(&self, plain: &[u8], tag_bytes: usize) -> Result<(Vec<u8>, Vec<u8>), Error> {
        let mut ccm = self.begin(Direction::Encrypt, plain.len(), tag_bytes)?;
        let mut data = plain.to_vec();
        ccm.update(&mut data)?;
        Ok((data, ccm.finish()?.as_bytes().to_vec()))
    }

    /// Plaintext, if the tag is right.
    fn decrypt(&self, cipher: &[u8], tag: &[u8]) -> Result<Vec<u8>, Error> {
        let mut ccm = self.begin(Direction::Decrypt, cipher.len(), tag.len())?;
        let mut data = cipher.to_vec();
        ccm.update(&mut data)?;
        ccm.verify(tag)?;
        Ok(data)
    }
}

/// What another implementation makes of the message, for some of the sizes.
fn reference(case: &Case<'_>, tag_bytes: usize, plain: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    macro_rules! with {
        ($tag:ty, $nonce:ty) => {{
            let cipher = ::ccm::Ccm::<::aes::Aes128, $tag, $nonce>::new(case.key.into());
            let mut data = plain.to_vec();
            let tag =
                cipher.encrypt_in_place_detached(case.nonce.into(), case.additional, &mut data);
            Some((data, tag.unwrap().to_vec()))
        }};
    }
    match (tag_bytes, case.nonce.len()) {
        (4, 7) => with!(U4, U7),
        (8, 13) => with!(U8, U13),
        (10, 11) => with!(U10, U11),
        (16, 12) => with!(U16, U12),
        _ => None,
    }
}

/// Cuts `data` at the places that `cuts` give, anywhere.
fn pieces<'a>(mut data: &'a mut [u8], cuts: &[u16]) -> Vec<&'a mut [u8]> {
    let mut pieces = Vec::new();
    for cut in cuts {
        let (piece, rest) = data.split_at_mut(usize::from(*cut) % (data.len() + 1));
        pieces.push(piece);
        data = rest;
    }
    pieces.push(data);
    pieces
}

proptest! {
    #[test]
    fn agrees_with_another_implementation_however_it_is_split(
        key: [u8; 16],
        nonce: [u8; 13],
        sizes in prop::sample::select(vec![(4, 7), (8, 13), (10, 11), (16, 12)]),
        mut additional in vec(any::<u8>(), 0..70),
        plain in vec(any::<u8>(), 0..150),
        cuts in vec(any::<u16>(), 0..5),
    ) {
        let (tag_bytes, nonce_bytes) = sizes;
        let additional_copy = additional.clone();
        let case = Case { key: &key, nonce: &nonce[..nonce_bytes], additional: &additional_copy };
        let (cipher, tag) = reference(&case, tag_bytes, &plain).unwrap();
        for (direction, from, to) in [
            (Direction::Encrypt, &plain, &cipher),
            (Direction::Decrypt, &cipher, &plain),
        ] {
            let mut ccm = Ccm::<Aes128>::new();
            ccm.start(direction, &key, tag_bytes).unwrap();
            ccm.set_nonce(case.nonce).unwrap();
            ccm.set_lengths(additional.len() as u32, from.len() as u32).unwrap();
            for piece in pieces(&mut additional, &cuts) {
                ccm.update_additional(piece).unwrap();
            }
            let mut data = from.clone();
            for piece in pieces(&mut data, &cuts) {
                ccm.update(piece).unwrap();
            }
            prop_assert_eq!(&data, to);
            let own = ccm.finish().unwrap();
            prop_assert_eq!(own.as_bytes(), &tag[..]);
        }
    }
}

/// Every length of data and of additional data around a few blocks, and every tag and nonce:
/// what was encrypted is decrypted again, and no tag of another length fits.
#[test]
fn all_sizes_come_back() {
    let bytes: Vec<u8> = (0..100).collect();
    for tag_bytes in [4, 6, 8, 10, 12, 14, 16] {
        for nonce_bytes in 7..=13 {
            for length in 0..50 {
                let case = Case {
                    key: &KEY,
                    nonce: &bytes[..nonce_bytes],
                    additional: &bytes[..49 - length],
                };
                let plain = &bytes[..length];
                let (cipher, tag) = case.encrypt(plain, tag_bytes).unwrap();
                assert_eq!(tag.len(), tag_bytes);
                assert_eq!(case.decrypt(&cipher, &tag).unwrap(), plain);
            }
        }
    }
}
