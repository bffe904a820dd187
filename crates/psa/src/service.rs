// SPDX-License-Identifier: Apache-2.0
//! Identities of the services, which clients have compiled in: service id,
//! stateless handle, partition id and version. The values are those of TF-M v2.3.

use crate::client::Handle;

/// Identity of one stateless service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceIdentity {
    /// Service id (SID), as `psa_version` takes it.
    pub sid: u32,
    /// `stateless_handle` of the manifest, counted from one.
    pub stateless_handle: u8,
    /// Client id of the partition that serves it.
    pub partition_id: i32,
    /// Version of the service.
    pub version: u8,
}

impl ServiceIdentity {
    /// The handle that a client passes to `psa_call`.
    #[must_use]
    pub const fn handle(&self) -> Handle {
        Handle::stateless(self.stateless_handle, self.version)
    }
}

/// The Crypto service.
pub const CRYPTO: ServiceIdentity = ServiceIdentity {
    sid: 0x80,
    stateless_handle: 1,
    partition_id: 259,
    version: 1,
};

/// The Internal Trusted Storage service.
pub const INTERNAL_TRUSTED_STORAGE: ServiceIdentity = ServiceIdentity {
    sid: 0x70,
    stateless_handle: 3,
    partition_id: 257,
    version: 1,
};

/// The Initial Attestation service.
pub const INITIAL_ATTESTATION: ServiceIdentity = ServiceIdentity {
    sid: 0x20,
    stateless_handle: 4,
    partition_id: 261,
    version: 1,
};

/// The Firmware Update service.
pub const FIRMWARE_UPDATE: ServiceIdentity = ServiceIdentity {
    sid: 0xA0,
    stateless_handle: 5,
    partition_id: 271,
    version: 1,
};

/// The Diagnostics service of Casemate.
pub const DIAGNOSTICS: ServiceIdentity = ServiceIdentity {
    sid: 0x100,
    stateless_handle: 8,
    partition_id: 300,
    version: 1,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_those_that_clients_have_compiled_in() {
        assert_eq!(CRYPTO.handle().bits(), 0x4000_0100);
        assert_eq!(INTERNAL_TRUSTED_STORAGE.handle().bits(), 0x4000_0102);
        assert_eq!(INITIAL_ATTESTATION.handle().bits(), 0x4000_0103);
        assert_eq!(FIRMWARE_UPDATE.handle().bits(), 0x4000_0104);
    }
}
