// SPDX-License-Identifier: Apache-2.0
use crate::tests::configuration;

const BUFFER: &str = "crypto.engine_buffer_bytes";
const PROCESS_STACK: &str = "stack.secure_process_bytes";
const RAM: &str = "budget.secure.ram_bytes";

#[test]
fn what_a_profile_sets_for_itself_stays() {
    let small = configuration("small", &["its.max_assets=10"]).unwrap();
    assert_eq!(small.number(BUFFER), 0x800);
    assert_eq!(small.number(RAM), 6656);
    assert!(small.is_derived(PROCESS_STACK) && !small.is_derived(RAM));
}

#[test]
fn one_line_adds_an_algorithm() {
    let small = configuration("small", &[]).unwrap();
    let more = configuration("small", &["crypto.psa_want_alg_ecdsa=true"]).unwrap();
    for key in [BUFFER, PROCESS_STACK, RAM, "budget.secure.flash_bytes"] {
        assert!(more.is_derived(key), "{key}");
        assert!(more.number(key) > small.number(key), "{key}");
    }
    let setting = more.settings().find(|one| one.key.name == BUFFER).unwrap();
    assert_eq!(
        setting.origin,
        "derived from crypto.concurrent_operations, crypto.key_slots, crypto.psa_want_*"
    );
    assert!(setting.overridden[0].1.starts_with("profiles/small.toml:"));
    // Public keys are the largest: 65 bytes in each of 13 slots, beside four contexts.
    assert_eq!(
        more.number(BUFFER),
        (4 * 440 + 13 * 65_u64).next_multiple_of(4)
    );
}

#[test]
fn the_choice_sizes_the_buffer_and_less_is_refused() {
    let least = 6 * 440 + 20 * 16;
    let choice = ["crypto.concurrent_operations=6", "crypto.key_slots=20"];
    let derived = configuration("small", &choice).unwrap().number(BUFFER);
    assert_eq!(derived, 6 * 440 + 20 * 32);
    let with = |bytes: u64| {
        let set = format!("{BUFFER}={bytes}");
        configuration("small", &[choice[0], choice[1], &set])
    };
    assert_eq!(with(least).unwrap().number(BUFFER), least);
    let text = with(least - 1).unwrap_err().to_string();
    assert_eq!(
        text,
        format!(
            "--set: `{BUFFER}` is {}, but 6 of `crypto.concurrent_operations` (--set) of 440 bytes \
             each and 20 of `crypto.key_slots` (--set) take {least}: write {BUFFER} = {least} or \
             more, or leave it out, and it is derived",
            least - 1
        )
    );
}

#[test]
fn fewer_algorithms_lift_no_budget() {
    let fewer = configuration("small", &["crypto.psa_want_alg_ccm=false"]).unwrap();
    assert!(fewer.is_derived(BUFFER) && !fewer.is_derived(RAM));
    assert!(fewer.number(BUFFER) < 0x800);
}

#[test]
fn a_module_takes_its_algorithms_from_clients_only() {
    let off = configuration("full", &["crypto.key_derivation_module=false"]).unwrap();
    assert!(off.flag("crypto.psa_want_alg_hkdf"));
    assert!(!super::is_served(&off, "crypto.psa_want_alg_hkdf"));
    assert!(super::is_served(&off, "crypto.psa_want_alg_sha_256"));
    let wanted = super::wanted(&off);
    assert!(!wanted.key_derivation() && wanted.signatures());
    assert!(
        super::context_bytes(&off) < super::context_bytes(&configuration("full", &[]).unwrap())
    );
}
