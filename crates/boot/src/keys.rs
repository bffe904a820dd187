// SPDX-License-Identifier: Apache-2.0
//! Which keys sign the firmware of a device, and where they stand.
//!
//! The hash of a key stands in OTP and the key itself in every image ([`OtpKeys`]), or
//! the key is built into the boot ROM and its hash stands in every image ([`BuiltInKeys`]).
//!
//! Of two keys the first can be revoked: by an image that the second has signed and that names the
//! first one's hash in its protected area ([`kind::REVOKED_KEY`]), once it has proved good, as it
//! raises the security counter. The second can't, so one key is always accepted; and because the
//! first does not sign such an image, none revokes the key that has signed it.

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

/// The keys that a device accepts, copied from where they stand.
pub trait Keys: Copy {
    /// The type of the entry by which an image names its key.
    const ENTRY_KIND: u16;

    /// Whether the boot ROM itself has a published key. Of those in OTP a mark in OTP tells.
    const IS_PUBLISHED: bool;

    /// The keys of a device with this OTP area, which was read to be `device`.
    fn of(otp: &[u8], device: &Device<'_>) -> Self;

    /// The key that an image names by this entry; nothing if there is none.
    fn whole<C: Compression>(entry: &[u8]) -> Option<&[u8]>;

    /// Tells whether the key of this hash is accepted.
    fn accept<C: Compression>(&self, key_hash: &[u8; DIGEST_BYTES]) -> bool;

    /// Tells whether an image asks for the first key to be revoked, and may.
    fn are_to_change<C: Compression>(&self, image: &ParsedImage<'_>) -> bool;
}

/// Whether the image, signed by another key than the first, names the first one as revoked.
fn revokes(image: &ParsedImage<'_>, own: &[u8; DIGEST_BYTES], first: &[u8; DIGEST_BYTES]) -> bool {
    let areas = image.signed.get(image.protected_offset_bytes()..);
    let named = areas.and_then(|areas| tlv::find(areas, kind::REVOKED_KEY));
    own != first && named == Some(first)
}

/// Revokes the first key for good. A cut leaves it revoked or not: any bit that was programmed
/// makes it so.
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
