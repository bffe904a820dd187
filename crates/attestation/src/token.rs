// SPDX-License-Identifier: Apache-2.0
//! A token in the making: COSE_Mac0 (RFC 9052, section 6.2) with HMAC 256/256, in one pass.
//!
//! What is authenticated is not what the caller gets: both begin with heads of their own and go
//! on with the payload. A piece of fixed size takes it in; when the piece is full, it goes to
//! the caller's buffer and to the Crypto service, and nothing is ever read back.

use psa::crypto::{Algorithm, Function, KeyId, MESSAGE_TYPE, Pack};
use psa::service::CRYPTO;
use psa::{Framework, Message, OutVector, Status};

use crate::cbor::{self, integer, major, string_bytes};

/// Two blocks of SHA-256.
const PIECE_BYTES: usize = 128;
const MAC_BYTES: usize = 32;
const OUTPUT: usize = 0;

/// Tag 17, a list of four; the protected header, algorithm 5, as a byte string; no unprotected one.
const HEAD: [u8; 7] = [0xD1, 0x84, 0x43, 0xA1, 0x01, 0x05, 0xA0];
/// The same with an unprotected header, up to the value of a key id.
const HEAD_WITH_KEY_ID: [u8; 8] = [0xD1, 0x84, 0x43, 0xA1, 0x01, 0x05, 0xA1, 0x04];
/// `["MAC0", protected, h'', ` of the structure that is authenticated.
const MAC_HEAD: [u8; 11] = *b"\x84\x64MAC0\x43\xA1\x01\x05\x40";

/// The head of the code, a byte string of 32.
const CODE_HEAD: [u8; 2] = [0x58, MAC_BYTES as u8];

const ALGORITHM: Algorithm = Algorithm::hmac(Algorithm::SHA_256);
const HANDLE_BYTES: usize = 4;

/// Size of a token around a payload.
pub const fn token_bytes(payload_bytes: usize, key_id: &str) -> usize {
    let head_bytes = match key_id.len() {
        0 => HEAD.len(),
        length => HEAD_WITH_KEY_ID.len() + string_bytes(length),
    };
    head_bytes + string_bytes(payload_bytes) + CODE_HEAD.len() + MAC_BYTES
}

/// A token of which a part is with the caller.
pub struct Token<'m, M> {
    message: &'m mut M,
    /// Handle of the code in the making.
    operation: u32,
    piece: [u8; PIECE_BYTES],
    /// How much of the piece is filled.
    used_bytes: usize,
    /// How much of it, from its start, is not for the caller.
    hidden_bytes: usize,
    /// How much of the payload is to come.
    rest_bytes: usize,
    has_failed: bool,
}

impl<'m, M: Message> Token<'m, M> {
    /// A token whose payload will have so many bytes; the caller's buffer was found to have room
    /// for it.
    pub fn new(message: &'m mut M, payload_bytes: usize) -> Self {
        Self {
            message,
            operation: 0,
            piece: [0; PIECE_BYTES],
            used_bytes: 0,
            hidden_bytes: MAC_HEAD.len(),
            rest_bytes: payload_bytes,
            has_failed: false,
        }
    }

    /// Everything before the payload.
    pub fn begin(&mut self, key_id: &str) {
        let mut handle = [0; HANDLE_BYTES];
        let mut outputs = [OutVector::new(&mut handle)];
        self.crypto(Function::MAC_SIGN_SETUP, &mut outputs);
        self.operation = u32::from_le_bytes(handle);
        if key_id.is_empty() {
            self.show(&HEAD);
        } else {
            self.show(&HEAD_WITH_KEY_ID);
            let (head, following_bytes) = cbor::head(major::BYTES, key_id.len() as u32);
            let head = [head, key_id.len() as u8];
            self.show(head.get(..1 + following_bytes).unwrap_or_default());
            self.show(key_id.as_bytes());
        }
        let payload_bytes = self.rest_bytes;
        self.put(&MAC_HEAD);
        self.head(major::BYTES, payload_bytes as u32);
        self.rest_bytes = payload_bytes;
    }

    /// A claim that is a byte string.
    pub fn bytes(&mut self, label: i32, value: &[u8]) {
        self.claim(label, major::BYTES, value);
    }

    /// A claim that is a text.
    pub fn text(&mut self, label: i32, value: &[u8]) {
        self.claim(label, major::TEXT, value);
    }

    /// A claim that is an integer.
    pub fn integer(&mut self, label: i32, value: i32) {
        self.label(label);
        self.label(value);
    }

    #[inline(never)]
    fn claim(&mut self, label: i32, major: u8, value: &[u8]) {
        self.label(label);
        self.head(major, value.len() as u32);
        self.put(value);
    }

    /// The label of a claim whose value follows.
    #[inline(never)]
    pub fn label(&mut self, label: i32) {
        let (major, number) = integer(label);
        self.head(major, number);
    }

    /// The head of an item.
    #[inline(never)]
    pub fn head(&mut self, major: u8, number: u32) {
        let (first, following_bytes) = cbor::head(major, number);
        self.put(&[first]);
        let following = number.to_be_bytes();
        self.put(following.get(4 - following_bytes..).unwrap_or_default());
    }

    /// Appends to what is authenticated and what the caller gets.
    #[inline(never)]
    fn put(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if let Some(place) = self.piece.get_mut(self.used_bytes) {
                *place = *byte;
            }
            self.used_bytes += 1;
            if self.used_bytes >= PIECE_BYTES {
                self.flush();
            }
        }
        self.rest_bytes = self.rest_bytes.wrapping_sub(bytes.len());
    }

    /// Hands the piece to both.
    #[inline(never)]
    fn flush(&mut self) {
        let piece = self.piece.get(..self.used_bytes).unwrap_or_default();
        let shown = piece.get(self.hidden_bytes..).unwrap_or_default();
        let is_written = self.message.write(OUTPUT, shown).is_ok();
        let is_taken = crypto(
            self.message,
            Function::MAC_UPDATE,
            self.operation,
            piece,
            &mut [],
        );
        self.has_failed |= !(is_written && is_taken);
        self.used_bytes = 0;
        self.hidden_bytes = 0;
    }

    /// Appends to what the caller gets alone.
    #[inline(never)]
    fn show(&mut self, bytes: &[u8]) {
        self.has_failed |= self.message.write(OUTPUT, bytes).is_err();
    }

    /// Ends the token with its code; a token that failed anywhere is taken back.
    pub fn finish(&mut self) -> Result<(), Status> {
        self.flush();
        let (mut handle, mut code) = ([0; HANDLE_BYTES], [0; MAC_BYTES]);
        let mut outputs = [OutVector::new(&mut handle), OutVector::new(&mut code)];
        self.crypto(Function::MAC_SIGN_FINISH, &mut outputs);
        self.show(&CODE_HEAD);
        self.show(&code);
        if self.has_failed || self.rest_bytes != 0 {
            self.message.erase(OUTPUT);
            return Err(Status::GENERIC_ERROR);
        }
        Ok(())
    }

    fn crypto(&mut self, function: Function, outputs: &mut [OutVector<'_>]) {
        let is_done = crypto(self.message, function, self.operation, &[], outputs);
        self.has_failed |= !is_done;
    }
}

/// Calls the Crypto service and tells whether it did as it was told.
#[inline(never)] // three times
fn crypto(
    message: &impl Message,
    function: Function,
    operation: u32,
    input: &[u8],
    outputs: &mut [OutVector<'_>],
) -> bool {
    let pack = Pack::new(function)
        .with_key_id(KeyId::INITIAL_ATTESTATION_KEY)
        .with_algorithm(ALGORITHM)
        .with_operation_handle(operation);
    let inputs = [&pack.bytes()[..], input];
    let framework = message.framework();
    let status = framework.call(CRYPTO.handle(), MESSAGE_TYPE, &inputs, outputs);
    status.is_success()
}
