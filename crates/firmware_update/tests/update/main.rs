// SPDX-License-Identifier: Apache-2.0
//! The partition on the host.

mod board;
mod cuts;
mod message;
mod orders;
mod requests;
mod states;
