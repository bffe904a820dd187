// SPDX-License-Identifier: Apache-2.0
//! The secure firmware: divides the device, starts the non-secure world, answers its calls.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![allow(unsafe_code)] // exports the symbols that the assembly in `armv8m` calls

#[cfg(target_os = "none")]
mod firmware {
    use an521::config::spm::{FAULT_ACTION, FaultAction};
    use an521::memory_map::{CONSOLE, FAULT_MEMORY};
    use an521::{services::SPM, worlds};
    use armv8m::{fault, image, non_secure, system};
    use diagnostics::FaultRecord;
    use diagnostics::fault::OpenCall;
    use diagnostics::fault::stacked::ExceptionReturn;
    use gateway as _;
    use psa::client::VERSION_NONE;
    use psa::{ClientId, Status};
    use spm::Request;

    #[unsafe(no_mangle)]
    extern "C" fn main() -> ! {
        worlds::divide();
        CONSOLE.enable();
        SPM.start();
        non_secure::start(image::non_secure_start())
    }

    #[unsafe(no_mangle)]
    fn on_fault(record: &mut FaultRecord, exception_return: ExceptionReturn) -> ! {
        fault::tell_of_non_secure_code(record, exception_return);
        if let Some((client, handle)) = SPM.open_call() {
            record.call = Some(OpenCall {
                client: client.value(),
                handle: handle.bits(),
                partition: SPM.serving().map_or(0, ClientId::value),
            });
        }
        FAULT_MEMORY.record(record);
        record.print(&CONSOLE);
        match FAULT_ACTION {
            FaultAction::Reset => system::reset(),
            FaultAction::Halt => system::halt(),
        }
    }

    // Whoever calls in nobody's name gets what an error of its programmer gets.

    #[unsafe(no_mangle)]
    extern "C" fn psa_version(sid: u32) -> u32 {
        let caller = SPM.non_secure_client();
        caller.map_or(VERSION_NONE, |client| SPM.version(client, sid))
    }

    #[unsafe(no_mangle)]
    extern "C" fn psa_call(handle: u32, control: u32, in_vectors: u32, out_vectors: u32) -> Status {
        let caller = SPM.non_secure_client();
        caller.map_or(Status::PROGRAMMER_ERROR, |client| {
            SPM.call(Request {
                client,
                handle,
                control,
                in_vectors,
                out_vectors,
            })
        })
    }

    #[unsafe(no_mangle)]
    extern "C" fn psa_connect(sid: u32, version: u32) -> i32 {
        let caller = SPM.non_secure_client();
        caller.map_or(Status::PROGRAMMER_ERROR.0, |client| {
            SPM.connect(client, sid, version)
        })
    }

    #[unsafe(no_mangle)]
    extern "C" fn psa_close(handle: u32) -> Status {
        let caller = SPM.non_secure_client();
        caller.map_or(Status::PROGRAMMER_ERROR, |client| SPM.close(client, handle))
    }
}

#[cfg(not(target_os = "none"))]
fn main() {}
