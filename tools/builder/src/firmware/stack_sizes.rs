// SPDX-License-Identifier: Apache-2.0
//! Sizes of the secure stacks: the static bounds of their use.
//!
//! Calls are found by `footprint` in the linked image. What no call shows is added here: the
//! frames that exceptions push (Armv8-M Architecture Reference Manual, exception entry) and
//! their handlers, which run on the main stack.

use anyhow::{Context as _, Result, bail};
use configure::stacks::{FAULT_HANDLER, MAIN, PROCESS, Stacks};
use configure::{Effective, gates};
use footprint::stack::{Bound, bound};

/// Eight words. A frame begins at a multiple of the stack's alignment, to which the part above it
/// is rounded up already.
const FRAME_BYTES: u64 = 32;
/// The same and ten words, the callee-saved registers among them: a non-secure interrupt of secure
/// code.
const FRAME_OF_OTHER_WORLD_BYTES: u64 = gates::FRAME_BYTES;
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

/// The deepest use of a stack, and how it comes about.
pub struct Deepest {
    /// Symbol of the stack's size.
    pub symbol: &'static str,
    /// What is in use at most.
    pub bytes: u64,
    /// Who uses it, from the top on: frames of exceptions, then each function with what it adds.
    pub path: Vec<(String, u64)>,
}

/// The deepest use of each stack of an image, and of the fault handler's part of the main stack:
/// with less than that left, the handler begins again at the top.
///
/// `handler_levels` is at how many priorities non-secure handlers may be within the gateway at
/// once. Each but the highest has a frame on the main stack, for it was interrupted there.
pub fn deepest(image: &str, handler_levels: u64, elf: &[u8]) -> Result<Vec<Deepest>> {
    let below = |entry: &str| -> Result<Bound> {
        bound(elf, entry, &[]).with_context(|| format!("the calls from `{entry}`"))
    };
    let handler = below(FAULT_ENTRY)?;
    let main = below(RESET)?;
    let fault = Step::Exception("frame of a fault", FRAME_BYTES);
    let main = along(MAIN, &[Step::Calls(&main), fault, Step::Calls(&handler)]);
    let handler = along(FAULT_HANDLER, &[Step::Calls(&handler)]);
    if image == "boot" {
        return Ok(vec![main, handler]);
    }
    let mut nested: Vec<Step<'_>> = (1..handler_levels)
        .map(|_| {
            Step::Exception(
                "frame of a non-secure handler, interrupted in the gateway",
                FRAME_OF_OTHER_WORLD_BYTES,
            )
        })
        .collect();
    nested.push(fault);
    let nested = along(MAIN, &nested);
    let main = if nested.bytes > main.bytes {
        nested
    } else {
        main
    };
    let calls: Vec<Bound> = ENTRIES
        .iter()
        .map(|entry| below(entry))
        .collect::<Result<_>>()?;
    let calls = calls.iter().max_by_key(|calls| calls.bytes);
    let calls = calls.context("no entries")?;
    let interrupt = Step::Exception(
        "frame of a non-secure interrupt",
        FRAME_OF_OTHER_WORLD_BYTES,
    );
    // A scheduler that follows the rule switches away from no thread there.
    let turned_away = Step::Exception(
        "frame of another thread, interrupted while it is turned away",
        FRAME_OF_OTHER_WORLD_BYTES,
    );
    let process = along(PROCESS, &[Step::Calls(calls), interrupt, turned_away]);
    Ok(vec![process, main, handler])
}

/// A part of a way down a stack.
#[derive(Clone, Copy)]
enum Step<'a> {
    Calls(&'a Bound),
    Exception(&'static str, u64),
}

/// The deepest use of a stack along these steps. What calls add up to is rounded up: so an
/// exception finds the stack aligned.
fn along(symbol: &'static str, steps: &[Step<'_>]) -> Deepest {
    let mut path = Vec::new();
    let mut bytes = 0;
    for step in steps {
        match step {
            Step::Calls(calls) => {
                path.extend(calls.path.iter().cloned());
                bytes += calls.bytes.next_multiple_of(ALIGNMENT_BYTES);
            }
            Step::Exception(name, frame_bytes) => {
                path.push((format!("({name})"), *frame_bytes));
                bytes += frame_bytes;
            }
        }
    }
    Deepest {
        symbol,
        bytes,
        path,
    }
}

/// The static bound of each of these stacks.
pub fn bounds(effective: &Effective, image: &str, elf: &[u8]) -> Result<Stacks> {
    let deepest = deepest(image, handler_levels(effective), elf)?;
    Ok(deepest
        .iter()
        .map(|stack| (stack.symbol, stack.bytes))
        .collect())
}

/// At how many priorities non-secure handlers may be within the gateway at once.
pub fn handler_levels(effective: &Effective) -> u64 {
    effective.number("spm.nonsecure_handler_levels")
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
