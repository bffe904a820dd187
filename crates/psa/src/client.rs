// SPDX-License-Identifier: Apache-2.0
//! Arguments of a call: client id, handle, control word
//! (FF-M 1.1 client API; encoding of TF-M v2.3).
//!
//! Decoding never fails in another way: any word of a hostile caller gives a value that follows
//! every rule stated here, or `None`.

/// Version of the framework's client API: FF-M 1.1.
pub const FRAMEWORK_VERSION: u32 = 0x0101;
/// What `psa_version` returns for a service that the caller can't use.
pub const VERSION_NONE: u32 = 0;
/// Most vectors of one call, input and output together (`PSA_MAX_IOVEC`).
pub const MAX_VECTORS: usize = 4;
/// Size in bytes of one vector descriptor in the caller's memory: base u32, length u32.
pub const DESCRIPTOR_BYTES: usize = 8;
/// Offset of the length in a descriptor in bytes.
pub const DESCRIPTOR_LENGTH_OFFSET_BYTES: usize = 4;

/// Identity of a caller: negative in the non-secure world, positive for a secure partition.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientId(i32);

impl ClientId {
    /// The non-secure world as one client.
    pub const NON_SECURE: Self = Self(-1);

    /// The client with this number.
    #[must_use]
    pub const fn new(value: i32) -> Self {
        Self(value)
    }

    /// The number as services and tokens see it.
    #[must_use]
    pub const fn value(self) -> i32 {
        self.0
    }

    /// Whether the client lives in the non-secure world.
    #[must_use]
    pub const fn is_non_secure(self) -> bool {
        self.0 < 0
    }
}

/// `psa_handle_t` as it stands in a register: unchecked until it is decoded.
///
/// # Examples
/// ```
/// use psa::Handle;
///
/// // Service with stateless handle 3, version 1: what C code has compiled in.
/// let handle = Handle::stateless(3, 1);
/// assert_eq!(handle.bits(), 0x4000_0102);
///
/// let decoded = handle.decode_stateless().unwrap();
/// assert_eq!((decoded.index, decoded.version), (2, 1));
/// assert_eq!(handle.decode_connection(), None);
/// ```
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handle(u32);

/// Meaning of a handle to a connection: not valid until the table of connections confirms it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionHandle {
    /// Index in the table of connections.
    pub index: u8,
    /// Number of the use of that entry; not zero, at most
    /// [`ConnectionHandle::MAX_GENERATION`].
    pub generation: u32,
}

impl ConnectionHandle {
    /// The last generation; the next one is 1 again.
    pub const MAX_GENERATION: u32 = (1 << 22) - 1;
}

/// Fields of a handle of a stateless service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatelessHandle {
    /// The `stateless_handle` of the service's manifest, but counted from zero.
    pub index: u8,
    /// The version that the client wants.
    pub version: u8,
}

impl Handle {
    /// No connection.
    pub const NULL: Self = Self(0);
    const STATELESS: u32 = 1 << 30;
    const VERSION_SHIFT: u32 = 8;
    const GENERATION_SHIFT: u32 = 8;

    /// The handle with these bits.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The bits of the handle.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The fixed handle of a stateless service; `stateless_handle` counts from one, as in
    /// a manifest.
    #[must_use]
    pub const fn stateless(stateless_handle: u8, version: u8) -> Self {
        let index = stateless_handle.wrapping_sub(1) as u32;
        Self(Self::STATELESS | (version as u32) << Self::VERSION_SHIFT | index)
    }

    /// Decodes a stateless handle; any other handle, and any other bit, gives `None`.
    #[must_use]
    pub const fn decode_stateless(self) -> Option<StatelessHandle> {
        if self.0 >> 16 != Self::STATELESS >> 16 {
            return None;
        }
        Some(StatelessHandle {
            index: self.0 as u8,
            version: (self.0 >> Self::VERSION_SHIFT) as u8,
        })
    }

    /// The handle of a connection: positive, and never that of a stateless service.
    #[must_use]
    pub const fn connection(connection: ConnectionHandle) -> Self {
        let generation = connection.generation & ConnectionHandle::MAX_GENERATION;
        Self(generation << Self::GENERATION_SHIFT | connection.index as u32)
    }

    /// Decodes the handle of a connection; any other handle, and any other bit, gives `None`.
    #[must_use]
    pub const fn decode_connection(self) -> Option<ConnectionHandle> {
        let generation = self.0 >> Self::GENERATION_SHIFT;
        if generation == 0 || generation > ConnectionHandle::MAX_GENERATION {
            return None;
        }
        Some(ConnectionHandle {
            index: self.0 as u8,
            generation,
        })
    }
}

/// The third word of `psa_call`'s gateway: message type and counts of vectors.
///
/// Bits: type 15:0, output count 18:16, input count 26:24. Bits 19, 27 and 31 are where
/// TF-M v2.3 marks vectors and descriptors of the non-secure world for its own secure
/// agents; they are accepted and have no effect, because the gateway that a caller enters through
/// tells its world. All other bits are zero.
///
/// It is kept as one word and decoded on demand.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ControlParameter(u32);

impl ControlParameter {
    const OUT_SHIFT: u32 = 16;
    const IN_SHIFT: u32 = 24;
    const COUNT_MASK: u32 = 7;
    const TYPE_MASK: u32 = 0x7FFF;
    const WORLD_BITS: u32 = 1 << 19 | 1 << 27 | 1 << 31;
    /// Bits that are zero in every valid word; bit 15 is the sign of the message type, which
    /// a client may not set.
    const ZERO_BITS: u32 = !(Self::TYPE_MASK
        | Self::COUNT_MASK << Self::OUT_SHIFT
        | Self::COUNT_MASK << Self::IN_SHIFT
        | Self::WORLD_BITS);

    /// Message type zero and no vectors.
    pub const BARE: Self = Self(0);

    /// A call of `message_type` with these counts of vectors; `None` for a negative type or
    /// more than [`MAX_VECTORS`].
    #[must_use]
    pub const fn new(message_type: i16, in_count: usize, out_count: usize) -> Option<Self> {
        if message_type < 0 || in_count > MAX_VECTORS || out_count > MAX_VECTORS - in_count {
            return None;
        }
        let counts = (out_count as u32) << Self::OUT_SHIFT | (in_count as u32) << Self::IN_SHIFT;
        Some(Self(message_type as u32 | counts))
    }

    /// Checks the word of a caller by the rules of [`ControlParameter::new`]; `None` if it breaks
    /// one.
    #[must_use]
    pub const fn decode(word: u32) -> Option<Self> {
        let control = Self(word & !Self::WORLD_BITS);
        let vectors = control.in_count() + control.out_count();
        if word & Self::ZERO_BITS != 0 || vectors > MAX_VECTORS {
            return None;
        }
        Some(control)
    }

    /// The word for the gateway.
    #[must_use]
    pub const fn encode(self) -> u32 {
        self.0
    }

    /// The type of the message, zero or positive.
    #[must_use]
    pub const fn message_type(self) -> i32 {
        (self.0 & Self::TYPE_MASK) as i32
    }

    /// Count of input vectors.
    #[must_use]
    pub const fn in_count(self) -> usize {
        (self.0 >> Self::IN_SHIFT & Self::COUNT_MASK) as usize
    }

    /// Count of output vectors; input and output together are at most [`MAX_VECTORS`].
    #[must_use]
    pub const fn out_count(self) -> usize {
        (self.0 >> Self::OUT_SHIFT & Self::COUNT_MASK) as usize
    }
}

#[cfg(test)]
mod tests;
