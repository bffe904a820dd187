// SPDX-License-Identifier: Apache-2.0
//! Writes a token in one pass: COSE_Mac0 (RFC 9052, section 6.2) with HMAC 256/256.
//!
//! The authenticated data and the token have different heads and the same payload. A piece of fixed
//! size collects the payload; when it is full, it goes to the caller's buffer and to the Crypto
//! service. Nothing is read back.

use psa::crypto::{Algorithm, Function, KeyId, MESSAGE_TYPE, Pack};
use psa::service::CRYPTO;
use psa::{Framework, Message, OutVector, Status};

use cbor::{integer, major, string_bytes};

/// Two blocks of SHA-256.
const PIECE_BYTES: usize = 128;
/// The longest head of an item.
const LONGEST_HEAD_BYTES: usize = 5;
const MAC_BYTES: usize = 32;
const CHALLENGE_INPUT: usize = 0;
const OUTPUT: usize = 0;

/// The longest challenge: as long as the longest hash.
pub const CHALLENGE_BYTES: usize = 64;

/// Tag 17, a list of four; the protected header, algorithm 5, as a byte string; no unprotected one.
const HEAD: [u8; 7] = [0xD1, 0x84, 0x43, 0xA1, 0x01, 0x05, 0xA0];
/// The same with an unprotected header, up to the value of a key id.
const HEAD_WITH_KEY_ID: [u8; 8] = [0xD1, 0x84, 0x43, 0xA1, 0x01, 0x05, 0xA1, 0x04];
/// `["MAC0", protected, h'', ` of the structure that is authenticated.
const MAC_HEAD: [u8; 11] = *b"\x84\x64MAC0\x43\xA1\x01\x05\x40";

/// The head of the MAC, a byte string of 32.
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

/// Buffers for a token. They are part of the partition's state and not on the stack, because the
/// calls for a token are the deepest of the secure world and determine the size of the stack.
#[derive(Debug)]
pub struct Room {
    /// The request to the Crypto service.
    pack: Pack,
    /// Data that were not passed on yet.
    piece: [u8; PIECE_BYTES],
}

impl Room {
    /// Room for any token, all of it zero.
    pub const fn new() -> Self {
        Self {
            pack: Pack::new(Function(0)),
            piece: [0; PIECE_BYTES],
        }
    }
}

/// A token, partly written to the caller.
pub struct Token<'m, M, F> {
    message: &'m mut M,
    framework: &'m F,
    /// Handle of the MAC operation.
    operation: u32,
    room: &'m mut Room,
    /// Filled bytes of the piece.
    used_bytes: usize,
    /// Bytes at its start that are not part of the token.
    hidden_bytes: usize,
    /// Bytes of the payload that are missing.
    rest_bytes: usize,
    has_failed: bool,
}

impl<'m, M: Message, F: Framework> Token<'m, M, F> {
    /// A token with a payload of `payload_bytes`. The caller's buffer has room for it; `room` may
    /// contain anything.
    pub fn new(
        message: &'m mut M,
        framework: &'m F,
        room: &'m mut Room,
        payload_bytes: usize,
    ) -> Self {
        Self {
            message,
            framework,
            operation: 0,
            room,
            used_bytes: 0,
            hidden_bytes: MAC_HEAD.len(),
            rest_bytes: payload_bytes,
            has_failed: false,
        }
    }

    /// Begins the MAC; the payload follows.
    #[inline(never)] // as `finish`: not in the frame that has the claims below it
    pub fn begin(&mut self) {
        let mut handle = [0; HANDLE_BYTES];
        let mut outputs = [OutVector::new(&mut handle)];
        self.crypto(Function::MAC_SIGN_SETUP, &mut outputs);
        self.operation = u32::from_le_bytes(handle);
        let payload_bytes = self.rest_bytes;
        self.put(&MAC_HEAD);
        self.head(major::BYTES, payload_bytes as u32);
        self.rest_bytes = payload_bytes;
    }

    /// Writes the head of the token. Before that nothing is written to the caller's buffer, because
    /// the challenge may be there.
    #[inline(never)]
    pub fn show_head(&mut self, key_id: &str) {
        if key_id.is_empty() {
            self.show(&HEAD);
        } else {
            self.show(&HEAD_WITH_KEY_ID);
            let (head, following_bytes) = cbor::head(major::BYTES, key_id.len() as u32);
            let head = [head, key_id.len() as u8];
            self.show(head.get(..1 + following_bytes).unwrap_or_default());
            self.show(key_id.as_bytes());
        }
    }

    /// The claim with the caller's challenge, of at most [`CHALLENGE_BYTES`]. It is one of the
    /// first claims, so that it fits in the first piece.
    #[inline(never)]
    pub fn challenge(&mut self, label: i32, bytes: usize) {
        const { assert!(MAC_HEAD.len() + 16 + CHALLENGE_BYTES <= PIECE_BYTES) };
        self.label(label);
        self.head(major::BYTES, bytes as u32);
        let room = self
            .room
            .piece
            .get_mut(self.used_bytes..)
            .unwrap_or_default();
        let room = room.get_mut(..bytes).unwrap_or_default();
        let taken_bytes = self.message.read(CHALLENGE_INPUT, room);
        self.used_bytes += taken_bytes;
        self.rest_bytes = self.rest_bytes.wrapping_sub(taken_bytes);
    }

    /// Reads the caller's challenge, for a later claim.
    pub fn take_challenge<'c>(&mut self, room: &'c mut [u8; CHALLENGE_BYTES]) -> &'c [u8] {
        let bytes = self.message.read(CHALLENGE_INPUT, room);
        room.get(..bytes).unwrap_or_default()
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
        self.reserve();
        self.push_integer(label);
        self.push_integer(value);
    }

    #[inline(never)]
    fn claim(&mut self, label: i32, major: u8, value: &[u8]) {
        self.reserve();
        self.push_integer(label);
        self.push_head(major, value.len() as u32);
        self.put(value);
    }

    /// The label of a claim whose value follows.
    #[inline(never)]
    pub fn label(&mut self, label: i32) {
        self.reserve();
        self.push_integer(label);
    }

    /// The head of an item.
    #[inline(never)]
    pub fn head(&mut self, major: u8, number: u32) {
        self.reserve();
        self.push_head(major, number);
    }

    /// Makes sure that the piece has room for two heads.
    fn reserve(&mut self) {
        if self.used_bytes > PIECE_BYTES - 2 * LONGEST_HEAD_BYTES {
            self.flush();
        }
    }

    /// Appends an integer for which there is room.
    #[inline(never)]
    fn push_integer(&mut self, value: i32) {
        let (major, number) = integer(value);
        self.push_head(major, number);
    }

    /// Appends the head of an item for which there is room.
    #[inline(never)] // a leaf, not below calls of the Crypto service
    fn push_head(&mut self, major: u8, number: u32) {
        let (first, following_bytes) = cbor::head(major, number);
        self.push(first);
        let following = number.to_be_bytes();
        for byte in following.get(4 - following_bytes..).unwrap_or_default() {
            self.push(*byte);
        }
    }

    /// Appends a byte for which there is room.
    fn push(&mut self, byte: u8) {
        if let Some(place) = self.room.piece.get_mut(self.used_bytes) {
            *place = byte;
            self.used_bytes += 1;
            self.rest_bytes = self.rest_bytes.wrapping_sub(1);
        }
    }

    /// Appends to the authenticated data and to the token.
    #[inline(never)]
    fn put(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if self.used_bytes >= PIECE_BYTES {
                self.flush();
            }
            self.push(*byte);
        }
    }

    /// Passes the piece on to both.
    #[inline(never)] // it has left the stack when the Crypto service is called
    fn flush(&mut self) {
        let piece = self.room.piece.get(..self.used_bytes).unwrap_or_default();
        let shown = piece.get(self.hidden_bytes..).unwrap_or_default();
        self.has_failed |= self.message.write(OUTPUT, shown).is_err();
        self.hidden_bytes = 0;
        self.crypto(Function::MAC_UPDATE, &mut []);
    }

    /// Appends to the token only.
    #[inline(never)]
    fn show(&mut self, bytes: &[u8]) {
        self.has_failed |= self.message.write(OUTPUT, bytes).is_err();
    }

    /// Ends the token with its MAC. A token with any error is erased.
    #[inline(never)]
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

    /// Calls the Crypto service with the piece.
    #[inline(never)] // three times
    fn crypto(&mut self, function: Function, outputs: &mut [OutVector<'_>]) {
        // Two assignments: a pack that is chosen from two would be on the stack.
        if function == Function::MAC_SIGN_SETUP {
            self.room.pack = Pack::new(function)
                .with_key_id(KeyId::INITIAL_ATTESTATION_KEY)
                .with_algorithm(ALGORITHM);
        } else {
            self.room.pack = Pack::new(function).with_operation_handle(self.operation);
        }
        let piece = self.room.piece.get(..self.used_bytes).unwrap_or_default();
        let inputs = [&self.room.pack.bytes()[..], piece];
        let status = self
            .framework
            .call(CRYPTO.handle(), MESSAGE_TYPE, &inputs, outputs);
        self.has_failed |= !status.is_success();
        self.used_bytes = 0;
    }
}
