// SPDX-License-Identifier: Apache-2.0
//! The fake beside the hardware: memory of a non-secure world as a table of regions, for host
//! tests of this crate and others.
//!
//! It is stricter than hardware. An access that `permits` would refuse is a panic. Each byte counts
//! how often it was read since the firmware wrote it. In hostile mode each byte changes right after
//! it was read, as if another bus master or an interrupt handler wrote it, so that a second read
//! gives another value.

use std::{
    cell::{Cell, RefCell},
    vec,
    vec::Vec,
};

use crate::{
    address::AddressRange,
    memory::{Access, ClientRange, Memory},
};

/// What the non-secure world may do in a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    /// Nothing: the region is secure.
    Secure,
    /// Read only.
    ReadOnly,
    /// Read and write.
    ReadWrite,
}

#[derive(Debug)]
struct Region {
    base: u32,
    rights: Rights,
    bytes: Vec<u8>,
    reads: Vec<u32>,
}

impl Region {
    fn permits(&self, range: AddressRange, access: Access) -> bool {
        let allowed = match self.rights {
            Rights::Secure => false,
            Rights::ReadOnly => access == Access::Read,
            Rights::ReadWrite => true,
        };
        allowed && self.index(range.first()).is_some() && self.index(range.last()).is_some()
    }

    fn index(&self, address: u32) -> Option<usize> {
        let index = address.checked_sub(self.base)? as usize;
        (index < self.bytes.len()).then_some(index)
    }
}

/// Memory of a fake non-secure world.
///
/// # Examples
/// An image with one partition, and a call from the non-secure world:
/// ```
/// use std::cell::RefCell;
///
/// use psa::{ClientId, ControlParameter, Framework, Handle, Message, Partition, Status};
/// use spm::fake::{FakeMemory, Rights};
/// use spm::{
///     Call, Connection, DeviceControl, Library, Partitions, Request, SecureClient, Service,
///     ServiceTable, Spm, System, VersionPolicy,
/// };
///
/// struct Reverse;
///
/// impl Partition for Reverse {
///     fn call(&mut self, message: &mut impl Message, _: &impl Framework) -> Status {
///         let mut text = [0; 8];
///         let bytes = message.read(0, &mut text);
///         text[..bytes].reverse();
///         match message.write(0, &text[..bytes]) {
///             Ok(()) => Status::SUCCESS,
///             Err(status) => status,
///         }
///     }
/// }
///
/// // The build generates this part from manifests.
/// struct Services(RefCell<Reverse>);
/// enum ReverseClient {}
///
/// impl ServiceTable for Services {
///     const SERVICES: &'static [Service] = &[Service {
///         sid: 0xCA5E_0200,
///         version: 1,
///         version_policy: VersionPolicy::Strict,
///         non_secure_clients: true,
///         connection_based: false,
///         mapped_vectors: false,
///         stateless_handle: 20,
///         partition: 0,
///     }];
///     const IDS: &'static [ClientId] = &[ClientId::new(1000)];
/// }
///
/// impl<S: System<Partitions = Self>> Partitions<S> for Services {
///     fn deliver(&self, _: u8, call: Call<'_, S>) -> Status {
///         call.serve::<ReverseClient, _>(self.0.try_borrow_mut().ok())
///     }
///     fn init(&self, _: u8, spm: &Spm<S>) -> Status {
///         spm.init_partition::<ReverseClient, _>(self.0.try_borrow_mut().ok())
///     }
/// }
///
/// impl<S: System<Partitions = Services>> SecureClient<S> for ReverseClient {
///     const ID: ClientId = ClientId::new(1000);
///     const DEPENDENCIES: &'static [u32] = &[];
/// }
///
/// struct Device;
///
/// impl DeviceControl for Device {
///     fn lifecycle_state(&self) -> u32 { 0x3000 }
///     fn panic(&self) -> ! { panic!("a partition has failed") }
/// }
///
/// struct Image;
///
/// impl System for Image {
///     type Memory = FakeMemory;
///     type Partitions = Services;
///     type Backend = Library;
///     type Device = Device;
///     type Connections = [Connection; 0];
///     const CONNECTIONS_PER_CLIENT: u32 = 0;
/// }
///
/// const RAM: u32 = 0x2800_0000;
/// let memory = FakeMemory::new().with_region(RAM, 0x100, Rights::ReadWrite).hostile();
/// let spm = Spm::<Image>::new(memory, Services(RefCell::new(Reverse)), Device, []);
/// spm.start();
///
/// // Two arrays of one descriptor each (address, length), and the buffers.
/// let memory = spm.memory();
/// memory.set(RAM, &[(RAM + 0x20).to_le_bytes(), 3u32.to_le_bytes()].concat());
/// memory.set(RAM + 8, &[(RAM + 0x40).to_le_bytes(), 8u32.to_le_bytes()].concat());
/// memory.set(RAM + 0x20, b"abc");
/// let status = spm.call(Request {
///     client: ClientId::NON_SECURE,
///     handle: Handle::stateless(20, 1).bits(),
///     control: ControlParameter::new(0, 1, 1).unwrap().encode(),
///     in_vectors: RAM,
///     out_vectors: RAM + 8,
/// });
/// assert_eq!(status, Status::SUCCESS);
/// assert_eq!(memory.get(RAM + 0x40, 3), b"cba");
/// assert_eq!(memory.get(RAM + 12, 4), [3, 0, 0, 0]); // the length that was written
/// assert_eq!(memory.most_reads(), 1); // no byte was read twice
/// ```
#[derive(Debug, Default)]
pub struct FakeMemory {
    regions: RefCell<Vec<Region>>,
    most_reads: Cell<u32>,
    hostile: bool,
}

impl FakeMemory {
    /// A world without memory.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            regions: RefCell::new(Vec::new()),
            most_reads: Cell::new(0),
            hostile: false,
        }
    }

    /// The same world with a region of zeros; regions must not overlap.
    #[must_use]
    pub fn with_region(self, base: u32, length_bytes: u32, rights: Rights) -> Self {
        self.add_region(base, length_bytes, rights);
        self
    }

    /// Adds a region of zeros; regions must not overlap.
    pub fn add_region(&self, base: u32, length_bytes: u32, rights: Rights) {
        let range = AddressRange::new(base, length_bytes).expect("a region is a range");
        let length = length_bytes as usize;
        let mut regions = self.regions.borrow_mut();
        let disjoint = regions.iter().all(|region| {
            let other = AddressRange::new(region.base, region.bytes.len() as u32);
            !other.expect("a region is a range").overlaps(&range)
        });
        assert!(disjoint, "regions overlap");
        regions.push(Region {
            base,
            rights,
            bytes: vec![0; length],
            reads: vec![0; length],
        });
    }

    /// The same world, where each byte changes as soon as the firmware has read it.
    #[must_use]
    pub fn hostile(mut self) -> Self {
        self.hostile = true;
        self
    }

    /// Stores bytes as the non-secure world, or the test, does; rights don't matter.
    pub fn set(&self, address: u32, bytes: &[u8]) {
        for (offset, byte) in (0..).zip(bytes) {
            self.with_byte(address + offset, |region, index| {
                region.bytes[index] = *byte
            });
        }
    }

    /// Loads bytes as the non-secure world, or the test, does, without counting.
    #[must_use]
    pub fn get(&self, address: u32, length_bytes: u32) -> Vec<u8> {
        let load = |offset| self.with_byte(address + offset, |region, index| region.bytes[index]);
        (0..length_bytes).map(load).collect()
    }

    /// How often the firmware has read each of these bytes.
    #[must_use]
    pub fn reads(&self, address: u32, length_bytes: u32) -> Vec<u32> {
        let count = |offset| self.with_byte(address + offset, |region, index| region.reads[index]);
        (0..length_bytes).map(count).collect()
    }

    /// The largest count of reads of any byte.
    #[must_use]
    pub fn most_reads(&self) -> u32 {
        self.most_reads.get()
    }

    /// Forgets how often bytes were read.
    pub fn forget_reads(&self) {
        for region in self.regions.borrow_mut().iter_mut() {
            region.reads = vec![0; region.bytes.len()];
        }
        self.most_reads.set(0);
    }

    fn with_byte<T>(&self, address: u32, action: impl FnOnce(&mut Region, usize) -> T) -> T {
        for region in self.regions.borrow_mut().iter_mut() {
            if let Some(index) = region.index(address) {
                return action(region, index);
            }
        }
        panic!("no memory at {address:#010x}");
    }

    /// The address of a part of a range that the firmware may access so; else a panic.
    fn address(&self, range: &ClientRange, offset: u32, length: usize, access: Access) -> u32 {
        let length = u32::try_from(length).expect("a length of 32 bits");
        let end = offset.checked_add(length).expect("no wrap-around");
        assert!(end <= range.length(), "access beyond the end of the range");
        // Nothing at the end of the address space has no address.
        let Some(part) = AddressRange::new(range.base().wrapping_add(offset), length) else {
            return range.base();
        };
        assert!(
            self.permits(part, access),
            "{access:?} of {part:x?} is not permitted"
        );
        part.first()
    }
}

impl Memory for FakeMemory {
    fn permits(&self, range: AddressRange, access: Access) -> bool {
        let regions = self.regions.borrow();
        regions.iter().any(|region| region.permits(range, access))
    }

    fn read(&self, source: &ClientRange, offset_bytes: u32, destination: &mut [u8]) {
        let address = self.address(source, offset_bytes, destination.len(), Access::Read);
        for (offset, to) in (0..).zip(destination) {
            self.with_byte(address + offset, |region, index| {
                *to = region.bytes[index];
                region.reads[index] += 1;
                self.most_reads
                    .set(self.most_reads.get().max(region.reads[index]));
                if self.hostile {
                    region.bytes[index] ^= 0xA5;
                }
            });
        }
    }

    fn write(&self, destination: &ClientRange, offset_bytes: u32, source: &[u8]) {
        let address = self.address(destination, offset_bytes, source.len(), Access::Write);
        self.set(address, source);
        // What the firmware has put there itself is another byte, to be read once again.
        for offset in 0..source.len() as u32 {
            self.with_byte(address + offset, |region, index| region.reads[index] = 0);
        }
    }
}
