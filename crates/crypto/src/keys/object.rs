// SPDX-License-Identifier: Apache-2.0
//! The format of a persistent key: the material, and behind it a trailer with the attributes
//! (`docs/key-format.md`).

use psa::crypto::{KEY_ATTRIBUTES_BYTES, KeyAttributes, KeyId};

use super::{attributes::import, curve::check_material};
use crate::{configuration::Configuration, error::Error};

/// The end of every object: a mark, and in the last byte the version of the format.
const MARK: [u8; 4] = *b"CmK\x01";
/// Size of the trailer behind the material, in bytes.
pub(crate) const TRAILER_BYTES: usize = KEY_ATTRIBUTES_BYTES + MARK.len();

/// Minimum of the maximum size of an object with persistent keys: a key of 256 bits fits.
pub const LEAST_KEY_OBJECT_BYTES: usize = 256 / 8 + TRAILER_BYTES;

/// The most material that there is room for in `object_bytes`, of storage or of memory.
pub(crate) const fn most_material_bytes(object_bytes: usize) -> usize {
    assert!(
        object_bytes >= LEAST_KEY_OBJECT_BYTES,
        "a persistent key of 256 bits does not fit: its.max_asset_bytes, crypto.engine_buffer_bytes"
    );
    object_bytes - TRAILER_BYTES
}

/// Writes the trailer of a key with these attributes to the beginning of `free`.
pub(crate) fn write_trailer(attributes: &KeyAttributes, free: &mut [u8]) -> Result<(), Error> {
    let rooms = free
        .split_first_chunk_mut()
        .and_then(|(attributes, free)| Some((attributes, free.first_chunk_mut()?)));
    let (attributes_room, mark_room) = rooms.ok_or(Error::InsufficientMemory)?;
    *attributes_room = attributes.encode();
    *mark_room = MARK;
    Ok(())
}

/// The attributes of the key `id`, if `object` is a complete and valid key. Its writer is unknown,
/// so it is checked as if a client imported it now.
pub(crate) fn attributes<C: Configuration>(object: &[u8], id: KeyId) -> Option<KeyAttributes> {
    let (material, attributes) = object.strip_suffix(&MARK)?.split_last_chunk()?;
    let mut attributes = KeyAttributes::decode(attributes);
    // `import` refuses a volatile key with the id of a persistent one.
    let is_right = attributes.id == id
        && attributes.bits != 0
        && import::<C>(&mut attributes, material.len()).is_ok()
        && (!C::WANTED.elliptic_curves() || check_material(attributes.key_type, material).is_ok());
    is_right.then_some(attributes)
}

#[cfg(test)]
mod tests {
    use psa::crypto::{Algorithm, KeyType, Lifetime, Usage};
    use std::vec::Vec;

    use super::*;
    use crate::fake::Full;

    const ID: KeyId = KeyId(0x0304_0506);

    fn known() -> KeyAttributes {
        KeyAttributes {
            lifetime: Lifetime::PERSISTENT,
            second_algorithm: Algorithm::CCM.aead_with_shortened_tag(10),
            id: ID,
            ..KeyAttributes::new(KeyType::HMAC, 24, Usage(0x0703), Algorithm(0x0392_800B))
        }
    }

    fn object(attributes: &KeyAttributes, material: &[u8]) -> Vec<u8> {
        let mut object = material.to_vec();
        object.resize(material.len() + TRAILER_BYTES, 0);
        write_trailer(attributes, &mut object[material.len()..]).unwrap();
        object
    }

    /// The bytes that devices in the field have.
    #[test]
    fn the_format_stays_what_it_is() {
        let bytes = "a1a2a3 00111800 01000000 03070000 0b809203 00014a05 06050403 436d4b01";
        let bytes = hex::decode(bytes.replace(' ', "")).unwrap();
        assert_eq!(object(&known(), &[0xA1, 0xA2, 0xA3]), bytes);
        assert_eq!(attributes::<Full>(&bytes, ID), Some(known()));
    }

    #[test]
    fn what_is_not_such_an_object_is_refused() {
        let whole = object(&known(), &[1, 2, 3]);
        for length in 0..whole.len() {
            assert_eq!(attributes::<Full>(&whole[..length], ID), None, "{length}");
            assert_eq!(attributes::<Full>(&whole[whole.len() - length..], ID), None);
        }
        assert_eq!(attributes::<Full>(&[&[0], &whole[..]].concat(), ID), None);
        assert_eq!(attributes::<Full>(&[&whole[..], &[0]].concat(), ID), None);
        assert_eq!(attributes::<Full>(&whole, KeyId(ID.0 + 1)), None);
        for changed in 27..31 {
            let mut other = whole.clone();
            other[changed] ^= 1;
            assert_eq!(attributes::<Full>(&other, ID), None, "mark or version");
        }
        for lifetime in [0, 2, 0x101, 0x1FF] {
            let elsewhere = KeyAttributes {
                lifetime: Lifetime(lifetime),
                ..known()
            };
            assert_eq!(
                attributes::<Full>(&object(&elsewhere, &[1, 2, 3]), ID),
                None
            );
        }
    }
}
