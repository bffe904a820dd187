// SPDX-License-Identifier: Apache-2.0
//! The manifests of Casemate's own partitions, by the names of their packages.

const MANIFESTS: &[(&str, &str)] = &[
    ("casemate-attestation", attestation::MANIFEST),
    ("casemate-crypto", crypto::MANIFEST),
    ("casemate-diagnostics", diagnostics::MANIFEST),
    ("casemate-firmware-update", firmware_update::MANIFEST),
    ("casemate-its", its::MANIFEST),
];

/// The text of the manifest of a package.
pub(super) fn manifest(package: &str) -> Option<&'static str> {
    let mut all = MANIFESTS.iter();
    Some(all.find(|(name, _)| *name == package)?.1)
}

/// The names of the packages.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    MANIFESTS.iter().map(|(name, _)| *name)
}
