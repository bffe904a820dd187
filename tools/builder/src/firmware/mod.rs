// SPDX-License-Identifier: Apache-2.0
//! From the configuration to a signed image.
//!
//! The order follows from the dependencies: the secure world first; its veneers' addresses
//! and its end then fix where and against what a non-secure application is linked; both make
//! one payload under one signature.

mod application;
mod build_context;
mod compile;
mod elf;
mod footprints;
mod link_errors;
pub mod reference;
mod secure_world;
mod signing;
mod stack_sizes;
mod target;
mod veneers;
mod which;

pub use application::{Application, DEMO, Image};
pub use build_context::BuildContext;
pub use elf::Linked;
pub use footprints::{
    Footprints, budget, check_budgets, detailed_footprints, footprints_of, measure_images,
};
pub use secure_world::SecureWorld;
pub use signing::{
    built_in_keys, key, options, options_of, placement, placement_of, read_image, read_key,
    read_public_key, require_boot_rom, second_key, signature_type,
};
pub use stack_sizes::Deepest;
pub use veneers::kit_symbol;
pub use which::Which;

use crate::options::Configured;
use crate::setup::toolchain::Toolchain;
use crate::workspace::Workspace;

/// What every step of a build needs.
pub struct Builder<'a> {
    /// Where things are.
    pub workspace: &'a Workspace,
    /// The compiler.
    pub toolchain: &'a Toolchain,
    /// The configuration.
    pub configured: &'a Configured,
}
