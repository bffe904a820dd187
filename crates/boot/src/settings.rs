// SPDX-License-Identifier: Apache-2.0
//! Configuration of the boot ROM.
//!
//! One type combines all of it, so that a further choice changes no function in between. The
//! choices are associated types and constants: unused choices are compiled, and then dropped.

use core::marker::PhantomData;

use primitives::sha256::{self, Compression};

use crate::Placement;
use crate::keys::{Keys, OtpKeys};
use crate::parsed_image::Kinds;
use crate::signature::Scheme;

/// The choices of a boot ROM.
///
/// # Examples
///
/// A boot ROM that verifies ECDSA signatures by a key in OTP, and exchanges images:
///
/// ```
/// use boot::keys::OtpKeys;
/// use boot::signature::EcdsaP256;
/// use boot::{Mode, Placement, Settings};
///
/// struct BootRom;
///
/// impl Settings for BootRom {
///     type Compression = primitives::sha256::Portable;
///     type Signature = EcdsaP256;
///     type Keys = OtpKeys<1>;
///     const PLACEMENT: Option<Placement> = Some(Placement {
///         header_bytes: 0x400,
///         slot_address: 0x8010_0000,
///         ram_address: 0x3800_0000,
///         ram_bytes: 0x1_0000,
///     });
///     const UPGRADE: Mode = Mode::Swap;
/// }
/// ```
pub trait Settings {
    /// How SHA-256 is computed.
    type Compression: Compression;
    /// How images are signed.
    type Signature: Scheme;
    /// By which keys.
    type Keys: Keys;
    /// Where the images run; `None` for the tools of the host, which run none: their place is not
    /// checked then.
    const PLACEMENT: Option<Placement>;
    /// Whether images are refused whose security counter is lower than that of the device, which
    /// follows the images that proved good.
    const ANTI_ROLLBACK: bool = true;
    /// How an upgrade comes into the primary slot.
    const UPGRADE: Mode = Mode::Overwrite;
    /// Where the non-secure images run, where these are images of their own ([`crate::pair`]).
    const NONSECURE_PLACEMENT: Option<Placement> = None;
    /// Whether there are two images.
    const OF_PAIR: bool = false;
    /// The types of the entries that follow from the choices above.
    const KINDS: Kinds = Kinds {
        signature: Self::Signature::TLV_KIND,
        key: Self::Keys::ENTRY_KIND,
    };
}

/// How the image of the secondary slot comes into the primary one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It overwrites the image there, for good.
    Overwrite,
    /// They change places, and back again unless the new one is confirmed ([`crate::swap`]).
    Swap,
}

/// The settings of the host's tools: portable code, and signatures of the scheme `S` by the keys
/// `K`; `OF_PAIR`: for one of two images.
#[derive(Clone, Copy, Debug)]
pub struct Portable<S, K = OtpKeys<1>, const OF_PAIR: bool = false>(PhantomData<(S, K)>);

impl<S: Scheme, K: Keys, const OF_PAIR: bool> Settings for Portable<S, K, OF_PAIR> {
    type Compression = sha256::Portable;
    type Signature = S;
    type Keys = K;
    const PLACEMENT: Option<Placement> = None;
    const OF_PAIR: bool = OF_PAIR;
}
