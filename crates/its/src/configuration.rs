// SPDX-License-Identifier: Apache-2.0
//! What a product decides about its storage.

use flash::Flash;

use crate::{memory::buffer::TransientBuffer, memory::index::AssetTable};

/// What happens to an area that is neither a store nor erased (`its.foreign_flash`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// The store formats it, and its content is lost.
    Format,
    /// It stays as it is, and every request is refused.
    Refuse,
}

/// Flash, sizes and limits of an Internal Trusted Storage partition. [`check`](crate::check)
/// proves at build time that they fit.
///
/// # Examples
///
/// ```
/// use flash::fake::RamFlash;
///
/// /// At most 10 objects of 512 bytes, at most 8 of them for one client.
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
    /// Memory for the index: the number of objects of all clients together: [`Assets<COUNT>`](crate::Assets).
    type Assets: AssetTable;
    /// The transient buffer: [`Buffer<BYTES>`](crate::Buffer).
    type Buffer: TransientBuffer;

    /// Size of the largest object in bytes.
    const MAX_ASSET_BYTES: usize;
    /// Quota: how many objects one client may have.
    const ASSETS_PER_CLIENT: usize = usize::MAX;
    /// Quota: how many bytes the objects of one client may have together.
    const BYTES_PER_CLIENT: usize = usize::MAX;
    /// What happens to an area that is neither a store nor erased (`its.foreign_flash`). A store of another version or
    /// geometry is refused whatever this says.
    const FOREIGN: Foreign = Foreign::Format;
}
