// SPDX-License-Identifier: Apache-2.0
//! The vectors of one call: descriptors copied once, every range checked before anything is
//! used.
//!
//! Overlaps. Vectors may overlap each other, as PSA Crypto API 1.2 (5.4.4) allows for work in
//! place. No check depends on their being separate: each vector has a position of its own that only
//! moves forward, and what a service writes is never read back. Services can have input moved that
//! an output would overwrite before it is read (`Message::make_way`). Only an output over the array
//! of outputs is refused: the lengths, which are written there at the end, would overwrite it.

use psa::{
    ControlParameter,
    client::{DESCRIPTOR_BYTES, DESCRIPTOR_LENGTH_OFFSET_BYTES, MAX_VECTORS},
};

use crate::{
    error::Error,
    memory::{Access, ClientRange, Memory},
};

/// Alignment in bytes of an array of descriptors.
const ARRAY_ALIGNMENT_BYTES: u32 = 4;

/// A vector and how far it has been read or written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vector {
    pub(crate) range: ClientRange,
    /// At most the length of the range.
    pub(crate) done_bytes: u32,
}

impl Vector {
    pub(crate) const EMPTY: Self = Self {
        range: ClientRange::EMPTY,
        done_bytes: 0,
    };

    /// A vector that a secure caller passes as a slice of this length.
    pub(crate) const fn of_slice(length_bytes: u32) -> Self {
        Self {
            range: ClientRange::nowhere(length_bytes),
            done_bytes: 0,
        }
    }

    /// A vector that has not been read or written.
    pub(crate) const fn of(range: ClientRange) -> Self {
        Self {
            range,
            done_bytes: 0,
        }
    }

    /// Whether this input would be overwritten before it is read, when a service alternates
    /// between reading `part_bytes` and writing as many to `output`. Always false for slices, which
    /// have no address here.
    pub(crate) const fn is_in_the_way_of(&self, output: &Self, part_bytes: usize) -> bool {
        let next = self.range.base().wrapping_add(self.done_bytes);
        let distance_bytes = output.range.base().wrapping_sub(next) as usize;
        // All that is left is read before anything is written, or else the output must not begin
        // behind the next byte.
        part_bytes != 0
            && part_bytes < self.rest_bytes()
            && distance_bytes != 0
            && distance_bytes < self.rest_bytes()
    }

    /// What has not been read or written yet.
    pub(crate) const fn rest_bytes(&self) -> usize {
        self.range.length().wrapping_sub(self.done_bytes) as usize
    }

    /// Advances by `bytes`, at most the rest, and returns the position before.
    pub(crate) const fn advance(&mut self, bytes: usize) -> u32 {
        let start = self.done_bytes;
        self.done_bytes = start.wrapping_add(bytes as u32);
        start
    }

    /// Returns to the start, and gives the position before.
    pub(crate) const fn take_back(&mut self) -> u32 {
        core::mem::replace(&mut self.done_bytes, 0)
    }
}

/// Room for the vectors of one call, all empty. The array is written out so that the compiler
/// builds it in place, without a copy.
pub(crate) type Storage = [Vector; MAX_VECTORS];
pub(crate) const EMPTY_STORAGE: Storage =
    [Vector::EMPTY, Vector::EMPTY, Vector::EMPTY, Vector::EMPTY];

/// The vectors of one call in their room, the inputs before the outputs.
pub(crate) struct Vectors<'a> {
    storage: &'a mut Storage,
    /// For the counts.
    control: ControlParameter,
}

impl<'a> Vectors<'a> {
    /// The first vectors of `storage`, as many as the control word says.
    pub(crate) const fn of(storage: &'a mut Storage, control: ControlParameter) -> Self {
        Self { storage, control }
    }

    /// Input `index`.
    pub(crate) fn input(&self, index: usize) -> Option<&Vector> {
        let exists = index < self.control.in_count();
        exists.then(|| self.storage.get(index)).flatten()
    }

    /// Input `index`, to go on in it.
    pub(crate) fn input_mut(&mut self, index: usize) -> Option<&mut Vector> {
        let exists = index < self.control.in_count();
        exists.then(|| self.storage.get_mut(index)).flatten()
    }

    /// Output `index`.
    pub(crate) fn output(&self, index: usize) -> Option<&Vector> {
        let exists = index < self.control.out_count();
        let place = self.control.in_count().wrapping_add(index);
        exists.then(|| self.storage.get(place)).flatten()
    }

    /// Output `index`, to go on in it.
    pub(crate) fn output_mut(&mut self, index: usize) -> Option<&mut Vector> {
        let exists = index < self.control.out_count();
        let place = self.control.in_count().wrapping_add(index);
        exists.then(|| self.storage.get_mut(place)).flatten()
    }

    /// All inputs.
    pub(crate) fn inputs_mut(&mut self) -> &mut [Vector] {
        let inputs = self.storage.get_mut(..self.control.in_count());
        inputs.unwrap_or_default()
    }

    /// All outputs.
    pub(crate) fn outputs_mut(&mut self) -> &mut [Vector] {
        let behind_inputs = self.storage.get_mut(self.control.in_count()..);
        let outputs = behind_inputs.and_then(|rest| rest.get_mut(..self.control.out_count()));
        outputs.unwrap_or_default()
    }

    /// Copies and checks all descriptors of a non-secure caller. Returns the range of the
    /// caller's array of output descriptors.
    pub(crate) fn collect<M: Memory>(
        &mut self,
        memory: &M,
        in_array: u32,
        out_array: u32,
    ) -> Result<ClientRange, Error> {
        if self.control.in_count() != 0 {
            fetch_all(memory, in_array, self.inputs_mut(), Access::Read)?;
        }
        if self.control.out_count() == 0 {
            return Ok(ClientRange::EMPTY);
        }
        fetch_all(memory, out_array, self.outputs_mut(), Access::Write)
    }

    /// Writes the number of bytes of each output to the array of a non-secure caller
    /// (`psa_outvec.len`).
    pub(crate) fn return_lengths<M: Memory>(&mut self, memory: &M, out_array: &ClientRange) {
        let mut offset = DESCRIPTOR_LENGTH_OFFSET_BYTES as u32;
        for output in self.outputs_mut() {
            memory.write(out_array, offset, &output.done_bytes.to_le_bytes());
            offset = offset.wrapping_add(DESCRIPTOR_BYTES as u32);
        }
    }
}

/// Checks the address of the array that describes `vectors`.
fn check_array<M: Memory>(
    memory: &M,
    base: u32,
    vectors: &[Vector],
    access: Access,
) -> Result<ClientRange, Error> {
    if !base.is_multiple_of(ARRAY_ALIGNMENT_BYTES) {
        return Err(Error::Programmer);
    }
    let length_bytes = (vectors.len() * DESCRIPTOR_BYTES) as u32;
    ClientRange::check(memory, base, length_bytes, access)
}

/// Copies the descriptors of an array, each once, and checks them.
#[inline(never)]
fn fetch_all<M: Memory>(
    memory: &M,
    array: u32,
    vectors: &mut [Vector],
    access: Access,
) -> Result<ClientRange, Error> {
    let array = check_array(memory, array, vectors, access)?;
    let mut offset = 0;
    for vector in vectors.iter_mut() {
        vector.range = fetch(memory, &array, offset, access)?;
        offset = offset.wrapping_add(DESCRIPTOR_BYTES as u32);
    }
    Ok(array)
}

/// Copies one descriptor and checks it.
fn fetch<M: Memory>(
    memory: &M,
    array: &ClientRange,
    offset_bytes: u32,
    access: Access,
) -> Result<ClientRange, Error> {
    let mut descriptor = [0; DESCRIPTOR_BYTES];
    memory.read(array, offset_bytes, &mut descriptor);
    // As one number, so that the compiler loads words and not bytes.
    let words = u64::from_le_bytes(descriptor);
    let (base, length_bytes) = (words as u32, (words >> 32) as u32);
    let range = ClientRange::check(memory, base, length_bytes, access)?;
    if access == Access::Write && array.overlaps(&range) {
        return Err(Error::Programmer);
    }
    Ok(range)
}

#[cfg(test)]
mod tests;
