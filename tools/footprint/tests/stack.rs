// SPDX-License-Identifier: Apache-2.0
//! Stack bounds of small programs, and what has no bound.

mod common;

use common::Piece::{Address, Call, Code, Data, Jump};
use common::{FUNCTION, Function, Symbol, elf, linked, place, program};
use footprint::stack::{Bound, bound};

const PUSH: &[u16] = &[0xB510]; // push {r4, lr}
const POP_RETURN: &[u16] = &[0xBD10]; // pop {r4, pc}
const POP: &[u16] = &[0xE8BD, 0x4010]; // pop.w {r4, lr}
const RETURN: &[u16] = &[0x4770]; // bx lr
const CALL_R3: &[u16] = &[0x4798]; // blx r3

fn of(functions: &[Function]) -> Result<Bound, String> {
    bound(&linked(functions), "entry", &[]).map_err(|error| format!("{error:#}"))
}

#[track_caller]
fn refused(functions: &[Function], because: &str) {
    let error = of(functions).expect_err(because);
    assert!(error.contains(because), "{error}");
}

fn path(steps: &[(&str, u64)]) -> Bound {
    Bound {
        bytes: steps.iter().map(|(_, bytes)| bytes).sum(),
        path: steps
            .iter()
            .map(|(name, bytes)| ((*name).to_owned(), *bytes))
            .collect(),
    }
}

#[test]
fn the_deepest_way_counts() {
    let functions: &[Function] = &[
        (
            "entry",
            Some(8),
            &[Code(PUSH), Call(1), Call(2), Call(1), Code(POP_RETURN)],
        ),
        ("flat", Some(24), &[Code(&[0xB086, 0xB006]), Code(RETURN)]),
        ("steep", Some(8), &[Code(PUSH), Call(1), Code(POP_RETURN)]),
    ];
    assert_eq!(
        of(functions),
        Ok(path(&[("entry", 8), ("steep", 8), ("flat", 24)]))
    );
}

#[test]
fn a_jump_after_the_frame_is_gone_costs_nothing() {
    let deep: Function = ("deep", Some(16), &[Code(&[0xB084, 0xB004]), Code(RETURN)]);
    let functions = &[
        ("entry", Some(8), &[Code(PUSH), Code(POP), Jump(1)][..]),
        deep,
    ];
    assert_eq!(of(functions), Ok(path(&[("entry", 0), ("deep", 16)])));
    // In the middle of the frame it costs all of it.
    let functions = &[("entry", Some(8), &[Code(PUSH), Jump(1)][..]), deep];
    assert_eq!(of(functions), Ok(path(&[("entry", 8), ("deep", 16)])));
    // Where the stack pointer is not evident too: mov sp, r7.
    let functions = &[
        (
            "entry",
            Some(8),
            &[Code(PUSH), Code(&[0x46BD]), Jump(1)][..],
        ),
        deep,
    ];
    assert_eq!(of(functions), Ok(path(&[("entry", 8), ("deep", 16)])));
    // And on the way on which the pop was not executed: it eq; popeq {r4, lr}.
    let functions = &[
        (
            "entry",
            Some(8),
            &[Code(PUSH), Code(&[0xBF08]), Code(POP), Jump(1)][..],
        ),
        deep,
    ];
    assert_eq!(of(functions), Ok(path(&[("entry", 8), ("deep", 16)])));
}

#[test]
fn tables_of_jumps_stay_inside() {
    // tbb [pc, r0]; table 1, 3; bx lr; push; pop; b.w
    let functions: &[Function] = &[
        (
            "entry",
            Some(8),
            &[
                Code(&[0xE8DF, 0xF000]),
                Data(&[1, 2]),
                Code(RETURN),
                Code(PUSH),
                Code(POP),
                Jump(1),
            ],
        ),
        ("deep", Some(16), &[Code(RETURN)]),
    ];
    assert_eq!(of(functions), Ok(path(&[("entry", 0), ("deep", 16)])));
    // addw r1, pc, #8; tbh [r1, r0]; a literal; table 4, 5, from the jump on; bx lr; push; pop; b.w
    let at = |adr: &'static [u16]| -> [Function; 2] {
        [
            (
                "entry",
                Some(8),
                vec![
                    Code(adr),
                    Code(&[0xE8D1, 0xF010]),
                    Data(&[0xFE, 0xFF, 0x7F, 0xFF, 4, 0, 5, 0]),
                    Code(RETURN),
                    Code(PUSH),
                    Code(POP),
                    Jump(1),
                ]
                .leak(),
            ),
            ("deep", Some(16), &[Code(RETURN)]),
        ]
    };
    let before_literal = at(&[0xF20F, 0x0108]);
    assert_eq!(of(&before_literal), Ok(path(&[("entry", 0), ("deep", 16)])));
    // Another instruction stands between: mvn r5.
    let apart = at(&[0xF20F, 0x010C, 0xF06F, 0x0586]);
    assert_eq!(of(&apart), Ok(path(&[("entry", 0), ("deep", 16)])));
    // mov r5, r5 before: the jump ends between two words, and a NOP fills the gap.
    let functions: &[Function] = &[
        (
            "entry",
            Some(8),
            &[
                Code(&[0xF20F, 0x010C, 0x462D, 0xE8D1, 0xF010, 0xBF00]),
                Data(&[0xFE, 0xFF, 0x7F, 0xFF, 5, 0, 6, 0]),
                Code(RETURN),
                Code(PUSH),
                Code(POP),
                Jump(1),
            ],
        ),
        ("deep", Some(16), &[Code(RETURN)]),
    ];
    assert_eq!(of(functions), Ok(path(&[("entry", 0), ("deep", 16)])));
    // An address that is not behind the jump, or in another register: unknown.
    for adr in [&[0xF20F, 0x0120], &[0xF20F, 0x0208], &[0xBF00, 0xBF00]] {
        assert!(of(&at(adr)).is_err());
    }
    // mov pc, r0 before branches: the large form of a table.
    let functions: &[Function] = &[
        ("entry", Some(0), &[Code(&[0x4687]), Jump(1), Jump(1)]),
        ("deep", Some(16), &[Code(RETURN)]),
    ];
    assert_eq!(of(functions), Ok(path(&[("entry", 0), ("deep", 16)])));
}

#[test]
fn veneers_pass_control_on_without_an_entry_of_their_own() {
    let functions: &[Function] = &[
        (
            "entry",
            Some(8),
            &[Code(PUSH), Call(1), Call(3), Code(POP_RETURN)],
        ),
        ("__far_veneer", None, &[Code(&[0xF8DF, 0xF000]), Address(2)]), // ldr pc, [pc]
        ("far", Some(16), &[Code(RETURN)]),
        ("gateway", None, &[Code(&[0xE97F, 0xE97F]), Jump(4)]),
        ("behind", Some(24), &[Code(RETURN)]),
    ];
    assert_eq!(
        of(functions),
        Ok(path(&[("entry", 8), ("gateway", 0), ("behind", 24)]))
    );
    let to_far = bound(&linked(functions), "__far_veneer", &[]).unwrap();
    assert_eq!(to_far, path(&[("__far_veneer", 0), ("far", 16)]));
}

#[test]
fn a_constant_in_a_register_is_a_known_target() {
    // movw r3, #0x0041; movt r3, #0x1000; blx r3
    let functions: &[Function] = &[
        (
            "entry",
            Some(8),
            &[
                Code(PUSH),
                Code(&[0xF240, 0x0341, 0xF2C1, 0x0300]),
                Code(CALL_R3),
                Code(POP_RETURN),
            ],
        ),
        ("far", Some(16), &[Code(RETURN)]),
    ];
    assert_eq!(place(1), 0x1000_0040);
    assert_eq!(of(functions), Ok(path(&[("entry", 8), ("far", 16)])));
}

#[test]
fn a_call_of_the_other_world_pushes_eight_bytes() {
    let functions: &[Function] = &[(
        "entry",
        Some(8),
        &[Code(PUSH), Code(&[0x478C]), Code(POP_RETURN)],
    )];
    assert_eq!(of(functions), Ok(path(&[("entry", 16)])));
}

#[test]
fn two_names_of_one_function() {
    let (sections, mut symbols) = program(&[
        ("entry", Some(8), &[Code(PUSH), Call(1), Code(POP_RETURN)]),
        ("first", Some(16), &[Code(RETURN)]),
    ]);
    let second = Symbol {
        name: "second".into(),
        address: place(1) | 1,
        size: 2,
        kind: FUNCTION,
        section: 0,
    };
    symbols.push(second);
    let bytes = bound(&elf(&sections, &symbols), "second", &[])
        .unwrap()
        .bytes;
    assert_eq!(bytes, 16);
}

#[test]
fn recursion_is_named() {
    refused(
        &[
            ("entry", Some(8), &[Code(PUSH), Call(1), Code(POP_RETURN)]),
            ("one", Some(8), &[Code(PUSH), Call(2), Code(POP_RETURN)]),
            ("two", Some(8), &[Code(PUSH), Call(1), Code(POP_RETURN)]),
        ],
        "recursion has no stack bound: one -> two -> one",
    );
    refused(
        &[("entry", Some(8), &[Code(PUSH), Call(0), Code(POP_RETURN)])],
        "entry -> entry",
    );
}

#[test]
fn calls_through_pointers_need_a_list() {
    let functions: &[Function] = &[
        (
            "entry",
            Some(8),
            &[Code(PUSH), Code(CALL_R3), Code(POP_RETURN)],
        ),
        ("one", Some(16), &[Code(RETURN)]),
        ("two", Some(24), &[Code(RETURN)]),
    ];
    refused(functions, "entry: calls through a pointer at 0x10000002");
    let file = linked(functions);
    let known = bound(&file, "entry", &[("entry", &["one", "two"])]).unwrap();
    assert_eq!(known, path(&[("entry", 8), ("two", 24)]));
    let error = bound(&file, "entry", &[("entry", &["three"])]).unwrap_err();
    assert!(error.to_string().contains("no function three"), "{error}");
    for code in [
        &[0x4718][..],
        &[0x4687],
        &[0x4487],
        &[0xF8D1, 0xF004],
        &[0xE8B0, 0x8002],
    ] {
        let code: &'static [u16] = Vec::leak(code.to_vec());
        refused(
            &[("entry", Some(0), &[Code(code)])],
            "calls through a pointer",
        );
    }
}

#[test]
fn frames_must_be_stated_and_true() {
    refused(
        &[("entry", None, &[Code(PUSH), Code(POP_RETURN)])],
        "entry: no stack size",
    );
    refused(
        &[("entry", Some(0), &[Code(PUSH), Code(POP_RETURN)])],
        "entry: .stack_sizes says 0 bytes, but its code uses 8",
    );
}

#[test]
fn calls_into_nothing_are_refused() {
    refused(
        &[("entry", Some(8), &[Code(PUSH), Call(7), Code(POP_RETURN)])],
        "where no function is",
    );
    refused(
        &[("other", Some(0), &[Code(RETURN)])],
        "no function entry in the file",
    );
    // The last instruction goes on to the next function.
    let functions: &[Function] = &[
        ("entry", Some(0), &[Data(&[0; 60]), Code(&[0xBF00, 0xBF00])]),
        ("next", Some(16), &[Code(RETURN)]),
    ];
    assert_eq!(of(functions), Ok(path(&[("entry", 0), ("next", 16)])));
}
