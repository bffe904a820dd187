// SPDX-License-Identifier: Apache-2.0
//! Reads and verifies attestation tokens of PSA devices on the host.
//!
//! * [`Token::read`] takes a token apart: COSE_Mac0 or COSE_Sign1 (RFC 9052), and in it the claims
//!   of one of two profiles (RFC 9783 and `PSA_IOT_PROFILE_1`). It proves nothing.
//! * [`verify`] proves it: who made it, and whether it says what is [`Expected`] of the device.
//!
//! A token comes from a device that is not trusted yet. Each deviation has an [`Error`] of its
//! own; a reader that goes on with what it could make out would be no verifier.

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
