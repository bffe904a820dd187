// SPDX-License-Identifier: Apache-2.0
//! Breaks into calls that work on secrets and does something forbidden there, in each way that this
//! world has. Each time ends in a fault and a reset; the count in the record says what is next, and
//! the emulator is stopped by the host, which compares the record with what the secure world had in
//! its registers and on its stacks.

use core::arch::asm;
use core::sync::atomic::{AtomicU32, Ordering};

use client::veneers::Veneers;
use client::{Gateway, Status, attestation, diagnostics};
use nonsecure::{print_line, semihosting};

use super::faults::{self, FUNCTION_RETURN};
use super::support::call_kinds::{KINDS, Material};
use super::support::interrupt::{self, Interruption};
use super::support::threads::{self, RETURN_TO_THREAD};

/// The calls of which one is interrupted, by their names in [`KINDS`]; besides, a token is made.
const CALLS: [&str; 4] = [
    "hmac_single_64",
    "ccm_encrypt_64",
    "random_32",
    "import_destroy",
];
/// From one time to the next the moment moves on by so much, over and over the call: a prime, so
/// that it meets no loop at the same place again.
const STRIDE_TICKS: u32 = 15_485_863;

/// EXC_RETURN without its low bits, of which each combination is a way.
const EXCEPTION_RETURN: u32 = 0xFFFF_FF80;
/// The bits that mean something: all of the seven but the second.
const EXCEPTION_RETURNS: u32 = 1 << 6;
/// EXC_RETURN with a reserved bit that is wrong.
const RESERVED_BIT: u32 = 0xFF00_007C;
/// So often nested threads are interrupted, at most.
const MOST_INTERRUPTIONS: u32 = 2_000;

const SECURE_RAM: u32 = 0x3800_0400;
const SECURE_CODE: u32 = 0x8010_0481;

/// What else is done in the handler that has interrupted the call.
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
/// Vector tables that are in place when the interrupt comes.
const VECTOR_TABLES: &[u32] = &[0x3800_0000, 0, 0x8010_0400, 0x4000_0000];
const WAYS: u32 = EXCEPTION_RETURNS + DEEDS.len() as u32 + VECTOR_TABLES.len() as u32;
/// Has no divisor with [`WAYS`] in common.
const WAY_STRIDE: u32 = 29;

static WAY: AtomicU32 = AtomicU32::new(0);
/// Where a thread goes on to which the handler returns in a forbidden way.
static ENTRY: AtomicU32 = AtomicU32::new(0);
static INTERRUPTIONS: AtomicU32 = AtomicU32::new(0);

/// Breaks in once; nothing comes back.
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
    let kind = KINDS.iter().find(|kind| Some(&kind.name) == name);
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
    // What the processor permits has passed.
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

/// A thread that does a forbidden thing.
extern "C" fn faults_in_thread() -> ! {
    faults::read(SECURE_RAM);
    semihosting::exit(2)
}

/// Goes back by `exception_return`; wherever it takes a frame of this world from, it finds one.
fn leave_by(exception_return: u32) {
    let frame = threads::frame(ENTRY.load(Ordering::Relaxed));
    // SAFETY: the frame is whole, and nothing comes back here.
    unsafe {
        asm!(
            "msr psp, {frame}", "mov sp, {frame}", "bx {exception_return}",
            frame = in(reg) frame, exception_return = in(reg) exception_return,
            options(noreturn)
        )
    }
}

/// Lets a thread begin in the middle of the call, that makes calls by itself and is interrupted in
/// these, and so on: each leaves a frame on the secure stack.
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
