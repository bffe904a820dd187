// SPDX-License-Identifier: Apache-2.0
//! Signing of images on the host, and the inspection of signed ones.
//!
//! [`sign`] makes byte for byte what `imgtool sign --public-key-format full --pad-header` makes
//! of the same payload, key and options, but for what is random in a signature: the salt of RSA
//! and the number that `imgtool` takes for ECDSA. Everything that is read is read by the crate
//! `boot`, the code that the boot ROM runs.
//!
//! [`sign()`] is built from `draft`, the parts of an image before it is signed; `key` has the keys,
//! `payload` reads the program, `layout` the areas of the device. [`inspect()`] tells of a finished
//! image what the boot ROM would find. `fuzz` is the entry of fuzzers and property tests.

mod boot_record;
pub mod draft;
mod expected;
mod file_kind;
pub mod fuzz;
mod inspect;
pub mod key;
mod layout;
mod options;
mod padding;
mod payload;
mod place;
mod trailer;
mod verify;

pub use expected::Expected;
pub use file_kind::FileKind;
pub use inspect::{Area, Check, Entry, HeaderFields, Report, inspect};
pub use key::{PublicKey, SignatureType, SigningKey};
pub use layout::{FlashLayout, ImageLayout, Layout, Range};
pub use options::{
    Dependency, Options, PublicKeyFormat, SecurityCounter, parse_dependencies, parse_number,
    parse_version,
};
pub use payload::Payload;
pub use trailer::check_trailer;
pub use verify::{verify, verify_expected};

use anyhow::Result;

/// Makes a signed image of `payload`, which begins with its vector table and is linked to
/// run [`Options::header_bytes`] behind the beginning of its slot.
///
/// # Errors
///
/// When an option cannot be represented in the format, the image does not fit into its slot, or
/// it would not run at its place.
///
/// # Examples
///
/// ```
/// use signer::{Options, SignatureType, SigningKey, sign, verify};
///
/// # struct Device { key_hash: [u8; 32] }
/// # impl boot::Trust for Device {
/// #     fn accepts_key(&self, key_hash: &[u8; 32]) -> bool { self.key_hash == *key_hash }
/// #     fn security_counter(&self) -> u32 { 0 }
/// #     fn placement(&self) -> Option<boot::Placement> { None }
/// # }
/// let key = SigningKey::generate(SignatureType::EcdsaP256)?;
/// let payload = [0x5A; 64]; // a program, with its vector table at its start
/// let image = sign(&payload, &key, &Options::default())?;
///
/// let device = Device { key_hash: key.public_key_hash()? };
/// let verified = verify(&image, &device, SignatureType::EcdsaP256).expect("an image that starts");
/// assert_eq!(verified.payload(), payload);
/// # Ok::<(), anyhow::Error>(())
/// ```
pub fn sign(payload: &[u8], key: &SigningKey, options: &Options) -> Result<Vec<u8>> {
    place::check(payload, options)?;
    let mut image = draft::Draft::new(payload, key, options)?.seal(key)?;
    padding::fit(&mut image, options)?;
    Ok(image)
}
