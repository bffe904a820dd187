// SPDX-License-Identifier: Apache-2.0
//! An encryption or decryption without authentication in progress, for data in parts.

use primitives::{
    aead::Direction,
    aes::{BLOCK_BYTES, Block, BlockPairCipher},
    chacha20::ChaCha20,
    chaining::{cbc_decrypt, cbc_encrypt, cfb, pad, unpad},
    clear,
};

use super::block_modes::BlockModes;
pub(crate) use super::block_modes::{PART_BYTES, ROOM_BYTES};
use crate::{
    algorithms::cipher::Mode,
    configuration::{
        Configuration,
        contexts::Contexts,
        presence::{Blank, Of, Room},
    },
    error::Error,
};

/// The longest initialisation vector.
pub(crate) const IV_BYTES: usize = BLOCK_BYTES;

/// An encryption or decryption.
pub(crate) struct Cipher<C: Configuration> {
    engine: Engine<C>,
    mode: Mode,
    direction: Direction,
    /// Whether the initialisation vector is set, or the mode has none.
    has_iv: bool,
}

/// The cipher in use. Each variant has another type of keys.
enum Engine<C: Configuration> {
    Block(Of<<C::Contexts as Contexts>::BlockCipher, BlockModes<C>>),
    Stream(Of<<C::Contexts as Contexts>::StreamCipher, ChaCha20>),
}

impl<C: Configuration> Cipher<C> {
    /// Replaces `place` by an operation, which must be started.
    #[inline(always)] // creates the operation in place
    pub(crate) fn put<P>(mode: Mode, place: &mut P, wrap: impl FnOnce(Self) -> P) {
        let wrap = |engine| {
            wrap(Self {
                engine,
                mode,
                direction: Direction::Encrypt,
                has_iv: false,
            })
        };
        match mode {
            Mode::Stream => Room::put(place, |room| wrap(Engine::Stream(room))),
            _ => Room::put(place, |room| wrap(Engine::Block(room))),
        }
    }

    /// Whether it has room for the mode.
    pub(crate) const fn is(&self, mode: Mode) -> bool {
        matches!(mode, Mode::Stream) == matches!(self.engine, Engine::Stream(_))
    }

    /// Starts an operation with its key.
    pub(crate) fn start(
        &mut self,
        mode: Mode,
        direction: Direction,
        key: &[u8],
    ) -> Result<(), Error> {
        self.mode = mode;
        self.direction = direction;
        self.has_iv = false;
        match &mut self.engine {
            Engine::Stream(room) => {
                let key = key.try_into().map_err(|_| Error::InvalidArgument)?;
                room.get().set_key(key);
            }
            Engine::Block(room) => {
                let modes = room.get();
                if mode.has_blocks() && direction == Direction::Decrypt {
                    modes.cipher.set_decryption_key(key)?;
                } else {
                    modes.cipher.set_key(key)?;
                }
                modes.kept_bytes = 0;
            }
        }
        self.has_iv = mode.iv_bytes() == 0;
        Ok(())
    }

    pub(crate) const fn mode(&self) -> Mode {
        self.mode
    }

    pub(crate) const fn direction(&self) -> Direction {
        self.direction
    }

    pub(crate) const fn has_iv(&self) -> bool {
        self.has_iv
    }

    /// Sets the initialisation vector.
    pub(crate) fn set_iv(&mut self, iv: &[u8]) -> Result<(), Error> {
        if iv.len() != self.mode.iv_bytes() {
            return Err(Error::InvalidArgument);
        }
        self.has_iv = true;
        match &mut self.engine {
            Engine::Stream(room) => {
                if let Ok(nonce) = iv.try_into() {
                    room.get().start(nonce, 0);
                }
            }
            Engine::Block(room) => {
                let modes = room.get();
                if let Ok(iv) = <&Block>::try_from(iv) {
                    modes.chain = *iv;
                    modes.counter.start(iv);
                }
                if !self.mode.has_blocks() {
                    // All of the register is used up at first.
                    modes.kept_bytes = BLOCK_BYTES as u8;
                }
            }
        }
        Ok(())
    }

    /// Bytes of output for `input_bytes` more of input.
    pub(crate) fn output_bytes(&self, input_bytes: usize) -> usize {
        let Some(kept_bytes) = self.kept_bytes() else {
            return input_bytes;
        };
        let all = kept_bytes.saturating_add(input_bytes);
        let held_back = usize::from(self.holds_back());
        all.saturating_sub(held_back) / BLOCK_BYTES * BLOCK_BYTES
    }

    /// Minimum of output for a whole message, in bytes: the length of a padding is not known
    /// before.
    pub(crate) fn whole_output_bytes(&self, input_bytes: usize) -> Result<usize, Error> {
        if self.mode == Mode::CbcPkcs7 && self.direction == Direction::Encrypt {
            let whole = input_bytes / BLOCK_BYTES * BLOCK_BYTES;
            return whole.checked_add(BLOCK_BYTES).ok_or(Error::InvalidArgument);
        }
        let is_whole = input_bytes.is_multiple_of(BLOCK_BYTES);
        if self.mode.has_blocks() && (!is_whole || self.holds_back() && input_bytes == 0) {
            return Err(Error::InvalidArgument);
        }
        Ok(self.output_bytes(input_bytes))
    }

    /// Encrypts or decrypts the data in `room`, which follow the bytes that [`Self::give_kept`] put
    /// there. Returns the number of bytes of output, at the beginning of `room`.
    pub(crate) fn update(
        &mut self,
        room: &mut [u8; ROOM_BYTES],
        input_bytes: usize,
    ) -> Result<usize, Error> {
        let output_bytes = self.output_bytes(input_bytes);
        let mode = self.mode;
        let is_decryption = self.direction == Direction::Decrypt;
        match &mut self.engine {
            Engine::Stream(stream) => {
                let data = room.get_mut(..input_bytes).unwrap_or_default();
                stream.get().apply(data)?;
            }
            Engine::Block(modes) => {
                let modes = modes.get();
                match mode {
                    Mode::Ctr if C::WANTED.ctr => {
                        let data = room.get_mut(..input_bytes).unwrap_or_default();
                        modes.counter.apply(&modes.cipher, data);
                    }
                    Mode::Cfb if C::WANTED.cfb => {
                        let data = room.get_mut(..input_bytes).unwrap_or_default();
                        let (chain, used) = (&mut modes.chain, &mut modes.kept_bytes);
                        cfb(&modes.cipher, chain, used, is_decryption, data);
                    }
                    _ => modes.update_blocks(mode, is_decryption, room, input_bytes, output_bytes),
                }
            }
        }
        Ok(output_bytes)
    }

    /// Copies the kept bytes to the beginning of `room` and returns their number; the next data
    /// belong behind them.
    pub(crate) fn give_kept(&mut self, room: &mut [u8; ROOM_BYTES]) -> usize {
        let kept_bytes = self.kept_bytes().unwrap_or(0);
        if let (Engine::Block(modes), Some(place)) = (&mut self.engine, room.first_chunk_mut()) {
            *place = modes.get().kept;
        }
        kept_bytes
    }

    /// Ends the message. Returns the number of bytes of output in `room`.
    pub(crate) fn finish(&mut self, room: &mut Block) -> Result<usize, Error> {
        let Some(kept_bytes) = self.kept_bytes() else {
            return Ok(0);
        };
        let Engine::Block(modes) = &mut self.engine else {
            return Ok(0);
        };
        let modes = modes.get();
        *room = modes.kept;
        match (self.mode, self.direction) {
            (Mode::CbcPkcs7, Direction::Encrypt) if C::WANTED.cbc_pkcs7 => {
                pad(room, modes.kept_bytes);
                cbc_encrypt(&modes.cipher, &mut modes.chain, room);
                Ok(BLOCK_BYTES)
            }
            (Mode::CbcPkcs7, Direction::Decrypt) if C::WANTED.cbc_pkcs7 => {
                if kept_bytes != BLOCK_BYTES {
                    return Err(Error::InvalidArgument);
                }
                if let Some(cipher) = modes.cipher.decryption() {
                    cbc_decrypt(cipher, &mut modes.chain, room);
                }
                unpad(room).ok_or(Error::InvalidPadding)
            }
            _ if kept_bytes == 0 => Ok(0),
            _ => Err(Error::InvalidArgument),
        }
    }

    /// Wipes the operation.
    pub(crate) fn clear(&mut self) {
        match &mut self.engine {
            Engine::Stream(room) => room.get().clear(),
            Engine::Block(room) => {
                let modes = room.get();
                modes.cipher.clear();
                clear::replace(modes, BlockModes::BLANK);
            }
        }
    }

    /// Bytes of an incomplete block; `None` in modes without blocks.
    fn kept_bytes(&self) -> Option<usize> {
        match &self.engine {
            Engine::Block(modes) if self.mode.has_blocks() => {
                Some(usize::from(modes.peek().kept_bytes))
            }
            _ => None,
        }
    }

    /// Whether a full block is held back until the next byte, because it may be the padding.
    fn holds_back(&self) -> bool {
        self.mode == Mode::CbcPkcs7 && self.direction == Direction::Decrypt
    }
}
