// SPDX-License-Identifier: Apache-2.0
//! The protocol of the power-cut test: an application on the device writes to storage, and the host
//! cuts its power.
//!
//! The length and content of an object follow from its uid and version, and the content holds the
//! version. The application prints a line before each step and another one after it, so the host
//! knows which of two states is right.
#![no_std]

use core::fmt;
use core::str::FromStr;

/// The uids that are used, from 1.
pub const UIDS: u64 = 14;
/// Bytes of the longest object: `its.max_asset_bytes` of Profile Small.
pub const MOST_BYTES: usize = 512;
/// Begins the line with the number of objects that the application found whole.
pub const FOUND: &str = "power cuts: found ";
/// Printed at the first start, when a persistent key was made.
pub const KEY_MADE: &str = "power cuts: key made";
/// Printed after a step.
pub const TAKEN: &str = "power cuts: taken";
/// Begins the line that announces a step.
pub const STEP: &str = "power cuts: ";

/// Bytes at the start of the content that hold the version, and so the least length.
const VERSION_BYTES: usize = 4;

/// An object as it was written once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object {
    /// Its uid.
    pub uid: u64,
    /// The version of its content.
    pub version: u32,
}

impl Object {
    /// Length of its content in bytes. All lengths from the shortest to the longest occur.
    #[must_use]
    pub const fn length(self) -> usize {
        let spread = self.version.wrapping_mul(193).wrapping_add(self.uid as u32);
        VERSION_BYTES + spread as usize % (MOST_BYTES - VERSION_BYTES + 1)
    }

    /// Writes its content to the front of `room` and returns that part; empty if `room` is too small.
    pub fn content(self, room: &mut [u8]) -> &[u8] {
        let Some(content) = room.get_mut(..self.length()) else {
            return &[];
        };
        let version = self.version.to_le_bytes();
        for (index, byte) in content.iter_mut().enumerate() {
            let of_pattern = (self.version ^ self.uid as u32).wrapping_add(index as u32 * 7) as u8;
            *byte = version.get(index).copied().unwrap_or(of_pattern);
        }
        content
    }

    /// The object with this uid and content; `None` if the content is damaged.
    #[must_use]
    pub fn read(uid: u64, content: &[u8]) -> Option<Self> {
        let version = u32::from_le_bytes(*content.first_chunk()?);
        let object = Self { uid, version };
        (object.content(&mut [0; MOST_BYTES]) == content).then_some(object)
    }
}

/// One thing that the application does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Creates or replaces an object.
    Set(Object),
    /// Removes the object with this uid.
    Remove(u64),
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set(Object { uid, version }) => write!(formatter, "{STEP}set {uid} {version}"),
            Self::Remove(uid) => write!(formatter, "{STEP}remove {uid}"),
        }
    }
}

/// A line that announces no step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoStep;

impl FromStr for Step {
    type Err = NoStep;

    fn from_str(line: &str) -> Result<Self, NoStep> {
        let mut words = line.strip_prefix(STEP).ok_or(NoStep)?.split(' ');
        let kind = words.next();
        let mut number = || words.next()?.parse::<u32>().ok();
        match kind {
            Some("set") => match (number(), number()) {
                (Some(uid), Some(version)) => Ok(Self::Set(Object {
                    uid: uid.into(),
                    version,
                })),
                _ => Err(NoStep),
            },
            Some("remove") => number().map(|uid| Self::Remove(uid.into())).ok_or(NoStep),
            _ => Err(NoStep),
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::string::ToString as _;

    use super::*;

    #[test]
    fn an_object_is_known_by_its_content() {
        let mut room = [0; MOST_BYTES];
        let mut lengths = [MOST_BYTES, 0];
        for version in 0..2000 {
            let object = Object { uid: 3, version };
            let content = object.content(&mut room);
            assert_eq!(content.len(), object.length());
            assert_eq!(Object::read(3, content), Some(object));
            assert_eq!(Object::read(4, content), None);
            assert_eq!(Object::read(3, &content[..content.len() - 1]), None);
            lengths = [lengths[0].min(content.len()), lengths[1].max(content.len())];
        }
        assert_eq!(lengths, [VERSION_BYTES, MOST_BYTES]);
    }

    #[test]
    fn a_changed_byte_is_seen() {
        let object = Object {
            uid: 1,
            version: 77,
        };
        let mut room = [0; MOST_BYTES];
        let length = object.content(&mut room).len();
        for index in 0..length {
            room[index] ^= 0x10;
            assert_eq!(Object::read(1, &room[..length]), None, "byte {index}");
            room[index] ^= 0x10;
        }
    }

    #[test]
    fn steps_are_read_as_they_are_written() {
        let object = Object { uid: 2, version: 9 };
        for step in [Step::Set(object), Step::Remove(14)] {
            assert_eq!(step.to_string().parse(), Ok(step));
        }
        for line in [
            TAKEN,
            "power cuts: set 2",
            "power cuts: remove",
            "set 2 9",
            "power cuts: se",
        ] {
            assert_eq!(line.parse::<Step>(), Err(NoStep), "{line}");
        }
    }
}
