// SPDX-License-Identifier: Apache-2.0
//! CBOR (RFC 8949) as strict as tokens require: definite lengths, nothing after the end.

use crate::error::Error;
use minicbor::data::Type;
use minicbor::{Decoder, decode};

/// A decoder that names in its errors what it reads.
pub(crate) struct Reader<'b> {
    decoder: Decoder<'b>,
    place: &'static str,
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    pub(crate) fn new(bytes: &'b [u8], place: &'static str) -> Self {
        Self {
            decoder: Decoder::new(bytes),
            place,
            bytes,
        }
    }

    /// The type of the next item.
    pub(crate) fn next_type(&self) -> Result<Type, Error> {
        self.decoder
            .datatype()
            .map_err(|error| self.malformed(&error))
    }

    pub(crate) fn tag(&mut self) -> Result<u64, Error> {
        let tag = self.decoder.tag();
        tag.map(|tag| tag.as_u64())
            .map_err(|error| self.malformed(&error))
    }

    /// Number of items of an array.
    pub(crate) fn array(&mut self) -> Result<u64, Error> {
        let length = self.decoder.array();
        let length = length.map_err(|error| self.malformed(&error))?;
        length.ok_or(Error::IndefiniteLength(self.place))
    }

    /// Number of pairs of a map.
    pub(crate) fn map(&mut self) -> Result<u64, Error> {
        let length = self.decoder.map();
        let length = length.map_err(|error| self.malformed(&error))?;
        length.ok_or(Error::IndefiniteLength(self.place))
    }

    pub(crate) fn integer(&mut self) -> Result<i64, Error> {
        let integer = self.decoder.i64();
        integer.map_err(|error| self.malformed(&error))
    }

    pub(crate) fn bytes(&mut self) -> Result<&'b [u8], Error> {
        if self.next_type()? == Type::BytesIndef {
            return Err(Error::IndefiniteLength(self.place));
        }
        let bytes = self.decoder.bytes();
        bytes.map_err(|error| self.malformed(&error))
    }

    pub(crate) fn text(&mut self) -> Result<&'b str, Error> {
        if self.next_type()? == Type::StringIndef {
            return Err(Error::IndefiniteLength(self.place));
        }
        let text = self.decoder.str();
        text.map_err(|error| self.malformed(&error))
    }

    /// Passes over one item, however deep, and returns its bytes.
    pub(crate) fn item(&mut self) -> Result<&'b [u8], Error> {
        let start = self.decoder.position();
        let skipped = self.decoder.skip();
        skipped.map_err(|error| self.malformed(&error))?;
        let end = self.decoder.position();
        Ok(self.bytes.get(start..end).unwrap_or_default())
    }

    /// Checks that nothing follows.
    pub(crate) fn end(self) -> Result<(), Error> {
        match self.bytes.len() - self.decoder.position() {
            0 => Ok(()),
            bytes => Err(Error::TrailingBytes {
                place: self.place,
                bytes,
            }),
        }
    }

    fn malformed(&self, error: &decode::Error) -> Error {
        Error::Cbor {
            place: self.place,
            reason: error.to_string(),
        }
    }
}
