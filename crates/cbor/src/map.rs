// SPDX-License-Identifier: Apache-2.0
//! A map with texts for keys, of definite or indefinite length, as others wrote it.
//!
//! Values of other keys are skipped, however they are nested, by counting what is
//! still to come. Only strings, lists and maps of indefinite length within the map are refused.

use crate::head::major;

/// Low bits of a first byte: the length is indefinite, or ends here.
const INDEFINITE: u8 = 31;
/// The end of an indefinite length.
const BREAK: u8 = major::SIMPLE << 5 | INDEFINITE;
/// A truth value is one byte. The same number behind that byte is none: it is half of a number that
/// is not whole, or not well-formed (RFC 8949, section 3.3).
const FALSE: u8 = major::SIMPLE << 5 | 20;
const TRUE: u8 = major::SIMPLE << 5 | 21;
/// Represents all larger numbers too. No item is so long, and no caller needs such a number.
const LARGEST: u32 = u32::MAX;

/// The bytes are not a map that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// A value in a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// A number below `u32::MAX`.
    Unsigned(u32),
    /// A byte string.
    Bytes(&'a [u8]),
    /// A text; whether it is UTF-8 was not checked.
    Text(&'a [u8]),
    /// `true` or `false`.
    Bool(bool),
    /// Something else: a list, a map, a number of another kind or a larger one.
    Other,
}

/// The entries of a map, as an iterator; nothing follows an error.
#[derive(Clone, Debug)]
pub struct Map<'a> {
    rest: Input<'a>,
    /// How many entries are to come; none: as many as there are before the end.
    left: Option<u32>,
}

impl<'a> Map<'a> {
    /// Reads the map at the beginning of `bytes`. Bytes after the map are ignored.
    ///
    /// # Errors
    /// `bytes` does not begin with a map.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut rest = Input(bytes);
        let head = rest.head()?;
        if head.major != major::MAP {
            return Err(Malformed);
        }
        let left = head.number;
        Ok(Self { rest, left })
    }

    fn entry(&mut self) -> Result<Option<(&'a [u8], Value<'a>)>, Malformed> {
        match &mut self.left {
            Some(0) => return Ok(None),
            Some(left) => *left = left.wrapping_sub(1),
            None if self.rest.0.first() == Some(&BREAK) => {
                self.left = Some(0);
                return Ok(None);
            }
            None => {}
        }
        let Value::Text(key) = self.rest.value()? else {
            return Err(Malformed);
        };
        Ok(Some((key, self.rest.value()?)))
    }
}

impl<'a> Iterator for Map<'a> {
    type Item = Result<(&'a [u8], Value<'a>), Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        let entry = self.entry();
        if entry.is_err() {
            self.left = Some(0);
        }
        entry.transpose()
    }
}

/// The head of an item; without a number its length is indefinite, or it ends one.
struct Head {
    major: u8,
    number: Option<u32>,
}

/// The bytes that are not read yet.
#[derive(Clone, Debug)]
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, count_bytes: u32) -> Result<&'a [u8], Malformed> {
        let parts = self.0.split_at_checked(count_bytes as usize);
        let (taken, rest) = parts.ok_or(Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    fn head(&mut self) -> Result<Head, Malformed> {
        let (first, rest) = self.0.split_first().ok_or(Malformed)?;
        self.0 = rest;
        let low_bits = first & 0x1F;
        let number = match low_bits {
            0..24 => Some(low_bits.into()),
            24..28 => {
                let bytes = self.take(1 << (low_bits & 3))?;
                Some(bytes.iter().fold(0, |number, byte| match number {
                    0..0x100_0000 => number << 8 | u32::from(*byte),
                    _ => LARGEST,
                }))
            }
            INDEFINITE => None,
            _ => return Err(Malformed),
        };
        Ok(Head {
            major: first >> 5,
            number,
        })
    }

    #[inline(never)] // twice
    fn value(&mut self) -> Result<Value<'a>, Malformed> {
        let first = self.0.first().copied();
        let head = self.head()?;
        let number = head.number.ok_or(Malformed)?;
        let mut to_come: u32 = 0;
        let value = match head.major {
            major::UNSIGNED if number < LARGEST => Value::Unsigned(number),
            major::BYTES => Value::Bytes(self.take(number)?),
            major::TEXT => Value::Text(self.take(number)?),
            major::SIMPLE if first == Some(FALSE) => Value::Bool(false),
            major::SIMPLE if first == Some(TRUE) => Value::Bool(true),
            major => {
                to_come = self.children(major, number)?;
                Value::Other
            }
        };
        // Each round takes at least one byte, so the loop ends.
        while let Some(left) = to_come.checked_sub(1) {
            let head = self.head()?;
            let number = head.number.ok_or(Malformed)?;
            let children = self.children(head.major, number)?;
            to_come = left.checked_add(children).ok_or(Malformed)?;
        }
        Ok(value)
    }

    /// Passes over the rest of an item, apart from the items in it, which are counted.
    fn children(&mut self, major: u8, number: u32) -> Result<u32, Malformed> {
        match major {
            major::BYTES | major::TEXT => self.take(number).map(|_| 0),
            major::ARRAY => Ok(number),
            major::MAP => number.checked_mul(2).ok_or(Malformed),
            major::TAG => Ok(1),
            _ => Ok(0),
        }
    }
}

#[cfg(test)]
mod tests;
