// SPDX-License-Identifier: Apache-2.0
//! Peripherals of the Arm SSE-200 subsystem and the MPS2+ board around it: registers only.
//!
//! Sources: Arm CoreLink SSE-200 TRM (101104), SIE-200 TRM (DDI 0571: memory and peripheral
//! protection controllers), Cortex-M System Design Kit TRM (DDI 0479: UART).
//!
//! Principle: a controller is a value that knows its base address; which blocks and which
//! devices belong to which world is the board's decision.
#![no_std]
#![allow(unsafe_code)]
#![cfg(target_arch = "arm")]

pub mod debug_control;
pub mod mapped_flash;
pub mod memory_protection;
pub mod mps2;
pub mod peripheral_protection;
pub mod uart;
