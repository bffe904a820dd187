// SPDX-License-Identifier: Apache-2.0
//! Reads, writes and executes at every region and every peripheral of the secure world.
//!
//! Each access causes a fault, a record and a reset. One device works through the whole list: the
//! count in the record is the position.

use core::arch::asm;

use client::Status;
use client::diagnostics::{self, FaultRecord};
use client::veneers::Veneers;
use nonsecure::config::spm::NONSECURE_CONTEXTS;
use nonsecure::config::{boot, flash, memory};
use nonsecure::{print_line, semihosting};

const SECURE_FAULT: u32 = 7;
/// SFSR: an access that the attribution forbids.
const FORBIDDEN_ACCESS: u32 = 1 << 3;
/// SFSR: an entry where there is no gateway.
const FORBIDDEN_ENTRY: u32 = 1 << 0;
const VECTOR_TABLE: *const u32 = 0xE000_ED08 as *const u32;

/// First address of the primary slot.
const PRIMARY: u32 = flash::ORIGIN + flash::PRIMARY.offset_bytes;
const SECURE_RAM: u32 = memory::SECURE_RAM.origin;
const SECURE_RAM_BYTES: u32 = memory::SECURE_RAM.size_bytes;
const ALIAS: u32 = memory::SECURITY_ALIAS;

/// A word behind the header and the vector table: a gateway's region comes first.
const VENEERS: u32 = PRIMARY + boot::HEADER_BYTES as u32 + 64;
/// The veneers for contexts of threads follow, if there are any.
const VENEERS_BYTES: u32 = if NONSECURE_CONTEXTS == 0 { 64 } else { 96 };

const fn last_word(area: flash::Area) -> u32 {
    flash::ORIGIN + area.offset_bytes + area.size_bytes - 4
}

/// The ends of each secure memory and the registers of each secure peripheral; 0 means the
/// last word before the non-secure image.
const PLACES: &[(&str, u32)] = &[
    ("first word of secure RAM", SECURE_RAM),
    ("last word of secure RAM", SECURE_RAM + SECURE_RAM_BYTES - 4),
    (
        "first word of secure RAM by the other alias",
        SECURE_RAM - ALIAS,
    ),
    (
        "last word of secure RAM by the other alias",
        SECURE_RAM - ALIAS + SECURE_RAM_BYTES - 4,
    ),
    (
        "non-secure RAM by the secure alias",
        memory::NONSECURE_RAM.origin + ALIAS,
    ),
    ("code of the boot ROM", memory::BOOT_CODE.origin),
    (
        "code of the boot ROM by the other alias",
        memory::BOOT_CODE.origin - ALIAS,
    ),
    ("internal SRAM", 0x2000_0000),
    ("internal SRAM by the secure alias", 0x3000_0000),
    ("OTP", flash::ORIGIN + flash::OTP.offset_bytes),
    (
        "seed of random numbers",
        flash::ORIGIN + flash::ENTROPY_SEED.offset_bytes,
    ),
    (
        "first word of trusted storage",
        flash::ORIGIN + flash::ITS.offset_bytes,
    ),
    ("last word of trusted storage", last_word(flash::ITS)),
    ("header of the image", PRIMARY),
    (
        "vector table of the secure image",
        PRIMARY + boot::HEADER_BYTES as u32,
    ),
    ("gateways", VENEERS + 4),
    ("code of the secure image", VENEERS + VENEERS_BYTES),
    ("last word of the secure image", 0),
    ("trailer of the primary slot", last_word(flash::PRIMARY)),
    (
        "secondary slot",
        flash::ORIGIN + flash::SECONDARY.offset_bytes,
    ),
    (
        "last word of the flash",
        flash::ORIGIN + flash::SIZE_BYTES as u32 - 4,
    ),
    ("timer 0 by the secure alias", 0x5000_0000),
    ("security control", 0x5008_0000),
    ("secure watchdog", 0x5008_1000),
    ("protection controller of the internal SRAM", 0x5008_3000),
    ("UART 0 by the secure alias", 0x5020_0000),
    ("UART 1 by the secure alias", 0x5020_1000),
    ("system control", 0x5002_1000),
    ("protection controller of the code SRAM", 0x5800_7000),
    ("protection controller of the RAM", 0x5800_8000),
];

/// The accesses to each place.
#[derive(Clone, Copy)]
enum Deed {
    Read,
    Write,
    Execute,
}

const DEEDS: [(&str, Deed); 3] = [
    ("read", Deed::Read),
    ("write", Deed::Write),
    ("execute", Deed::Execute),
];

impl Deed {
    /// Makes the access. The program counter of the fault is the instruction, or the target.
    fn attempt(self, address: u32) {
        // SAFETY: each access must fault; otherwise the test has failed.
        unsafe {
            match self {
                Self::Read => drop((address as *const u32).read_volatile()),
                Self::Write => (address as *mut u32).write_volatile(0),
                Self::Execute => asm!("blx {}", in(reg) address | 1, clobber_abi("C")),
            }
        }
    }

    /// Whether this is the expected fault.
    fn is_told_by(self, record: &FaultRecord, address: u32) -> bool {
        let status = match self {
            Self::Read | Self::Write => FORBIDDEN_ACCESS,
            Self::Execute => FORBIDDEN_ENTRY,
        };
        let counter = record.program_counter().unwrap_or(0);
        let is_at_place = match self {
            Self::Read | Self::Write => counter >= non_secure_image(),
            Self::Execute => counter == address,
        };
        record.exception == SECURE_FAULT
            && record.secure_status & status != 0
            && !record.is_of_secure_code()
            && record.thread
            && record.call.is_none()
            && is_at_place
    }
}

/// Start of the non-secure image: its vector table.
pub fn non_secure_image() -> u32 {
    // SAFETY: a register of this world.
    unsafe { VECTOR_TABLE.read_volatile() }
}

/// The deed with this number.
fn deed(number: u32) -> Option<(&'static str, Deed, &'static str, u32)> {
    let (place, address) = PLACES.get(number as usize / DEEDS.len())?;
    let (name, deed) = DEEDS[number as usize % DEEDS.len()];
    let address = match address {
        0 => non_secure_image() - 4,
        address => *address,
    };
    Some((name, deed, place, address))
}

/// Checks the fault of the access before this start, if there was one, and makes the next access.
pub fn try_everything() -> ! {
    let done = match diagnostics::last_fault(&Veneers) {
        Ok(record) => {
            let last = record.count - 1;
            let (name, deed, place, address) = deed(last).unwrap();
            assert!(
                deed.is_told_by(&record, address),
                "{name} {place}: {record:x?}"
            );
            print_line!("test isolation::{name} {place} ... ok");
            record.count
        }
        Err(error) => {
            assert_eq!(error, Status::DOES_NOT_EXIST);
            0
        }
    };
    if let Some((name, deed, place, address)) = deed(done) {
        deed.attempt(address);
        panic!("it was possible to {name} {place}");
    }
    semihosting::exit(0)
}

/// Peripherals that the protection controller makes secure at a non-secure address. In the emulator
/// they read as zero and ignore writes.
pub fn secure_peripherals_read_as_zero() {
    const KEPT: &[u32] = &[0x4020_1000, 0x4020_2000, 0x4020_3000, 0x4020_4000];
    const BAUD_RATE: u32 = 0x10;
    for base in KEPT {
        let register = (base + BAUD_RATE) as *mut u32;
        // SAFETY: a device register, or nothing.
        let found = unsafe {
            register.write_volatile(0x1234);
            register.read_volatile()
        };
        assert_eq!(found, 0, "UART at {base:#x}");
    }
}

/// Secure registers of the core read as zero and ignore writes. Secure bits of the reset control do
/// not change either.
pub fn secure_core_registers_read_as_zero() {
    // Attribution, secure faults, targets of interrupts.
    const REGISTERS: &[u32] = &[
        0xE000_EDD0,
        0xE000_EDD4,
        0xE000_EDD8,
        0xE000_EDDC,
        0xE000_EDE0,
        0xE000_EDE4,
        0xE000_EDE8,
        0xE000_E380,
        0xE000_E384,
    ];
    const RESET_CONTROL: *mut u32 = 0xE000_ED0C as *mut u32;
    const KEY: u32 = 0x05FA << 16;
    /// PRIS, BFHFNMINS, SYSRESETREQS.
    const SECURE_BITS: u32 = 1 << 14 | 1 << 13 | 1 << 3;
    for address in REGISTERS {
        let register = *address as *mut u32;
        // SAFETY: the non-secure registers at these addresses have no effect.
        let found = unsafe {
            register.write_volatile(u32::MAX);
            register.read_volatile()
        };
        assert_eq!(found, 0, "register {address:#x}");
    }
    // SAFETY: the value does not request a reset.
    let found = unsafe {
        RESET_CONTROL.write_volatile(KEY | SECURE_BITS);
        asm!("dsb", "isb");
        RESET_CONTROL.read_volatile()
    };
    assert_eq!(found & SECURE_BITS, 0, "reset control {found:#x}");
}
