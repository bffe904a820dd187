// SPDX-License-Identifier: Apache-2.0
//! The gates of non-secure threads: small secure stacks on which they enter, as symbols for the
//! linker script and for `hardware/gateway`.
//!
//! A gate has room for what the gateway pushes and for the frame of an interrupt; its seal and
//! where its thread was left follow. The first gate is shared by all threads that have none of
//! their own, and so may hold a second frame: that of a thread that is turned away.

use crate::effective::Effective;

/// What a non-secure interrupt of secure code pushes: the frame of eight words, the integrity
/// signature, a reserved word and R4 to R11 (DDI 0553, B3.19).
pub const FRAME_BYTES: u64 = 72;
/// What the gateway pushes on a gate. `gateway::gates` has the same number: the linker compares them.
const ENTRY_BYTES: u64 = 16;
/// The seal, the stack pointer, its limit.
const RECORD_BYTES: u64 = 16;

/// The symbols, if threads may have gates; and what the linker keeps for them.
pub fn fragment(effective: &Effective) -> String {
    let contexts = effective.number("spm.nonsecure_contexts");
    let (kind, gates) = if contexts == 0 {
        ("stack", String::new())
    } else {
        let gate_bytes = ENTRY_BYTES + FRAME_BYTES;
        let stride_bytes = gate_bytes + RECORD_BYTES;
        let shared_bytes = gate_bytes + FRAME_BYTES;
        let all_bytes = shared_bytes + RECORD_BYTES + contexts * stride_bytes;
        let gates = format!(
            "__nonsecure_contexts = {contexts};\n\
             __gate_bytes = {gate_bytes};\n\
             __gate_stride_bytes = {stride_bytes};\n\
             __shared_gate_bytes = {shared_bytes};\n\
             __gates_bytes = {all_bytes};\n\
             EXTERN(__gate_entry_bytes)\n\
             ASSERT(__gate_entry_bytes == {ENTRY_BYTES}, \
             \"the gateway pushes another number of bytes than its gates have room for\")\n"
        );
        let veneers = [
            "InitContextSystem",
            "AllocModuleContext",
            "FreeModuleContext",
        ]
        .into_iter()
        .chain(["LoadContext", "StoreContext"]);
        let veneers: String = veneers
            .map(|name| format!("EXTERN(TZ_{name}_S)\n"))
            .collect();
        ("gate", gates + &veneers)
    };
    let entries = ["version", "call", "connect", "close"];
    let entries = entries
        .map(|name| format!("EXTERN({name}_by_{kind})\n__{name}_entry = {name}_by_{kind};\n"));
    gates + &entries.concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Request, load};
    use std::path::Path;

    fn of(contexts: u64) -> String {
        let request = Request {
            workspace: Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."),
            board: "an521".into(),
            profile: "small".into(),
            product: None,
            files: Vec::new(),
            settings: vec![format!("spm.nonsecure_contexts={contexts}")],
        };
        fragment(&load(&request).unwrap())
    }

    #[test]
    fn without_gates_nothing_of_them_is_linked() {
        let text = of(0);
        assert!(text.contains("__call_entry = call_by_stack;"));
        assert!(!text.contains("gate") && !text.contains("TZ_"));
    }

    #[test]
    fn each_thread_has_a_gate_and_all_share_one() {
        let text = of(3);
        assert!(text.contains("__call_entry = call_by_gate;"));
        assert!(text.contains("__gates_bytes = 488;")); // 160 + 16 + 3 * (88 + 16)
        assert!(text.contains("EXTERN(TZ_StoreContext_S)"));
    }
}
