// SPDX-License-Identifier: Apache-2.0
//! The client's gateway over a manager whose non-secure memory is a table.

use client::{Gateway, InVector, OutVector, Status};
use psa::{ClientId, ControlParameter, Handle};
use spm::fake::{FakeMemory, Rights};
use spm::{Partitions, Request, Spm, System};

use crate::services::{Image, start};

const RAM: u32 = 0x2800_0000;
const RAM_BYTES: u32 = 0x2_0000;
const IN_ARRAY: u32 = RAM;
const OUT_ARRAY: u32 = RAM + 0x20;
const DATA: u32 = RAM + 0x100;
const DESCRIPTOR_BYTES: u32 = 8;

/// A device on the host. It starts with empty storage and without keys.
pub struct FakeDevice<S: System = Image>(Spm<S>);

impl FakeDevice {
    /// A device after its first start.
    #[must_use]
    pub fn new() -> Self {
        Self::over(start(FakeMemory::new()))
    }
}

impl<S: System<Memory = FakeMemory>> FakeDevice<S> {
    /// A device with another manager, which was started and whose memory has no regions yet.
    #[must_use]
    pub fn over(manager: Spm<S>) -> Self {
        manager
            .memory()
            .add_region(RAM, RAM_BYTES, Rights::ReadWrite);
        Self(manager)
    }

    /// Writes one `psa_invec` or `psa_outvec`.
    fn describe(&self, array: u32, index: u32, address: u32, length: usize) {
        let descriptor = array + index * DESCRIPTOR_BYTES;
        let memory = self.0.memory();
        memory.set(descriptor, &address.to_le_bytes());
        memory.set(descriptor + 4, &(length as u32).to_le_bytes());
    }

    /// Copies the buffers into the memory of the fake; returns the addresses of the outputs.
    fn lay_out(&self, inputs: &[InVector<'_>], outputs: &[OutVector<'_>]) -> Vec<u32> {
        let mut address = DATA;
        for (index, input) in (0..).zip(inputs) {
            let bytes = input.bytes();
            self.0.memory().set(address, bytes);
            self.describe(IN_ARRAY, index, address, bytes.len());
            address += bytes.len() as u32;
        }
        let mut addresses = Vec::new();
        for (index, output) in (0..).zip(outputs) {
            let length = output.length_bytes();
            self.describe(OUT_ARRAY, index, address, length);
            addresses.push(address);
            address += length as u32;
        }
        assert!(address <= RAM + RAM_BYTES, "buffers of 127 KiB at most");
        addresses
    }

    /// The length that the service has left in an output's descriptor.
    fn written_bytes(&self, index: u32) -> u32 {
        let length = OUT_ARRAY + index * DESCRIPTOR_BYTES + 4;
        let bytes = self.0.memory().get(length, 4);
        u32::from_le_bytes(bytes.try_into().expect("four bytes"))
    }
}

impl Default for FakeDevice {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: System<Memory = FakeMemory, Partitions: Partitions<S>>> Gateway for FakeDevice<S> {
    fn framework_version(&self) -> u32 {
        psa::client::FRAMEWORK_VERSION
    }

    fn version(&self, sid: u32) -> u32 {
        self.0.version(ClientId::NON_SECURE, sid)
    }

    fn call(
        &self,
        handle: Handle,
        control: ControlParameter,
        inputs: &[InVector<'_>],
        outputs: &mut [OutVector<'_>],
    ) -> Status {
        let addresses = self.lay_out(inputs, outputs);
        let status = self.0.call(Request {
            client: ClientId::NON_SECURE,
            handle: handle.bits(),
            control: control.encode(),
            in_vectors: IN_ARRAY,
            out_vectors: OUT_ARRAY,
        });
        for (index, (output, address)) in (0..).zip(outputs.iter_mut().zip(addresses)) {
            // A service may leave zeros behind what counts as written.
            let room_bytes = output.room().len() as u32;
            let room = self.0.memory().get(address, room_bytes);
            output.room().copy_from_slice(&room);
            output.set_length_bytes(self.written_bytes(index) as usize);
        }
        status
    }

    fn connect(&self, sid: u32, version: u32) -> Result<Handle, Status> {
        match self.0.connect(ClientId::NON_SECURE, sid, version) {
            handle if handle > 0 => Ok(Handle::from_bits(handle.cast_unsigned())),
            status => Err(Status(status)),
        }
    }

    fn close(&self, handle: Handle) {
        self.0.close(ClientId::NON_SECURE, handle.bits());
    }
}
