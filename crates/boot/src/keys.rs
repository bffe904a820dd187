// SPDX-License-Identifier: Apache-2.0
//! Keys that sign the firmware of a device, and their location.
//!
//! Either OTP has the hash of a key and every image the key itself ([`OtpKeys`]), or the boot ROM
//! has the key and every image its hash ([`BuiltInKeys`]).
//!
//! Of two keys the first can be revoked: by an image of the second key with the hash of the first
//! in its protected area ([`kind::REVOKED_KEY`]), when that image raises the security counter. The
//! second key can't be revoked, so one key is always accepted.

mod built_in;
mod in_otp;
mod published;

pub use built_in::{BuiltInKeys, PublicKeys};
pub use in_otp::OtpKeys;
pub use published::{PUBLISHED, is_any_published};

use flash::{Area, Chip, Mapped};
use primitives::sha256::{Compression, DIGEST_BYTES, Sha256};
use provisioning::{Device, layout};

use crate::ParsedImage;
use crate::tlv::{self, kind};

/// The keys that a device accepts.
pub trait Keys: Copy {
    /// The type of the TLV with the key of an image.
    const ENTRY_KIND: u16;

    /// Whether the boot ROM has a published key built in. For keys in OTP, OTP has a mark.
    const IS_PUBLISHED: bool;

    /// The keys of a device with this OTP area, which was read as `device`.
    fn of(otp: &[u8], device: &Device<'_>) -> Self;

    /// The key of this TLV; empty if there is none.
    fn whole<C: Compression>(entry: &[u8]) -> Option<&[u8]>;

    /// Whether the key of this hash is accepted.
    fn accept<C: Compression>(&self, key_hash: &[u8; DIGEST_BYTES]) -> bool;

    /// Whether an image revokes the first key, and may do so.
    fn are_to_change<C: Compression>(&self, image: &ParsedImage<'_>) -> bool;
}

/// Whether the image, signed by another key than the first, names the first one as revoked.
fn revokes(image: &ParsedImage<'_>, own: &[u8; DIGEST_BYTES], first: &[u8; DIGEST_BYTES]) -> bool {
    let areas = image.signed.get(image.protected_offset_bytes()..);
    let named = areas.and_then(|areas| tlv::find(areas, kind::REVOKED_KEY));
    own != first && named == Some(first)
}

/// Revokes the first key for ever. After a power cut it is revoked if any bit was programmed.
///
/// # Errors
/// The flash failed: the next start tries again.
pub(crate) fn revoke_first(flash: &mut Chip<impl Mapped>, otp: Area) -> Result<(), flash::Error> {
    let mark = [0; layout::REVOCATION.end - layout::REVOCATION.start];
    flash.program(otp, layout::REVOCATION.start, &mark)
}

fn hash<C: Compression>(key: &[u8]) -> [u8; DIGEST_BYTES] {
    Sha256::<C>::digest_of(key)
}
