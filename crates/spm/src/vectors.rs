// SPDX-License-Identifier: Apache-2.0
//! The vectors of one call: descriptors copied once, every range checked before anything is
//! used.
//!
//! Overlaps. Two inputs never overlap, since a byte in both would be fetched twice (as in
//! TF-M); neither do two outputs, nor an output and the array of output descriptors, whose
//! lengths the manager writes itself: each byte has one writer. An input and an output may
//! overlap, because PSA Crypto API 1.2 lets a caller work in place; a service reads what it
//! needs of an input before it writes there. An input may overlap descriptors: these have
//! been copied before it is read.

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
#[derive(Debug)]
pub(crate) struct Vector {
    pub(crate) range: ClientRange,
    /// At most the length of the range.
    pub(crate) done_bytes: u32,
}

impl Vector {
    const EMPTY: Self = Self {
        range: ClientRange::EMPTY,
        done_bytes: 0,
    };

    /// What has not been read or written yet.
    pub(crate) const fn rest_bytes(&self) -> usize {
        self.range.length().wrapping_sub(self.done_bytes) as usize
    }

    /// Goes on by `bytes`, at most the rest, and returns where that part began.
    pub(crate) const fn advance(&mut self, bytes: usize) -> u32 {
        let start = self.done_bytes;
        self.done_bytes = start.wrapping_add(bytes as u32);
        start
    }
}

/// Room for all descriptors, aligned for copies by words.
#[repr(C, align(4))]
struct DescriptorBytes([u8; MAX_VECTORS * DESCRIPTOR_BYTES]);

/// The vectors of one call, inputs first.
#[derive(Debug)]
pub(crate) struct Vectors {
    vectors: [Vector; MAX_VECTORS],
    in_count: usize,
    count: usize,
    /// The caller's array of output descriptors.
    out_array: ClientRange,
}

impl Vectors {
    /// Copies and checks everything that the caller alleges about its vectors.
    pub(crate) fn collect<M: Memory>(
        memory: &M,
        control: ControlParameter,
        in_array: u32,
        out_array: u32,
    ) -> Result<Self, Error> {
        let mut bytes = DescriptorBytes([0; MAX_VECTORS * DESCRIPTOR_BYTES]);
        let in_bytes = control.in_count() * DESCRIPTOR_BYTES;
        let out_bytes = control.out_count() * DESCRIPTOR_BYTES;
        let (inputs, rest) = bytes.0.split_at_mut_checked(in_bytes).unwrap_or_default();
        let outputs = rest.get_mut(..out_bytes).unwrap_or_default();
        copy_array(memory, in_array, Access::Read, inputs)?;
        let out_array = copy_array(memory, out_array, Access::Write, outputs)?;
        let mut this = Self {
            vectors: [const { Vector::EMPTY }; MAX_VECTORS],
            in_count: control.in_count(),
            count: control.in_count() + control.out_count(),
            out_array,
        };
        this.check(memory, &bytes)?;
        Ok(this)
    }

    fn check<M: Memory>(&mut self, memory: &M, bytes: &DescriptorBytes) -> Result<(), Error> {
        let (descriptors, _) = bytes.0.as_chunks::<DESCRIPTOR_BYTES>();
        for (index, descriptor) in descriptors.iter().enumerate().take(self.count) {
            let is_input = index < self.in_count;
            let access = if is_input {
                Access::Read
            } else {
                Access::Write
            };
            let range = decode(memory, descriptor, access)?;
            let first_peer = if is_input { 0 } else { self.in_count };
            let peers = self.vectors.get(first_peer..index).unwrap_or_default();
            let shared = peers.iter().any(|peer| peer.range.overlaps(&range));
            if shared || !is_input && self.out_array.overlaps(&range) {
                return Err(Error::Programmer);
            }
            if let Some(vector) = self.vectors.get_mut(index) {
                vector.range = range;
            }
        }
        Ok(())
    }

    /// The input with this index.
    pub(crate) fn input(&self, index: usize) -> Option<&Vector> {
        self.vectors.get(..self.in_count)?.get(index)
    }

    /// The input with this index, to be read on.
    pub(crate) fn input_mut(&mut self, index: usize) -> Option<&mut Vector> {
        self.vectors.get_mut(..self.in_count)?.get_mut(index)
    }

    /// The output with this index.
    pub(crate) fn output(&self, index: usize) -> Option<&Vector> {
        self.vectors.get(self.in_count..self.count)?.get(index)
    }

    /// The output with this index, to be written on.
    pub(crate) fn output_mut(&mut self, index: usize) -> Option<&mut Vector> {
        self.vectors
            .get_mut(self.in_count..self.count)?
            .get_mut(index)
    }

    /// Tells the caller how many bytes of each output were written (`psa_outvec.len`).
    pub(crate) fn return_lengths<M: Memory>(&self, memory: &M) {
        let outputs = self
            .vectors
            .get(self.in_count..self.count)
            .unwrap_or_default();
        let mut offset = DESCRIPTOR_LENGTH_OFFSET_BYTES as u32;
        for output in outputs {
            memory.write(&self.out_array, offset, &output.done_bytes.to_le_bytes());
            offset = offset.wrapping_add(DESCRIPTOR_BYTES as u32);
        }
    }
}

/// Copies an array of descriptors, once, and returns where it lies.
fn copy_array<M: Memory>(
    memory: &M,
    base: u32,
    access: Access,
    destination: &mut [u8],
) -> Result<ClientRange, Error> {
    if destination.is_empty() {
        return Ok(ClientRange::EMPTY);
    }
    if !base.is_multiple_of(ARRAY_ALIGNMENT_BYTES) {
        return Err(Error::Programmer);
    }
    let array = ClientRange::check(memory, base, destination.len() as u32, access)?;
    memory.read(&array, 0, destination);
    Ok(array)
}

/// Checks what one descriptor alleges.
fn decode<M: Memory>(
    memory: &M,
    descriptor: &[u8; DESCRIPTOR_BYTES],
    access: Access,
) -> Result<ClientRange, Error> {
    let [b0, b1, b2, b3, l0, l1, l2, l3] = *descriptor;
    let base = u32::from_le_bytes([b0, b1, b2, b3]);
    let length_bytes = u32::from_le_bytes([l0, l1, l2, l3]);
    ClientRange::check(memory, base, length_bytes, access)
}
