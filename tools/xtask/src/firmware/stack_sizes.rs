// SPDX-License-Identifier: Apache-2.0
//! How large the secure stacks have to be: the static bound of their use.
//!
//! Calls are found by `footprint` in the linked image. What no call shows is added here: the
//! frames that exceptions push (Armv8-M Architecture Reference Manual, exception entry) and
//! their handlers, which run on the main stack.

use anyhow::{Context as _, Result, bail};
use configure::Effective;
use configure::stacks::{FAULT_HANDLER, MAIN, PROCESS, Stacks};
use footprint::stack::bound;

/// Eight words and one for alignment, rounded up to the stack's alignment.
const FRAME_BYTES: u64 = 40;
/// A frame with the callee-saved registers too: a non-secure interrupt of secure code.
const FRAME_OF_OTHER_WORLD_BYTES: u64 = 80;
const ALIGNMENT_BYTES: u64 = 8;

const RESET: &str = "reset";
const FAULT_ENTRY: &str = "fault_entry";
/// What the non-secure world enters.
const ENTRIES: &[&str] = &[
    "tfm_psa_framework_version_veneer",
    "tfm_psa_version_veneer",
    "tfm_psa_call_veneer",
    "tfm_psa_connect_veneer",
    "tfm_psa_close_veneer",
];

/// The environment variable by which the build script finds an image's stacks.
pub fn variable(image: &str) -> &'static str {
    match image {
        "boot" => "CASEMATE_STACKS_BOOT",
        _ => "CASEMATE_STACKS_SECURE",
    }
}

/// The static bound of each stack of an image, and of the fault handler's part of the main stack:
/// with less than that left, the handler begins again at the top.
pub fn bounds(image: &str, elf: &[u8]) -> Result<Stacks> {
    let below = |entry: &str| -> Result<u64> {
        let found = bound(elf, entry, &[]).with_context(|| format!("the calls from `{entry}`"))?;
        Ok(found.bytes.next_multiple_of(ALIGNMENT_BYTES))
    };
    let handler = below(FAULT_ENTRY)?;
    let main = below(RESET)? + FRAME_BYTES + handler;
    if image == "boot" {
        return Ok(vec![(MAIN, main), (FAULT_HANDLER, handler)]);
    }
    let mut calls = 0;
    for entry in ENTRIES {
        calls = calls.max(below(entry)?);
    }
    Ok(vec![
        (PROCESS, calls + FRAME_OF_OTHER_WORLD_BYTES),
        (MAIN, main),
        (FAULT_HANDLER, handler),
    ])
}

/// Compares the bounds with the limits of the profile.
pub fn check(effective: &Effective, image: &str, bounds: &Stacks) -> Result<()> {
    for (symbol, bytes) in bounds {
        let Some(key) = key(image, symbol) else {
            continue;
        };
        let limit = effective.number(key);
        if *bytes > limit {
            bail!("`{key}` = {limit} is exceeded: the static bound of the stack is {bytes} bytes");
        }
    }
    Ok(())
}

/// The limit of a stack; its parts have none of their own.
fn key(image: &str, symbol: &str) -> Option<&'static str> {
    match (image, symbol) {
        ("boot", MAIN) => Some("stack.boot_bytes"),
        (_, PROCESS) => Some("stack.secure_process_bytes"),
        (_, MAIN) => Some("stack.secure_main_bytes"),
        _ => None,
    }
}
