// SPDX-License-Identifier: Apache-2.0
//! `psa_call` from one partition to another: slices instead of addresses.

use psa::{ControlParameter, Handle, OutVector, Status};

use crate::{
    call::{Call, Slices},
    error::Error,
    framework::SecureClient,
    manager::Spm,
    platform::System,
    route::Inside,
    vectors::{EMPTY_STORAGE, Vector, Vectors},
};

impl<S: System> Spm<S> {
    /// Calls in the name of partition `C`, by the rules and in the order of a non-secure call.
    /// The vectors need no check: they can't overlap and can't lie where the partition has no
    /// business, or there would be no slices of them.
    #[inline(never)] // the manager's own, also where a partition calls from one place only
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
        let mut vectors = Vectors::of(&mut storage, control);
        for (vector, input) in vectors.inputs_mut().iter_mut().zip(inputs) {
            *vector = Vector::of_slice(input.len() as u32);
        }
        for (vector, output) in vectors.outputs_mut().iter_mut().zip(&mut *outputs) {
            *vector = Vector::of_slice(output.room().len() as u32);
        }
        let outer = self.open_call();
        let mut slices = Slices {
            inputs,
            outputs: Default::default(),
        };
        for (room, output) in slices.outputs.iter_mut().zip(&mut *outputs) {
            *room = output.room();
        }
        let call = Call {
            spm: self,
            client: C::ID,
            message_type: control.message_type(),
            service: target.service,
            vectors,
            slices: Some(&mut slices),
            connection: target.connection,
        };
        let status = self.deliver::<Inside<C>>(handle, call);
        self.restore_open_call(outer);
        for (output, vector) in outputs
            .iter_mut()
            .zip(Vectors::of(&mut storage, control).outputs_mut())
        {
            output.set_written(vector.done_bytes as usize);
        }
        status
    }
}
