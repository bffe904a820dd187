// SPDX-License-Identifier: Apache-2.0
//! Buffers at the borders of every region of the memory map. Each call returns a status, and
//! succeeds only if both worlds may make the access.

use nonsecure::config::{boot, flash, memory};
use psa::Status;
use psa::crypto::{Function, Pack};
use psa::service::CRYPTO;

use super::isolation::non_secure_image;
use super::support::any_hash;
use super::support::raw_calls::{address, address_mut, call, control};

const HASH_BYTES: u32 = any_hash::BYTES as u32;
const PACK_BYTES: u32 = 56;

/// The access to memory that a call may make for the application.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rights {
    Nothing,
    Read,
    ReadAndWrite,
}

#[derive(Clone, Copy)]
struct Region {
    name: &'static str,
    start: u32,
    /// First address behind the region.
    end: u32,
    rights: Rights,
}

const fn region(name: &'static str, start: u32, size_bytes: u32, rights: Rights) -> Region {
    let end = start + size_bytes;
    Region {
        name,
        start,
        end,
        rights,
    }
}

const fn area(name: &'static str, area: flash::Area, rights: Rights) -> Region {
    region(
        name,
        flash::ORIGIN + area.offset_bytes,
        area.size_bytes,
        rights,
    )
}

/// The regions that the linker does not move.
const FIXED: &[Region] = &[
    region(
        "non-secure RAM",
        memory::NONSECURE_RAM.origin,
        memory::NONSECURE_RAM.size_bytes,
        Rights::ReadAndWrite,
    ),
    region(
        "non-secure RAM by the secure alias",
        memory::NONSECURE_RAM.origin + memory::SECURITY_ALIAS,
        memory::NONSECURE_RAM.size_bytes,
        Rights::Nothing,
    ),
    region(
        "secure RAM",
        memory::SECURE_RAM.origin,
        memory::SECURE_RAM.size_bytes,
        Rights::Nothing,
    ),
    region(
        "secure RAM by the non-secure alias",
        memory::SECURE_RAM.origin - memory::SECURITY_ALIAS,
        memory::SECURE_RAM.size_bytes,
        Rights::Nothing,
    ),
    region(
        "boot ROM",
        memory::BOOT_CODE.origin,
        memory::BOOT_CODE.size_bytes,
        Rights::Nothing,
    ),
    area("OTP", flash::OTP, Rights::Nothing),
    area(
        "seed of random numbers",
        flash::ENTROPY_SEED,
        Rights::Nothing,
    ),
    area("trusted storage", flash::ITS, Rights::Nothing),
    area(
        "non-secure data",
        flash::NONSECURE_DATA,
        Rights::ReadAndWrite,
    ),
    area("secondary slot", flash::SECONDARY, Rights::Nothing),
    region("internal SRAM", 0x2000_0000, 0x2_0000, Rights::Nothing),
    region(
        "non-secure devices",
        0x4000_0000,
        0x1000_0000,
        Rights::Nothing,
    ),
    region("secure devices", 0x5000_0000, 0x1000_0000, Rights::Nothing),
    region(
        "registers of the core",
        0xE000_0000,
        0x10_0000,
        Rights::Nothing,
    ),
];

/// All regions.
fn map() -> impl Iterator<Item = Region> {
    let slot = flash::ORIGIN + flash::PRIMARY.offset_bytes;
    let code = slot + boot::HEADER_BYTES as u32;
    let trailer = slot + flash::PRIMARY.size_bytes - flash::SECTOR_BYTES as u32;
    let own = non_secure_image();
    let image = [
        region(
            "header of the image",
            slot,
            boot::HEADER_BYTES as u32,
            Rights::Nothing,
        ),
        region("secure image", code, own - code, Rights::Nothing),
        region("own flash", own, trailer - own, Rights::Read),
        region(
            "trailer",
            trailer,
            flash::SECTOR_BYTES as u32,
            Rights::Nothing,
        ),
    ];
    FIXED.iter().copied().chain(image)
}

/// The access to all bytes of a range: one that spans two regions has none.
fn rights(start: u32, length_bytes: u32) -> Rights {
    let holds = |region: &Region| {
        let offset = start.wrapping_sub(region.start);
        let size = region.end - region.start;
        offset < size && length_bytes <= size - offset
    };
    map()
        .find(holds)
        .map_or(Rights::Nothing, |region| region.rights)
}

/// Ranges at the start and the end of a region, and across each.
fn ranges(region: &Region, length_bytes: u32) -> [(u32, u32); 6] {
    let (start, end) = (region.start, region.end);
    let half = length_bytes / 2;
    [
        (start, length_bytes),
        (end - length_bytes, length_bytes),
        (start.wrapping_sub(half), length_bytes),
        (end - half, length_bytes),
        (start, end - start + 1),
        (start.wrapping_sub(1), end - start + 1),
    ]
}

/// `psa_hash_compute` with an arbitrary input and output.
fn compute(input: (u32, u32), output: (u32, u32)) -> Status {
    let pack = Pack::new(Function::HASH_COMPUTE).with_algorithm(any_hash::ALGORITHM);
    let inputs = [[address(pack.bytes()), PACK_BYTES], [input.0, input.1]];
    let mut outputs = [[output.0, output.1]];
    call(
        CRYPTO.handle().bits(),
        control(0, 2, 1),
        address(&inputs),
        address_mut(&mut outputs),
    )
}

/// The expected status.
fn expected(is_permitted: bool) -> Status {
    if is_permitted {
        Status::SUCCESS
    } else {
        Status::PROGRAMMER_ERROR
    }
}

pub fn outputs_at_region_borders_get_the_expected_status() {
    let input = [0u8; 4];
    for region in map() {
        for (start, length_bytes) in ranges(&region, HASH_BYTES) {
            let is_permitted = rights(start, length_bytes) == Rights::ReadAndWrite;
            let place = start as *mut [u8; HASH_BYTES as usize];
            // SAFETY: memory of this application by the table; no other code changes it.
            let saved = is_permitted.then(|| unsafe { place.read_volatile() });
            let answer = compute((address(&input), 4), (start, length_bytes));
            if let Some(saved) = saved {
                // SAFETY: as above; this restores the bytes that the call has overwritten.
                unsafe { place.write_volatile(saved) }
            }
            let name = region.name;
            assert_eq!(
                answer,
                expected(is_permitted),
                "{name}: {length_bytes} at {start:#x}"
            );
        }
    }
}

pub fn inputs_at_region_borders_get_the_expected_status() {
    let mut hash = [0u8; HASH_BYTES as usize];
    let output = (address_mut(&mut hash), HASH_BYTES);
    for region in map() {
        for length_bytes in [2, HASH_BYTES] {
            for (start, length_bytes) in ranges(&region, length_bytes) {
                let is_permitted = rights(start, length_bytes) >= Rights::Read;
                let answer = compute((start, length_bytes), output);
                let name = region.name;
                assert_eq!(
                    answer,
                    expected(is_permitted),
                    "{name}: {length_bytes} at {start:#x}"
                );
            }
        }
    }
}

/// The array of outputs receives the lengths, so it must be as writable as an output.
pub fn output_descriptors_must_be_writable() {
    let pack = Pack::new(Function::HASH_COMPUTE).with_algorithm(any_hash::ALGORITHM);
    let inputs = [[address(pack.bytes()), PACK_BYTES]; 2];
    for region in map().filter(|region| region.rights != Rights::ReadAndWrite) {
        for start in [region.start, region.end - 8] {
            let answer = call(
                CRYPTO.handle().bits(),
                control(0, 2, 1),
                address(&inputs),
                start,
            );
            let name = region.name;
            assert_eq!(answer, Status::PROGRAMMER_ERROR, "{name}: at {start:#x}");
        }
    }
}
