// SPDX-License-Identifier: Apache-2.0
//! What the store keeps in RAM: the index of its objects, and one transient buffer.

pub mod buffer;
pub mod index;
