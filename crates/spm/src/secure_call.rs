// SPDX-License-Identifier: Apache-2.0
//! `psa_call` from one partition to another: slices instead of addresses.

use psa::{ControlParameter, Handle, OutVector, Status, client::MAX_VECTORS};

use crate::{
    call::{Call, Slices},
    error::Error,
    framework::SecureClient,
    manager::Spm,
    platform::System,
    route::Inside,
    vectors::{EMPTY_STORAGE, Storage, Vector, Vectors},
};

impl<S: System> Spm<S> {
    /// Calls in the name of partition `C`, by the rules and in the order of a non-secure call.
    /// The vectors need no check: they can't overlap and can't lie where the partition has no
    /// business, or there would be no slices of them.
    pub(crate) fn call_from_secure<C: SecureClient<S>>(
        &self,
        handle: Handle,
        message_type: i16,
        inputs: &[&[u8]],
        outputs: &mut [OutVector<'_>],
    ) -> Result<Status, Error> {
        let target = self.target(C::ID, handle)?;
        if !C::DEPENDENCIES.contains(&target.service.sid) {
            return Err(Error::Refused);
        }
        let control = ControlParameter::new(message_type, inputs.len(), outputs.len())
            .ok_or(Error::Programmer)?;
        let mut storage = EMPTY_STORAGE;
        measure(Vectors::of(&mut storage, control), inputs, outputs);
        let outer = self.open_call();
        let status = {
            let mut rooms: [&mut [u8]; MAX_VECTORS] = Default::default();
            for (room, output) in rooms.iter_mut().zip(outputs.iter_mut()) {
                *room = output.room();
            }
            let mut slices = Slices {
                inputs,
                outputs: &mut rooms,
            };
            let call = Call {
                spm: self,
                client: C::ID,
                message_type: control.message_type(),
                vectors: Vectors::of(&mut storage, control),
                slices: Some(&mut slices),
                connection: target.connection,
            };
            self.deliver::<Inside<C>>(target.service, handle, call)
        };
        self.restore_open_call(outer);
        return_lengths(&mut storage, control, outputs);
        status
    }
}

/// Notes the lengths of the slices where the message looks for lengths.
fn measure(vectors: Vectors<'_>, inputs: &[&[u8]], outputs: &mut [OutVector<'_>]) {
    for (vector, input) in vectors.inputs.iter_mut().zip(inputs) {
        *vector = Vector::of_slice(input.len() as u32);
    }
    for (vector, output) in vectors.outputs.iter_mut().zip(outputs) {
        *vector = Vector::of_slice(output.room().len() as u32);
    }
}

/// Tells the caller how many bytes of each output were written.
fn return_lengths(storage: &mut Storage, control: ControlParameter, outputs: &mut [OutVector<'_>]) {
    let vectors = Vectors::of(storage, control);
    for (output, vector) in outputs.iter_mut().zip(vectors.outputs.iter()) {
        output.set_written(vector.done_bytes as usize);
    }
}
