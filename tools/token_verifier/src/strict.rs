// SPDX-License-Identifier: Apache-2.0
//! What the profiles require of all CBOR in a token, at any depth: preferred serialization
//! and definite lengths (RFC 9783, section 5.2; RFC 8949, section 4.1), and no key twice in a map
//! (RFC 8949, section 5.6). A token that two readers could understand differently is refused.

use crate::error::Error;

/// Deeper than any token of the profiles.
const MOST_LEVELS: usize = 16;

const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;
const SIMPLE: u8 = 7;
/// A simple value in a byte of its own begins here; smaller ones stand in the first byte.
const LONG_SIMPLE: u64 = 32;

/// Refuses all but one item, and what it holds, in the form that the profiles demand.
///
/// # Errors
/// [`Error::NotPreferred`], [`Error::IndefiniteLength`], [`Error::DuplicateKey`],
/// [`Error::TooDeep`], [`Error::TrailingBytes`] or [`Error::Cbor`].
pub(crate) fn require(bytes: &[u8], place: &'static str) -> Result<(), Error> {
    let mut rest = Rest { bytes, place };
    rest.item(MOST_LEVELS)?;
    match rest.bytes.len() {
        0 => Ok(()),
        bytes => Err(Error::TrailingBytes { place, bytes }),
    }
}

/// What was not looked at yet.
struct Rest<'b> {
    bytes: &'b [u8],
    place: &'static str,
}

impl<'b> Rest<'b> {
    fn malformed(&self, reason: &str) -> Error {
        Error::Cbor {
            place: self.place,
            reason: reason.to_owned(),
        }
    }

    fn take(&mut self, count: u64) -> Result<&'b [u8], Error> {
        let count = usize::try_from(count).ok();
        let parts = count.and_then(|count| self.bytes.split_at_checked(count));
        let (taken, rest) = parts.ok_or_else(|| self.malformed("it ends too early"))?;
        self.bytes = rest;
        Ok(taken)
    }

    /// Major type, number, and how many bytes of their own the number takes.
    fn head(&mut self) -> Result<(u8, u64, usize), Error> {
        let first = self.take(1)?[0];
        let (major, low_bits) = (first >> 5, first & 0x1F);
        let length = match low_bits {
            0..24 => return Ok((major, low_bits.into(), 0)),
            24..28 => 1_usize << (low_bits - 24),
            31 => return Err(Error::IndefiniteLength(self.place)),
            _ => return Err(self.malformed("a length that is reserved")),
        };
        let bytes = self.take(length as u64)?.iter();
        let number = bytes.fold(0, |number, byte| number << 8 | u64::from(*byte));
        Ok((major, number, length))
    }

    /// Checks one item with at most this number of levels.
    fn item(&mut self, levels: usize) -> Result<(), Error> {
        let inner = levels
            .checked_sub(1)
            .ok_or(Error::TooDeep(self.place, MOST_LEVELS))?;
        let (major, number, length) = self.head()?;
        if major == SIMPLE {
            // Behind a first byte with more than one other stands a number that is not whole.
            let is_short = length == 1 && number < LONG_SIMPLE;
            return if is_short {
                Err(Error::NotPreferred(self.place))
            } else {
                Ok(())
            };
        }
        let shortest = match number {
            0..24 => 0,
            24..0x100 => 1,
            0x100..0x1_0000 => 2,
            0x1_0000..0x1_0000_0000 => 4,
            _ => 8,
        };
        if length != shortest {
            return Err(Error::NotPreferred(self.place));
        }
        match major {
            BYTES => self.take(number).map(|_| ()),
            TEXT => match str::from_utf8(self.take(number)?) {
                Ok(_) => Ok(()),
                Err(_) => Err(self.malformed("a text that is not UTF-8")),
            },
            ARRAY => (0..number).try_for_each(|_| self.item(inner)),
            MAP => self.map(number, inner),
            TAG => self.item(inner),
            _ => Ok(()),
        }
    }

    /// In this form, keys that mean the same are the same bytes.
    fn map(&mut self, pairs: u64, levels: usize) -> Result<(), Error> {
        let mut keys = std::collections::HashSet::new();
        for _ in 0..pairs {
            let start = self.bytes;
            self.item(levels)?;
            let length = start.len() - self.bytes.len();
            if !keys.insert(&start[..length]) {
                return Err(Error::DuplicateKey(self.place));
            }
            self.item(levels)?;
        }
        Ok(())
    }
}
