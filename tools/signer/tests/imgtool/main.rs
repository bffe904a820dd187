// SPDX-License-Identifier: Apache-2.0
//! Interoperation with the public `imgtool`, both ways. The command comes from the variable
//! `CASEMATE_IMGTOOL` or from the path; without it these tests say so and do nothing.

#[path = "../common/mod.rs"]
mod common;
mod images;
mod options;
mod tool;
mod trailers;
