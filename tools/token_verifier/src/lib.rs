// SPDX-License-Identifier: Apache-2.0
//! Reads and verifies attestation tokens of PSA devices on the host.
//!
//! * [`Token::read`] parses a token: COSE_Mac0 or COSE_Sign1 (RFC 9052), and in it the claims
//!   of one of two profiles (RFC 9783 and `PSA_IOT_PROFILE_1`). It verifies nothing.
//! * [`verify`] checks who made the token, and whether its claims are those [`Expected`] of the
//!   device.
//! * Parsing is strict. A token comes from a device that is not trusted yet, so each deviation from
//!   the specifications is refused, with an [`Error`] of its own.
//!
//! Not here: the format of tokens on the device (`crates/attestation`), and a service that stores
//! reference values.
//!
//! # Examples
//!
//! A token of a device with development keys:
//!
//! ```
//! use token_verifier::{Expected, Key, Profile, Token, verify};
//!
//! let token = include_bytes!("../golden/rfc9783.cbor");
//! let claims = Token::read(token)?.claims; // not verified yet
//! assert_eq!(claims.profile, Profile::Rfc9783);
//!
//! let another_key = Key::iak(&[0; 32])?;
//! assert!(verify(token, &another_key, &Expected::default()).is_err());
//! # Ok::<(), token_verifier::Error>(())
//! ```

mod cbor;
mod claim_map;
mod claims;
mod component;
mod cose;
mod diagnostic;
mod error;
mod expected;
mod hex_bytes;
mod key;
mod lifecycle;
mod profile;
mod report;
mod strict;
mod text;
mod token;

pub use claims::Claims;
pub use component::Component;
pub use cose::Proof;
pub use diagnostic::diagnostic;
pub use error::Error;
pub use expected::Expected;
pub use hex_bytes::HexBytes;
pub use key::Key;
pub use lifecycle::SecurityLifecycle;
pub use profile::Profile;
pub use report::{Check, Report, verify};
pub use token::Token;
