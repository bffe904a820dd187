// SPDX-License-Identifier: Apache-2.0
//! Decodes a boot record: a CBOR map (RFC 8949) of type, version, signer id, description and
//! measurement, in this order and in one encoding, which the signing tools and the boot ROM use.
//! For one encoding, the strictest parser is also the smallest. A record is untrusted input.

/// Size of a measurement and of a signer id.
pub const HASH_BYTES: usize = 32;
/// How a component was measured.
pub const DESCRIPTION: &str = "SHA256";

/// A map of five; key 1, a text follows.
const BEFORE_KIND: [u8; 2] = [0xA5, 0x01];
/// Key 4, a text follows.
const BEFORE_VERSION: [u8; 1] = [0x04];
/// Key 5 and the head of a byte string.
const BEFORE_SIGNER: [u8; 3] = [0x05, 0x58, HASH_BYTES as u8];
/// Key 6 with its text; key 2 and the head of a byte string.
const BEFORE_MEASUREMENT: [u8; 11] = *b"\x06\x66SHA256\x02\x58\x20";

/// The head of a text of no length; the length is in its lower bits.
const TEXT: u8 = 0x60;
/// Texts with a head of one byte are shorter than this.
const TEXT_BYTES_END: u8 = 24;

/// A software component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Component<'a> {
    /// Key 1.
    pub kind: &'a [u8],
    /// Key 2.
    pub measurement: &'a [u8; HASH_BYTES],
    /// Key 4.
    pub version: &'a [u8],
    /// Key 5.
    pub signer: &'a [u8; HASH_BYTES],
}

impl<'a> Component<'a> {
    /// The component in a record. Its texts are read only if wanted, and empty otherwise.
    #[inline(always)] // what is wanted is a constant
    pub fn read(record: &'a [u8], with_texts: bool) -> Option<Self> {
        let (texts, signer, measurement) = hashes(record)?;
        let (mut kind, mut version): (&[u8], &[u8]) = (&[], &[]);
        if with_texts {
            let rest;
            (kind, rest) = text(texts, &BEFORE_KIND)?;
            (version, _) = text(rest, &BEFORE_VERSION).filter(|(_, rest)| rest.is_empty())?;
        }
        Some(Self {
            kind,
            measurement,
            version,
            signer,
        })
    }
}

/// Whether a record has the form that tokens are made from.
#[must_use]
pub fn is_record(record: &[u8]) -> bool {
    Component::read(record, true).is_some()
}

/// What stands before the hashes of a record; signer and measurement.
#[inline(never)] // twice
fn hashes(record: &[u8]) -> Option<(&[u8], &[u8; HASH_BYTES], &[u8; HASH_BYTES])> {
    let (rest, measurement) = record.split_last_chunk()?;
    let (rest, signer) = rest.strip_suffix(&BEFORE_MEASUREMENT)?.split_last_chunk()?;
    Some((rest.strip_suffix(&BEFORE_SIGNER)?, signer, measurement))
}

/// The text behind these bytes, and what follows it.
#[inline(never)] // twice
fn text<'a>(record: &'a [u8], before: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let (head, rest) = record.strip_prefix(before)?.split_first()?;
    let length = head
        .checked_sub(TEXT)
        .filter(|length| *length < TEXT_BYTES_END)?;
    let (text, rest) = rest.split_at_checked(length.into())?;
    text.is_ascii().then_some((text, rest))
}
