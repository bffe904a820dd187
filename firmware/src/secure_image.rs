// SPDX-License-Identifier: Apache-2.0
//! The secure image: divides the device, starts the partitions, serves the calls of the non-secure
//! world, and records faults.

mod device;
mod foreign_loader;
mod isolation;

pub use device::DeviceOf;

use diagnostics::Console;
use diagnostics::FaultRecord;
use diagnostics::fault::OpenCall;
use diagnostics::service::Retained as _;
use psa::client::VERSION_NONE;
use psa::{ClientId, Status};
use spm::{Partitions, Request, Spm, System};

use crate::{Board, Configuration, LogLevel};

/// Divides the device and starts the partitions. After it the non-secure world may run.
///
/// # Errors
/// The boot loader is not ours and has not handed over what the image needs: it has printed why, and
/// the device must halt.
#[inline(always)] // its only caller is `main`
pub fn start<B: Board, C: Configuration, S: System<Partitions: Partitions<S>>>(
    spm: &Spm<S>,
) -> Result<(), Refused> {
    isolation::divide::<B, C>();
    B::CONSOLE.enable();
    if !C::HAS_BOOT_ROM {
        foreign_loader::check::<B, C>()?;
    }
    spm.start();
    Ok(())
}

/// The image does not start on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// Adds the open call to the record of a fault, stores it for after the reset, and prints it
/// unless the image prints nothing.
#[inline(always)] // its only caller is the handler
pub fn record_fault<B: Board, C: Configuration, S: System>(spm: &Spm<S>, record: &mut FaultRecord) {
    if let Some((client, handle)) = spm.open_call() {
        record.call = Some(OpenCall {
            client: client.value(),
            handle: handle.bits(),
            partition: spm.serving().map_or(0, ClientId::value),
        });
    }
    B::FAULT_MEMORY.record(record);
    if C::SECURE_LOG >= LogLevel::Error {
        record.print(&B::CONSOLE);
    }
}

// A thread that the non-secure operating system does not name gets what an error of its programmer
// gets.

/// `psa_version` of the non-secure world.
#[inline(always)] // as the following: its only caller is the entry point
pub fn version<S: System>(spm: &Spm<S>, sid: u32) -> u32 {
    let caller = spm.non_secure_client();
    caller.map_or(VERSION_NONE, |client| spm.version(client, sid))
}

/// `psa_call` of the non-secure world.
#[inline(always)]
pub fn call<S: System<Partitions: Partitions<S>>>(
    spm: &Spm<S>,
    handle: u32,
    control: u32,
    in_vectors: u32,
    out_vectors: u32,
) -> Status {
    let caller = spm.non_secure_client();
    caller.map_or(Status::PROGRAMMER_ERROR, |client| {
        spm.call(Request {
            client,
            handle,
            control,
            in_vectors,
            out_vectors,
        })
    })
}

/// `psa_connect` of the non-secure world.
#[inline(always)]
pub fn connect<S: System<Partitions: Partitions<S>>>(spm: &Spm<S>, sid: u32, version: u32) -> i32 {
    let caller = spm.non_secure_client();
    caller.map_or(Status::PROGRAMMER_ERROR.0, |client| {
        spm.connect(client, sid, version)
    })
}

/// `psa_close` of the non-secure world.
#[inline(always)]
pub fn close<S: System<Partitions: Partitions<S>>>(spm: &Spm<S>, handle: u32) -> Status {
    let caller = spm.non_secure_client();
    caller.map_or(Status::PROGRAMMER_ERROR, |client| spm.close(client, handle))
}
