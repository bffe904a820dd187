// SPDX-License-Identifier: Apache-2.0
//! Pages with pictures of figures: one file each, which needs no network.
//!
//! * [`document`]: the frame of a page, with its style for light and dark, wide and narrow.
//! * [`treemap`]: areas in proportion to bytes, down to functions.
//! * [`plot`]: lines over an axis of lengths or of versions.
//! * [`bars`]: rows with a bar each.
//!
//! Every text is escaped by `maud`; data for scripts is JSON without `<`. What a page shows is
//! for the callers to say: nothing here knows what a component is.

pub mod bars;
pub mod document;
pub mod number;
pub mod plot;
pub mod treemap;
