// SPDX-License-Identifier: Apache-2.0
//! The linker scripts of the images. Each includes fragments of the configuration
//! ([`crate::emit_linker`], [`crate::stacks`]); build scripts write both to the same folder.

/// Name and text of each script.
pub const SCRIPTS: [(&str, &str); 4] = [
    ("boot.ld", include_str!("link/boot.ld")),
    ("secure.ld", include_str!("link/secure.ld")),
    ("nonsecure.ld", include_str!("link/nonsecure.ld")),
    ("sections.ld", include_str!("link/sections.ld")),
];
