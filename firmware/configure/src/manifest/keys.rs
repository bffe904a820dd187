// SPDX-License-Identifier: Apache-2.0
//! The keys of manifests.

/// Keys of a partition that have a meaning here.
pub const PARTITION: &[&str] = &[
    "name",
    "type",
    "priority",
    "model",
    "stack_size",
    "pid",
    "services",
    "dependencies",
    "weak_dependencies",
    "rust_type",
    "rust_state",
];

/// Keys of a service that have a meaning here.
pub const SERVICE: &[&str] = &[
    "name",
    "sid",
    "version",
    "version_policy",
    "connection_based",
    "stateless_handle",
    "non_secure_clients",
    "mm_iovec",
];

/// Keys of a partition that the reference knows and that say nothing here: entry points are C
/// symbols, a heap does not exist, and at isolation level 1 no partition is kept from a device.
/// `irqs` is accepted while it is empty.
pub const REFERENCE_PARTITION: &[&str] = &[
    "description",
    "entry",
    "entry_init",
    "entry_point",
    "heap_size",
    "irqs",
    "linker_pattern",
    "mmio_regions",
    "psa_framework_version",
    "secure_functions",
];

/// Keys of a service that the reference knows and that say nothing here: signals belong to the
/// IPC model.
pub const REFERENCE_SERVICE: &[&str] = &["description", "signal"];
