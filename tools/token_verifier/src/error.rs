// SPDX-License-Identifier: Apache-2.0
//! Why a token, a key or an image is refused.

use thiserror::Error as ThisError;

/// One deviation. Every text says what is wrong and, where it is not plain, what would be right.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
pub enum Error {
    /// The bytes are not well-formed CBOR.
    #[error("{place} is not well-formed CBOR: {reason}")]
    Cbor {
        /// Where.
        place: &'static str,
        /// What the decoder says.
        reason: String,
    },
    /// Tokens have definite lengths only.
    #[error("{0} has no definite length")]
    IndefiniteLength(&'static str),
    /// Something stands behind the end.
    #[error("{bytes} bytes stand behind the end of {place}")]
    TrailingBytes {
        /// Behind what.
        place: &'static str,
        /// How many.
        bytes: usize,
    },
    /// A number or a length in more bytes than it needs.
    #[error("{0} has a number or a length that is not in its shortest form")]
    NotPreferred(&'static str),
    /// A key stands twice in a map at any level.
    #[error("a map in {0} has a key twice")]
    DuplicateKey(&'static str),
    /// More levels than any token needs.
    #[error("{0} has more than {1} levels")]
    TooDeep(&'static str, usize),
    /// A token begins with the tag of its COSE structure.
    #[error("the token is not tagged as COSE_Mac0 (17) or COSE_Sign1 (18)")]
    NotTagged,
    /// Another structure.
    #[error("tag {0} is neither COSE_Mac0 (17) nor COSE_Sign1 (18)")]
    WrongTag(u64),
    /// A structure of COSE has four parts here.
    #[error("the COSE structure has {0} parts instead of 4")]
    WrongParts(u64),
    /// The payload is kept somewhere else.
    #[error("the token has no payload of its own")]
    PayloadDetached,
    /// A label stands twice in one header.
    #[error("header parameter {0} stands twice")]
    DuplicateHeader(i64),
    /// One parameter in both headers, which could say two things.
    #[error("header parameter {0} stands in both headers")]
    HeaderContradicted(i64),
    /// The algorithm is what the protection begins with.
    #[error("the protected header names no algorithm")]
    AlgorithmMissing,
    /// An algorithm that does not belong to this structure or is not secure.
    #[error(
        "algorithm {0} is not the one that a token of this kind uses (5 in COSE_Mac0, -7 in COSE_Sign1)"
    )]
    AlgorithmUnsupported(i64),
    /// An extension that has to be understood.
    #[error("the token demands that header parameters be understood which are not (crit)")]
    CriticalHeader,
    /// A claim stands twice.
    #[error("claim {0} stands twice")]
    DuplicateClaim(i64),
    /// Neither profile.
    #[error("the token names no profile, and no claim tells which it has")]
    ProfileMissing,
    /// A profile that is not known here.
    #[error("profile '{0}' is not known")]
    ProfileUnknown(String),
    /// A claim of the one profile in a token of the other.
    #[error("claim {0} belongs to another profile than that of the token")]
    ClaimOfOtherProfile(i64),
    /// A claim that every token has.
    #[error("claim '{0}' is missing")]
    ClaimMissing(&'static str),
    /// A claim of another form.
    #[error("claim '{name}' is not {wanted}")]
    ClaimMalformed {
        /// Which.
        name: &'static str,
        /// What it has to be.
        wanted: &'static str,
    },
    /// Software that was measured, and the word that none was.
    #[error("the token has software components and says that it has none")]
    ComponentsContradicted,
    /// A COSE_Mac0 needs the attestation key, a COSE_Sign1 its public key.
    #[error("{0}")]
    WrongKind(&'static str),
    /// The tag of the MAC has another length.
    #[error("the {name} has {bytes} bytes instead of {wanted_bytes}")]
    ProofLength {
        /// MAC or signature.
        name: &'static str,
        /// Its length.
        bytes: usize,
        /// The right length.
        wanted_bytes: usize,
    },
    /// Another key, or a token that was changed.
    #[error("the {0} is wrong: the token was changed, or another key made it")]
    ProofWrong(&'static str),
    /// The file of a key.
    #[error("this is no key: {0}")]
    KeyMalformed(String),
    /// The signed image that the token is compared with.
    #[error("the image can't be compared with the token: {0}")]
    ImageMalformed(&'static str),
}
