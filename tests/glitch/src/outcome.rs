// SPDX-License-Identifier: Apache-2.0
//! Results of attempts.

/// How a trial ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The boot ROM has said why it starts nothing, and halted.
    Refused,
    /// Before the signature was looked at, all was as without the fault: so it is refused.
    Converged,
    /// The handler of faults was entered.
    Faulted,
    /// A fault in the handling of a fault: the processor has stopped for good.
    LockedUp,
    /// The boot ROM waits or loops for ever.
    Hung,
    /// The processor is outside of the boot ROM and of the slots.
    Astray,
    /// The image was started that may be.
    StartedGood,
    /// An image was started that must not be.
    StartedBad,
}

/// The end of a trial, and where it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    pub outcome: Outcome,
    /// The address of the next instruction; nothing if QEMU is gone.
    pub address: Option<u32>,
    /// The breakpoint at the checkpoint was taken away.
    pub passed_checkpoint: bool,
}

impl End {
    pub const fn of(outcome: Outcome) -> Self {
        Self {
            outcome,
            address: None,
            passed_checkpoint: false,
        }
    }
}
