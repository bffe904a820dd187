// SPDX-License-Identifier: Apache-2.0
//! Interrupts calls that work on secrets and causes a fault there, in each way that the non-secure
//! world has. Each attempt ends in a fault and a reset; the count in the record selects the next.
//! The host stops the emulator and compares the record with the secure registers and stacks.

use core::arch::asm;
use core::sync::atomic::{AtomicU32, Ordering};

use client::veneers::Veneers;
use client::{Gateway, Status, attestation, diagnostics};
use nonsecure::{print_line, semihosting};

use super::faults::{self, FUNCTION_RETURN};
use super::support::call_kinds::{Material, kinds};
use super::support::interrupt::{self, Interruption};
use super::support::threads::{self, RETURN_TO_THREAD};

/// The calls to interrupt, by their names in [`kinds`]; a token request is the last one.
const CALLS: [&str; 4] = [
    "hmac_single_64",
    "ccm_encrypt_64",
    "random_32",
    "import_destroy",
];
/// Distance of the moments of two attempts: a prime, so that loops are interrupted in different
/// places.
const STRIDE_TICKS: u32 = 15_485_863;

/// EXC_RETURN without its low bits. Each combination of those is an attempt.
const EXCEPTION_RETURN: u32 = 0xFFFF_FF80;
/// The bits with a meaning: all of the seven except the second.
const EXCEPTION_RETURNS: u32 = 1 << 6;
/// EXC_RETURN with a wrong reserved bit.
const RESERVED_BIT: u32 = 0xFF00_007C;
/// The most interruptions of nested threads.
const MOST_INTERRUPTIONS: u32 = 2_000;

const SECURE_RAM: u32 = 0x3800_0400;
const SECURE_CODE: u32 = 0x8010_0481;

/// Further attempts in the handler that has interrupted the call.
const DEEDS: &[fn(&mut Interruption)] = &[
    |_| leave_by(RESERVED_BIT),
    |_| faults::read(SECURE_RAM),
    |_| faults::jump(SECURE_CODE),
    |_| faults::jump(FUNCTION_RETURN),
    |_| faults::move_stack(SECURE_RAM),
    |_| {
        ENTRY.store(FUNCTION_RETURN, Ordering::Relaxed);
        leave_by(RETURN_TO_THREAD);
    },
    nest,
    nest,
];
/// Vector tables that are set before the interrupt.
const VECTOR_TABLES: &[u32] = &[0x3800_0000, 0, 0x8010_0400, 0x4000_0000];
const WAYS: u32 = EXCEPTION_RETURNS + DEEDS.len() as u32 + VECTOR_TABLES.len() as u32;
/// Coprime to [`WAYS`].
const WAY_STRIDE: u32 = 29;

static WAY: AtomicU32 = AtomicU32::new(0);
/// Program counter of a thread to which the handler returns in a forbidden way.
static ENTRY: AtomicU32 = AtomicU32::new(0);
static INTERRUPTIONS: AtomicU32 = AtomicU32::new(0);

/// Makes one attempt; it does not return.
pub fn once_more() -> ! {
    let count = match diagnostics::last_fault(&Veneers) {
        Ok(record) => record.count,
        Err(error) => {
            assert_eq!(error, Status::DOES_NOT_EXIST);
            0
        }
    };
    let way = count.wrapping_mul(WAY_STRIDE) % WAYS;
    WAY.store(way, Ordering::Relaxed);
    let material = Material::new();
    let name = CALLS.get(count as usize % (CALLS.len() + 1));
    let kind = name.map(|name| {
        let kind = kinds().find(|kind| kind.name == *name);
        kind.expect("the configuration has this call")
    });
    let call = || match kind {
        Some(kind) => drop((kind.run)(&material)),
        None => drop(attestation::get_token(&Veneers, &[5; 32], &mut [0; 640])),
    };
    let moment = u64::from(count) * u64::from(STRIDE_TICKS);
    let moment = (moment % u64::from(interrupt::duration_ticks(call))) as u32;
    interrupt::after(moment, break_in);
    if let Some(table) = way.checked_sub(EXCEPTION_RETURNS + DEEDS.len() as u32) {
        faults::set_vectors(VECTOR_TABLES[table as usize]);
    }
    call();
    // The processor has permitted the attempt.
    faults::read(SECURE_RAM);
    print_line!("suite: way {way} was possible");
    semihosting::exit(2)
}

/// The handler of the interrupt.
fn break_in(interruption: &mut Interruption) {
    interrupt::stop();
    let entry = faults_in_thread as extern "C" fn() -> ! as usize as u32;
    ENTRY.store(entry, Ordering::Relaxed);
    let way = WAY.load(Ordering::Relaxed);
    match way.checked_sub(EXCEPTION_RETURNS) {
        Some(deed) => DEEDS[deed as usize](interruption),
        None => leave_by(EXCEPTION_RETURN | way & 1 | way >> 1 << 2),
    }
}

/// A thread that makes a forbidden access.
extern "C" fn faults_in_thread() -> ! {
    faults::read(SECURE_RAM);
    semihosting::exit(2)
}

/// Returns with `exception_return`. Every non-secure stack has a frame.
fn leave_by(exception_return: u32) {
    let frame = threads::frame(ENTRY.load(Ordering::Relaxed));
    // SAFETY: the frame is complete, and this does not return.
    unsafe {
        asm!(
            "msr psp, {frame}", "mov sp, {frame}", "bx {exception_return}",
            frame = in(reg) frame, exception_return = in(reg) exception_return,
            options(noreturn)
        )
    }
}

/// Starts a thread during the call that makes a call itself and is interrupted, and so on: each
/// leaves a frame on the secure stack.
fn nest(interruption: &mut Interruption) {
    let count = INTERRUPTIONS.fetch_add(1, Ordering::Relaxed);
    if count >= MOST_INTERRUPTIONS {
        faults::read(SECURE_RAM);
    }
    if interruption.is_of_secure_code() {
        threads::begin(interruption, calls_again);
    }
    interrupt::each(40 + count % 32, nest);
}

extern "C" fn calls_again() -> ! {
    loop {
        Veneers.framework_version();
    }
}
