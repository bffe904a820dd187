// SPDX-License-Identifier: Apache-2.0
//! What stands in the slots.

use boot::Version;
use cbor::{Writer, major};

/// The longest text of a version: two numbers of 8 bits, one of 16, one of 32, three dots.
const VERSION_BYTES: usize = 3 + 1 + 3 + 1 + 5 + 1 + 10;

/// What is in a slot, and what is to become of it.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// Number of the slot: 0 is that from which images are started.
    pub slot: u32,
    /// The version of the image.
    pub version: Version,
    /// The hash of the image, as it states it.
    pub hash: &'a [u8],
    /// The boot ROM would start this image from there, or install it.
    pub is_bootable: bool,
    /// The next start installs it.
    pub is_pending: bool,
}

impl Found<'_> {
    /// Writes an entry of the list of images. Flags that are not set are left out.
    #[inline(never)]
    pub fn write(&self, writer: &mut Writer<'_>) {
        let flags = u32::from(self.is_bootable) + u32::from(self.is_pending);
        writer.head(major::MAP, 3 + flags);
        writer.text(b"slot");
        writer.unsigned(self.slot);
        writer.text(b"version");
        let mut room = [0; VERSION_BYTES];
        writer.text(version(&self.version, &mut room));
        writer.text(b"hash");
        writer.bytes(self.hash);
        for (name, is_set) in [
            (&b"bootable"[..], self.is_bootable),
            (b"pending", self.is_pending),
        ] {
            if is_set {
                writer.text(name);
                writer.yes();
            }
        }
    }
}

/// The text of a version, its build only if it has one.
#[inline(never)]
fn version<'a>(version: &Version, room: &'a mut [u8; VERSION_BYTES]) -> &'a [u8] {
    let parts = [
        version.major.into(),
        version.minor.into(),
        version.revision.into(),
        version.build,
    ];
    let count = if version.build == 0 { 3 } else { 4 };
    // From the last digit to the first, at the end of the room.
    let mut free = VERSION_BYTES;
    let mut put = |byte| {
        free = free.saturating_sub(1);
        if let Some(place) = room.get_mut(free) {
            *place = byte;
        }
    };
    for (index, part) in parts.into_iter().take(count).rev().enumerate() {
        if index > 0 {
            put(b'.');
        }
        let mut left: u32 = part;
        loop {
            put(b'0'.wrapping_add((left % 10) as u8));
            left /= 10;
            if left == 0 {
                break;
            }
        }
    }
    room.get(free..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_texts() {
        for (major, minor, revision, build, text) in [
            (0, 0, 0, 0, "0.0.0"),
            (1, 20, 300, 0, "1.20.300"),
            (0, 1, 0, 7, "0.1.0.7"),
            (255, 255, 65535, u32::MAX, "255.255.65535.4294967295"),
        ] {
            let number = Version {
                major,
                minor,
                revision,
                build,
            };
            let mut room = [0; VERSION_BYTES];
            assert_eq!(version(&number, &mut room), text.as_bytes());
        }
    }
}
