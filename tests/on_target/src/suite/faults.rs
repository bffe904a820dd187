// SPDX-License-Identifier: Apache-2.0
//! Forbidden accesses, one for each name: the secure world must stop the device with a fault line.

use core::arch::asm;
use core::sync::atomic::{AtomicU32, Ordering};

use client::Status;
use client::diagnostics::{self, Console as _};
use client::hash;
use client::veneers::Veneers;
use nonsecure::memory_map::CONSOLE;
use nonsecure::{print_line, semihosting};

use super::support::any_hash;
use super::support::interrupt::{self, Interruption};
use super::support::threads;

/// The result if the secure world allowed it.
const SURVIVED: u32 = 2;

/// FNC_RETURN (DDI 0553, B3.17), as [`jump`] takes it.
pub const FUNCTION_RETURN: u32 = 0xFEFF_FFFF;
/// EXC_RETURN of an exception of the secure world, with its registers on a secure stack.
const RETURN_OF_SECURE_EXCEPTION: u32 = 0xFFFF_FFFD;
/// EXC_RETURN of an exception of this world that interrupted a secure thread.
const RETURN_TO_SECURE_THREAD: u32 = 0xFFFF_FFDC;
/// EXC_RETURN of an exception of this world that interrupted a secure handler.
const RETURN_TO_SECURE_HANDLER: u32 = 0xFFFF_FFD0;
/// EXC_RETURN to a thread of this world.
const RETURN_TO_NON_SECURE_THREAD: u32 = 0xFFFF_FFB8;
/// VTOR of the non-secure world.
const VECTOR_TABLE: u32 = 0xE000_ED08;

pub fn read(address: u32) {
    // SAFETY: the read must fault; otherwise its value is dropped.
    unsafe { (address as *const u32).read_volatile() };
}

fn write(address: u32) {
    // SAFETY: the write must fault; otherwise the test has failed.
    unsafe { (address as *mut u32).write_volatile(0) };
}

/// Jumps to `address`, which has the Thumb bit if it is code.
pub fn jump(address: u32) {
    // SAFETY: the jump must fault; it does not return.
    unsafe { asm!("bx {}", in(reg) address, options(noreturn)) };
}

pub fn move_stack(address: u32) {
    // SAFETY: the push must fault; it does not return.
    unsafe { asm!("msr msp, {}", "push {{r0}}", "udf #0", in(reg) address, options(noreturn)) };
}

fn move_vectors(address: u32) {
    set_vectors(address);
    // SAFETY: the exception must fault on its vector; it does not return.
    unsafe { asm!("svc #0", "udf #0", options(noreturn)) }
}

/// Moves the non-secure vector table to `address`.
pub fn set_vectors(address: u32) {
    // SAFETY: the next exception must fault on its vector.
    unsafe {
        (VECTOR_TABLE as *mut u32).write_volatile(address);
        asm!("dsb");
    }
}

/// Reads with non-secure interrupts masked.
fn read_with_primask(address: u32) {
    // SAFETY: masks interrupts of this world, which expects none any more.
    unsafe { asm!("cpsid i") };
    read(address);
}

/// Reads with non-secure faults masked.
fn read_with_faultmask(address: u32) {
    // SAFETY: as above.
    unsafe { asm!("cpsid f") };
    read(address);
}

/// Reads while the console holds a byte and is switched off.
fn read_with_full_console(address: u32) {
    const DATA: *mut u32 = 0x4020_0000 as *mut u32;
    const STATUS: *const u32 = 0x4020_0004 as *const u32;
    const CONTROL: *mut u32 = 0x4020_0008 as *mut u32;
    // SAFETY: the registers of the console, which belongs to this world.
    unsafe {
        CONTROL.write_volatile(0);
        DATA.write_volatile(u32::from(b'!'));
        assert_eq!(STATUS.read_volatile() & 1, 1, "the console is not full");
    }
    read(address);
}

/// Makes an exception stack its registers at `address`.
fn stack_frame_at(address: u32) {
    // SAFETY: the exception must fault; it does not return.
    unsafe { asm!("msr msp, {}", "svc #0", "udf #0", in(reg) address, options(noreturn)) };
}

/// Moves the process stack to `address` and uses it.
fn move_process_stack(address: u32) {
    // SAFETY: the push must fault; it does not return.
    unsafe {
        asm!(
            "msr psp, {}", "movs r0, #2", "msr control, r0", "isb", "push {{r0}}", "udf #0",
            in(reg) address, options(noreturn)
        );
    }
}

/// Memory that an unprivileged thread may not read. It looks like a frame and like a secret.
#[repr(align(64))]
struct Private(#[expect(dead_code, reason = "read by the processor, if at all")] [AtomicU32; 16]);

static PRIVATE: Private = Private([const { AtomicU32::new(0x5ec2_e75e) }; 16]);

/// Reads as an unprivileged thread whose stack pointer points at memory that it may not use.
fn read_with_a_stack_of_others(address: u32) {
    const REGION_NUMBER: usize = 0xE000_ED98;
    const REGION_BASE: usize = 0xE000_ED9C;
    const REGION_LIMIT: usize = 0xE000_EDA0;
    const CONTROL: usize = 0xE000_ED94;
    const ATTRIBUTES: usize = 0xE000_EDC0;
    const NORMAL_MEMORY: u32 = 0x44;
    const READ_ONLY_FOR_ALL: u32 = 0b11 << 1;
    const NEVER_EXECUTED: u32 = 1;
    const ENABLE: u32 = 1;
    /// Privileged code may use all other memory too.
    const DEFAULT_MAP: u32 = 1 << 2;
    let set = |register: usize, value| {
        // SAFETY: the memory protection unit of this world; what runs on can run on.
        unsafe { (register as *mut u32).write_volatile(value) };
    };
    let private = (&raw const PRIVATE) as u32;
    let stack = private + size_of::<Private>() as u32;
    // SAFETY: a register of this world.
    let code = unsafe { (VECTOR_TABLE as *const u32).read_volatile() };
    set(ATTRIBUTES, NORMAL_MEMORY);
    set(REGION_NUMBER, 0);
    set(REGION_BASE, code | READ_ONLY_FOR_ALL);
    set(REGION_LIMIT, 0x801f_ffe0 | ENABLE);
    set(REGION_NUMBER, 1);
    set(REGION_BASE, private | NEVER_EXECUTED);
    set(REGION_LIMIT, private + 32 | ENABLE);
    set(CONTROL, ENABLE | DEFAULT_MAP);
    // SAFETY: the read must fault; it does not return.
    unsafe {
        asm!(
            "dsb", "isb", "msr psp, {stack}", "msr control, {control}", "isb", "ldr r0, [{address}]",
            "udf #0",
            stack = in(reg) stack, control = in(reg) 0b11, address = in(reg) address,
            options(noreturn)
        );
    }
}

/// Returns from an interrupt to `address`.
fn return_to(address: u32) {
    static TARGET: AtomicU32 = AtomicU32::new(0);
    const PROGRAM_COUNTER: usize = 6;
    TARGET.store(address, Ordering::Relaxed);
    interrupted(|interruption| {
        interrupt::stop();
        // SAFETY: the processor has put its frame above what the handler saved.
        unsafe {
            let frame = core::ptr::from_mut(interruption).add(1).cast::<u32>();
            frame
                .add(PROGRAM_COUNTER)
                .write_volatile(TARGET.load(Ordering::Relaxed));
        }
    });
}

/// Does `deed` in a second thread during a call of the first.
fn in_a_call(deed: extern "C" fn() -> !) {
    threads::enter_in_a_call(deed, || {
        let mut digest = [0; any_hash::BYTES];
        let _ = hash::compute(&Veneers, any_hash::ALGORITHM, &[0; 1024], &mut digest);
    });
}

extern "C" fn function_return() -> ! {
    jump(FUNCTION_RETURN);
    unreachable!("nothing comes back")
}

/// Does `deed` in handler mode.
fn interrupted(deed: fn(&mut Interruption)) {
    interrupt::each(1000, deed);
    loop {}
}

/// Makes the forbidden access `name`, and exits with an error if it succeeds. After the reset there
/// is a fault record: prints it and exits with success.
pub fn commit(name: &str) -> ! {
    match diagnostics::last_fault(&Veneers) {
        Ok(record) => {
            CONSOLE.text("recorded ");
            record.print(&CONSOLE);
            semihosting::exit(0)
        }
        Err(error) => assert_eq!(error, Status::DOES_NOT_EXIST),
    }
    match name {
        "read-secure-ram" => read(0x3800_0400),
        "read-secure-ram-by-the-other-alias" => read(0x2800_0400),
        "read-secure-ram-with-primask" => read_with_primask(0x3800_0400),
        "read-secure-ram-with-faultmask" => read_with_faultmask(0x3800_0400),
        "write-secure-ram" => write(0x3800_0400),
        "read-otp" => read(0x8000_0000),
        "read-secure-image" => read(0x8010_0400),
        "write-secure-image" => write(0x8010_0480),
        "read-boot-rom" => read(0x1000_0000),
        "read-secure-peripheral" => read(0x5008_0000),
        "call-secure-code" => jump(0x8010_0481),
        "enter-behind-a-gateway" => jump(0x8010_0445),
        "execute-secure-ram" => jump(0x3800_0401),
        "read-memory-protection-controller" => read(0x5800_8000),
        "write-memory-protection-controller" => write(0x5800_8000),
        "read-secure-console" => read(0x5020_0004),
        "stack-in-secure-memory" => move_stack(0x3800_0800),
        "vectors-in-secure-memory" => move_vectors(0x3800_0000),
        "stack-at-the-end-of-secure-memory" => move_stack(0x3801_0000),
        "process-stack-in-secure-memory" => move_process_stack(0x3800_0800),
        "exception-frame-in-secure-memory" => stack_frame_at(0x3800_0800),
        "return-address-in-secure-memory" => return_to(0x8010_0480),
        "return-from-no-exception" => jump(RETURN_TO_NON_SECURE_THREAD),
        "return-from-the-call-of-another-thread" => in_a_call(function_return),
        "return-from-no-call" => jump(FUNCTION_RETURN),
        "return-from-no-call-in-an-interrupt" => interrupted(|_| jump(FUNCTION_RETURN)),
        "return-to-a-secure-exception" => interrupted(|_| jump(RETURN_OF_SECURE_EXCEPTION)),
        "return-to-a-secure-thread" => interrupted(|_| jump(RETURN_TO_SECURE_THREAD)),
        "read-otp-with-the-console-full" => read_with_full_console(0x8000_0000),
        "read-otp-with-a-stack-of-others" => read_with_a_stack_of_others(0x8000_0000),
        "return-to-a-secure-handler" => interrupted(|_| jump(RETURN_TO_SECURE_HANDLER)),
        _ => print_line!("suite: no fault is called {name}"),
    }
    print_line!("suite: {name} was possible");
    semihosting::exit(SURVIVED)
}
