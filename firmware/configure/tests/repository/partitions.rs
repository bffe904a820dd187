// SPDX-License-Identifier: Apache-2.0
//! The partitions that an image has: what their manifests promise to clients, how layers add
//! them, and the stack that their calls of each other take.

use crate::{problem, request};
use configure::load;

#[test]
fn the_manifests_are_what_clients_have_compiled_in() {
    let effective = load(&request(&[])).unwrap();
    let mut modules = effective.partitions().iter().map(|one| one.module.as_str());
    assert!(modules.any(|module| module == "crypto"));
    let listed = [
        ("crypto", psa::service::CRYPTO),
        ("diagnostics", psa::service::DIAGNOSTICS),
        ("its", psa::service::INTERNAL_TRUSTED_STORAGE),
        ("attestation", psa::service::INITIAL_ATTESTATION),
    ];
    for partition in effective.partitions() {
        let mut known = listed.iter();
        let Some((module, identity)) = known.find(|(module, _)| *module == partition.module) else {
            continue;
        };
        assert_eq!(partition.id, identity.partition_id);
        let [service] = &partition.services[..] else {
            panic!("{module} has one service")
        };
        assert_eq!(service.sid, identity.sid);
        assert_eq!(service.version, u32::from(identity.version));
        assert_eq!(service.stateless_handle, Some(identity.stateless_handle));
        assert!(service.non_secure_clients);
    }
}

#[test]
fn partitions_are_lines_of_any_layer() {
    let text = problem(&["partitions.echo=nothing.toml"]);
    assert!(
        text.starts_with("--set: `partitions.echo`: firmware/configure/nothing.toml: "),
        "{text}"
    );
    let text = problem(&["partitions.echo=4"]);
    assert!(text.contains("`partitions.echo` takes the path"), "{text}");
    let text = problem(&["partitions=4"]);
    assert!(text.contains("`partitions` is a table"), "{text}");
    let text = problem(&["partitions.copy=casemate-crypto"]);
    assert!(text.contains("`sid` 0x00000080 is taken at"), "{text}");
    let text = problem(&["partitions.crypto=../../README.md"]);
    assert!(
        text.starts_with("README.md: a manifest ends in .toml"),
        "{text}"
    );
}

#[test]
fn the_stack_holds_the_longest_way() {
    let text = problem(&["stack.secure_process_bytes=2808"]);
    assert_eq!(
        text,
        "--set: `stack.secure_process_bytes` is 2808, but a call takes 2816: the `stack_size` of \
         TFM_SP_INITIAL_ATTESTATION (1024) and then of TFM_SP_CRYPTO (1024) and then of TFM_SP_ITS \
         (768)"
    );
}
