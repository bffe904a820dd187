// SPDX-License-Identifier: Apache-2.0
//! A token in CBOR's diagnostic notation (RFC 8949, section 8), with what is encoded in byte
//! strings opened (`<<...>>`, RFC 8610, appendix G.3).

use crate::cose::Envelope;
use crate::error::Error;

/// The token in diagnostic notation, one part of the envelope a line.
///
/// # Errors
/// When the envelope is not one of COSE. The claims may be anything in CBOR.
pub fn diagnostic(token: &[u8]) -> Result<String, Error> {
    let Envelope {
        proof,
        protected,
        unprotected,
        payload,
        tag,
        ..
    } = Envelope::read(token)?;
    Ok(format!(
        "{}([\n  <<{}>>,\n  {},\n  <<{}>>,\n  h'{}'\n])",
        proof.tag(),
        minicbor::display(protected),
        minicbor::display(unprotected),
        minicbor::display(payload),
        hex::encode(tag),
    ))
}
