// SPDX-License-Identifier: Apache-2.0
//! From a word of the configuration to a backend: the word is a constant, a backend is a type.

use crate::{backend::Backend, library::Library, sfn::Sfn};

/// The backend of an image: [`Sfn`] if `SFN`, else [`Library`].
pub type Model<const SFN: bool> = <Choice<SFN> as Chosen>::Backend;

/// A choice between the backends.
#[derive(Debug)]
pub enum Choice<const SFN: bool> {}

/// What a choice leads to.
pub trait Chosen {
    /// The backend.
    type Backend: Backend;
}

impl Chosen for Choice<false> {
    type Backend = Library;
}

impl Chosen for Choice<true> {
    type Backend = Sfn;
}
