// SPDX-License-Identifier: Apache-2.0
//! `psa_call` from one partition to another: slices instead of addresses.

use psa::{ClientId, ControlParameter, Handle, OutVector, Status};

use crate::{
    call::Call,
    error::Error,
    manager::{Spm, Target},
    partitions::SecureClient,
    route::Inside,
    slices::Slices,
    system::System,
    vectors::{EMPTY_STORAGE, Vector, Vectors},
};

impl<S: System> Spm<S> {
    /// Calls in the name of partition `C`, by the rules and in the order of a non-secure call.
    /// The vectors need no check: slices of the partition can't overlap an output and can't be
    /// outside its memory.
    ///
    /// Code that does not depend on the partition is in functions of its own, shared by all.
    #[inline(never)] // the manager's, also where a partition calls from one place only
    pub(crate) fn call_from_secure<C: SecureClient<S>>(
        &self,
        handle: Handle,
        message_type: i16,
        inputs: &[&[u8]],
        outputs: &mut [OutVector<'_>],
    ) -> Result<Status, Error> {
        let counts = (inputs.len(), outputs.len());
        let control = ControlParameter::new(message_type, counts.0, counts.1);
        let target = self.secure_target(C::ID, C::DEPENDENCIES, handle)?;
        let control = control.ok_or(Error::Programmer)?;
        let mut storage = EMPTY_STORAGE;
        let mut slices = Slices {
            inputs,
            outputs: Default::default(),
        };
        measure(
            Vectors::of(&mut storage, control),
            &mut slices,
            &mut *outputs,
        );
        let outer = self.open_call();
        let call = Call {
            spm: self,
            client: C::ID,
            message_type: control.message_type(),
            service: target.service,
            vectors: Vectors::of(&mut storage, control),
            slices: Some(&mut slices),
            connection: target.connection,
        };
        let status = self.deliver::<Inside<C>>(handle, call);
        self.restore_open_call(outer);
        return_lengths(Vectors::of(&mut storage, control), outputs);
        status
    }

    /// The target of a partition's handle, if the partition may call it.
    #[inline(never)]
    fn secure_target(
        &self,
        client: ClientId,
        dependencies: &[u32],
        handle: Handle,
    ) -> Result<Target<'_>, Error> {
        let target = self.target(client, handle)?;
        if dependencies.contains(&target.service.sid) {
            Ok(target)
        } else {
            Err(Error::Refused)
        }
    }
}

/// Stores the lengths of the slices as vectors, and borrows the outputs.
#[inline(never)]
fn measure<'a>(
    mut vectors: Vectors<'_>,
    slices: &mut Slices<'a>,
    outputs: &'a mut [OutVector<'_>],
) {
    for (vector, input) in vectors.inputs_mut().iter_mut().zip(slices.inputs) {
        *vector = Vector::of_slice(input.len() as u32);
    }
    let rooms = slices.outputs.iter_mut().zip(outputs);
    for (vector, (room, output)) in vectors.outputs_mut().iter_mut().zip(rooms) {
        *room = output.room();
        *vector = Vector::of_slice(room.len() as u32);
    }
}

/// Tells the caller how many bytes of each output were written.
#[inline(never)]
fn return_lengths(mut vectors: Vectors<'_>, outputs: &mut [OutVector<'_>]) {
    for (output, vector) in outputs.iter_mut().zip(vectors.outputs_mut()) {
        output.set_written(vector.done_bytes as usize);
    }
}
