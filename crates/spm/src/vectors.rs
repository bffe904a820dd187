// SPDX-License-Identifier: Apache-2.0
//! The vectors of one call: descriptors copied once, every range checked before anything is
//! used.
//!
//! Overlaps. Two inputs never overlap, so that no byte is fetched twice as data; two outputs
//! never overlap, so that each byte has one writer; and no vector overlaps the array that
//! describes it, which has been read before and where the manager writes the lengths of the
//! outputs afterwards. An input and an output may overlap, because PSA Crypto API 1.2 lets a
//! caller work in place; a service reads what it needs of an input before it writes there.

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

    /// Goes back to the start and returns how many bytes had been done.
    pub(crate) const fn take_back(&mut self) -> u32 {
        core::mem::replace(&mut self.done_bytes, 0)
    }
}

/// Room for the vectors of one call, all empty. A plain array, written out: the compiler
/// stores it where it is wanted, but builds anything cleverer elsewhere and copies it.
pub(crate) type Storage = [Vector; MAX_VECTORS];
pub(crate) const EMPTY_STORAGE: Storage =
    [Vector::EMPTY, Vector::EMPTY, Vector::EMPTY, Vector::EMPTY];

/// The vectors of one call.
#[derive(Debug)]
pub(crate) struct Vectors<'a> {
    pub(crate) inputs: &'a mut [Vector],
    pub(crate) outputs: &'a mut [Vector],
    /// The caller's array of output descriptors.
    out_array: ClientRange,
}

impl<'a> Vectors<'a> {
    /// Copies and checks everything that the caller alleges about its vectors.
    pub(crate) fn collect<M: Memory>(
        storage: &'a mut Storage,
        memory: &M,
        control: ControlParameter,
        in_array: u32,
        out_array: u32,
    ) -> Result<Self, Error> {
        let halves = storage.split_at_mut_checked(control.in_count());
        let (inputs, rest) = halves.unwrap_or_default();
        let outputs = rest.get_mut(..control.out_count()).unwrap_or_default();
        if !inputs.is_empty() {
            let array = check_array(memory, in_array, inputs, Access::Read)?;
            fetch_all(memory, &array, inputs, Access::Read)?;
        }
        let mut array = ClientRange::EMPTY;
        if !outputs.is_empty() {
            array = check_array(memory, out_array, outputs, Access::Write)?;
            fetch_all(memory, &array, outputs, Access::Write)?;
        }
        Ok(Self {
            inputs,
            outputs,
            out_array: array,
        })
    }

    /// Tells the caller how many bytes of each output were written (`psa_outvec.len`).
    pub(crate) fn return_lengths<M: Memory>(&self, memory: &M) {
        let mut offset = DESCRIPTOR_LENGTH_OFFSET_BYTES as u32;
        for output in self.outputs.iter() {
            memory.write(&self.out_array, offset, &output.done_bytes.to_le_bytes());
            offset = offset.wrapping_add(DESCRIPTOR_BYTES as u32);
        }
    }
}

/// Checks where the array that describes `vectors` lies.
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

/// Copies the descriptors of an array, each once, and checks what they allege.
#[inline(never)]
fn fetch_all<M: Memory>(
    memory: &M,
    array: &ClientRange,
    vectors: &mut [Vector],
    access: Access,
) -> Result<(), Error> {
    let mut offset = 0;
    for vector in vectors.iter_mut() {
        vector.range = fetch(memory, array, offset, access)?;
        offset = offset.wrapping_add(DESCRIPTOR_BYTES as u32);
    }
    if vectors.len() < 2 || disjoint(vectors) {
        Ok(())
    } else {
        Err(Error::Programmer)
    }
}

/// Copies one descriptor and checks what it alleges.
fn fetch<M: Memory>(
    memory: &M,
    array: &ClientRange,
    offset_bytes: u32,
    access: Access,
) -> Result<ClientRange, Error> {
    let mut descriptor = [0; DESCRIPTOR_BYTES];
    memory.read(array, offset_bytes, &mut descriptor);
    let [b0, b1, b2, b3, l0, l1, l2, l3] = descriptor;
    let base = u32::from_le_bytes([b0, b1, b2, b3]);
    let length_bytes = u32::from_le_bytes([l0, l1, l2, l3]);
    let range = ClientRange::check(memory, base, length_bytes, access)?;
    if array.overlaps(&range) {
        return Err(Error::Programmer);
    }
    Ok(range)
}

/// Whether no byte belongs to two of the vectors.
#[inline(never)]
fn disjoint(vectors: &[Vector]) -> bool {
    let mut rest = vectors;
    while let Some((vector, others)) = rest.split_first() {
        if others
            .iter()
            .any(|other| vector.range.overlaps(&other.range))
        {
            return false;
        }
        rest = others;
    }
    true
}
