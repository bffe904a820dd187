// SPDX-License-Identifier: Apache-2.0
//! The record as a value.
//!
//! A caller who reads a record may have chosen the moment of the fault. So the type has no field for
//! more than [`Interrupted`] contains: no register and no data of secure code.

/// Where non-secure code was. The non-secure world may know all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The address to which the exception would have returned.
    pub program_counter: u32,
    /// LR.
    pub link: u32,
}

/// Which code was interrupted, and what a record may contain about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interrupted {
    /// Secure code: where it was, if that could be found, an address of the image's instructions.
    /// Every register and every address that it has used may be a secret.
    Secure {
        /// The address to which the exception would have returned.
        program_counter: Option<u32>,
    },
    /// Non-secure code.
    NonSecure {
        /// Where it was, if its frame could be read.
        frame: Option<Frame>,
        /// The address that it accessed, if the core recorded it.
        address: Option<u32>,
    },
}

impl Default for Interrupted {
    fn default() -> Self {
        Self::Secure {
            program_counter: None,
        }
    }
}

/// The call that was open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenCall {
    /// Id of the client.
    pub client: i32,
    /// The handle that it called.
    pub handle: u32,
    /// Id of the partition that serves the call, zero if it is not known.
    pub partition: i32,
}

/// What is known of a fault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FaultRecord {
    /// How many faults there have been since the power came on, this one included.
    pub count: u32,
    /// Exception number: 3 HardFault to 7 SecureFault, others are unexpected exceptions.
    pub exception: u32,
    /// Configurable fault status register (MMFSR, BFSR, UFSR).
    pub configurable_status: u32,
    /// Secure fault status register.
    pub secure_status: u32,
    /// HardFault status register.
    pub hard_status: u32,
    /// The interrupted code was in thread mode.
    pub thread: bool,
    /// Which code was interrupted, and where.
    pub interrupted: Interrupted,
    /// The call that was open, if one was.
    pub call: Option<OpenCall>,
}

impl FaultRecord {
    /// Whether secure code was interrupted.
    #[must_use]
    pub const fn is_of_secure_code(&self) -> bool {
        matches!(self.interrupted, Interrupted::Secure { .. })
    }

    /// Where the interrupted code was, if that is known.
    #[must_use]
    pub fn program_counter(&self) -> Option<u32> {
        match self.interrupted {
            Interrupted::Secure { program_counter } => program_counter,
            Interrupted::NonSecure { frame, .. } => frame.map(|frame| frame.program_counter),
        }
    }

    /// LR and the address of the access.
    pub(super) fn of_non_secure_code(&self) -> (Option<u32>, Option<u32>) {
        match self.interrupted {
            Interrupted::Secure { .. } => (None, None),
            Interrupted::NonSecure { frame, address } => (frame.map(|frame| frame.link), address),
        }
    }
}
