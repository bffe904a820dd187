// SPDX-License-Identifier: Apache-2.0
//! The Secure Partition Manager.

use super::key::key;
use super::{Key, Kind};

/// The keys.
pub const KEYS: &[Key] = &[
    key(
        "spm.backend",
        Kind::Choice(&["library", "sfn"]),
        "Model of execution: \"library\", or \"sfn\" with the states of FF-M's secure functions.",
    ),
    key(
        "spm.connections",
        Kind::Count { least: 0, most: 64 },
        "Connections to services that may be open at once, all clients together.",
    ),
    key(
        "spm.connections_per_client",
        Kind::Count { least: 0, most: 64 },
        "Connections that one client may have open at once.",
    ),
    key(
        "spm.client_id_word",
        Kind::Address,
        "Address of a word with the negative client id of the non-secure thread; 0: one client.",
    ),
    key(
        "spm.nonsecure_contexts",
        Kind::Count { least: 0, most: 64 },
        "Non-secure threads with a secure stack of their own (TZ_AllocModuleContext_S); 0: no code.",
    ),
    key(
        "spm.nonsecure_handler_levels",
        Kind::Count {
            least: 1,
            most: 256,
        },
        "Priorities at which non-secure handlers may be within the gateway at once; sizes a stack.",
    ),
    key(
        "spm.fault_action",
        Kind::Choice(&["reset", "halt"]),
        "Action after the line of a fault is printed: \"reset\" or \"halt\".",
    ),
    key(
        "spm.interrupt_latency_limit_instructions",
        Kind::Count {
            least: 1,
            most: 1_000_000,
        },
        "Instructions that a non-secure interrupt may wait for a call; more fails tests and bench.",
    ),
];
