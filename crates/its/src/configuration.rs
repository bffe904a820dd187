// SPDX-License-Identifier: Apache-2.0
//! What a product decides about its storage.

use flash::Flash;

use crate::{memory::buffer::TransientBuffer, memory::index::AssetTable};

/// What to do with an area that is neither a store nor erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Make a store of it: whatever it held is lost.
    Format,
    /// Leave it alone and refuse service.
    Refuse,
}

/// Flash, sizes and limits of an Internal Trusted Storage partition. [`check`](crate::check)
/// proves at build time that they fit.
///
/// ```
/// use flash::fake::RamFlash;
///
/// /// At most 10 objects of 512 bytes, 8 of them in one client's hands.
/// struct Storage;
///
/// impl its::Configuration for Storage {
///     type Flash = RamFlash;
///     type Assets = its::Assets<10>;
///     type Buffer = its::Buffer<32>;
///     const MAX_ASSET_BYTES: usize = 512;
///     const ASSETS_PER_CLIENT: usize = 8;
/// }
/// ```
pub trait Configuration {
    /// The area that holds the objects.
    type Flash: Flash;
    /// The count of objects, those of all clients together: [`Assets<COUNT>`](crate::Assets).
    type Assets: AssetTable;
    /// The transient buffer: [`Buffer<BYTES>`](crate::Buffer).
    type Buffer: TransientBuffer;

    /// Size of the largest object.
    const MAX_ASSET_BYTES: usize;
    /// How many objects one client may have.
    const ASSETS_PER_CLIENT: usize = usize::MAX;
    /// What the sizes of one client's objects may sum up to.
    const BYTES_PER_CLIENT: usize = usize::MAX;
    /// What to do with an area that is neither a store nor erased. A store of another version or
    /// geometry is refused whatever this says.
    const FOREIGN: Foreign = Foreign::Format;
}
