// SPDX-License-Identifier: Apache-2.0
//! The five veneers that a secure image exports, as a [`Gateway`].
//!
//! Calling foreign functions is the only unsafe code of the client.
#![allow(unsafe_code)]

use psa::{ControlParameter, Handle, Status};

use crate::gateway::{Gateway, InVector, OutVector};

unsafe extern "C" {
    safe fn tfm_psa_framework_version_veneer() -> u32;
    safe fn tfm_psa_version_veneer(sid: u32) -> u32;
    fn tfm_psa_call_veneer(
        handle: u32,
        control: u32,
        inputs: *const InVector<'_>,
        outputs: *mut OutVector<'_>,
    ) -> i32;
    safe fn tfm_psa_connect_veneer(sid: u32, version: u32) -> i32;
    safe fn tfm_psa_close_veneer(handle: u32);
}

/// The secure entry functions of the device.
#[derive(Clone, Copy, Debug, Default)]
pub struct Veneers;

impl Gateway for Veneers {
    fn framework_version(&self) -> u32 {
        tfm_psa_framework_version_veneer()
    }

    fn version(&self, sid: u32) -> u32 {
        tfm_psa_version_veneer(sid)
    }

    fn call(
        &self,
        handle: Handle,
        control: ControlParameter,
        inputs: &[InVector<'_>],
        outputs: &mut [OutVector<'_>],
    ) -> Status {
        // SAFETY: the control word's counts are those of the slices, whose vectors borrow their
        // buffers; the secure world writes only to the outputs and their lengths.
        Status(unsafe {
            tfm_psa_call_veneer(
                handle.bits(),
                control.encode(),
                inputs.as_ptr(),
                outputs.as_mut_ptr(),
            )
        })
    }

    fn connect(&self, sid: u32, version: u32) -> Result<Handle, Status> {
        match tfm_psa_connect_veneer(sid, version) {
            handle if handle > 0 => Ok(Handle::from_bits(handle.cast_unsigned())),
            status => Err(Status(status)),
        }
    }

    fn close(&self, handle: Handle) {
        tfm_psa_close_veneer(handle.bits());
    }
}
