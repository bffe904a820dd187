// SPDX-License-Identifier: Apache-2.0
//! The sizes of the stacks of an image, as symbols for its linker script.
//!
//! A stack is linked as large as the static bound of its use. The bound is known only once the
//! image has been linked, so the build writes it to a file and the next link takes it from
//! there; before that the limit of the profile stands in.

use crate::effective::Effective;

/// Symbol and size in bytes of each stack of an image.
pub type Stacks = Vec<(&'static str, u64)>;

/// Symbol of the process stack's size.
pub const PROCESS: &str = "__process_stack_bytes";
/// Symbol of the main stack's size.
pub const MAIN: &str = "__main_stack_bytes";

/// Symbol of what the fault handler takes of the main stack.
pub const FAULT_HANDLER: &str = "__fault_handler_bytes";

/// The limits that the profile sets for the image (`boot` or `secure`).
pub fn limits(effective: &Effective, image: &str) -> Stacks {
    let mut stacks = match image {
        "boot" => vec![(MAIN, effective.number("stack.boot_bytes"))],
        _ => vec![
            (PROCESS, effective.number("stack.secure_process_bytes")),
            (MAIN, effective.number("stack.secure_main_bytes")),
        ],
    };
    // Until the bound is known, the handler has half of the main stack.
    if let Some((_, main_bytes)) = stacks.last().copied() {
        stacks.push((FAULT_HANDLER, main_bytes / 2));
    }
    stacks
}

/// The fragment of a linker script that defines the symbols.
pub fn fragment(stacks: &Stacks) -> String {
    stacks
        .iter()
        .map(|(symbol, size_bytes)| format!("{symbol} = {size_bytes};\n"))
        .collect()
}
