// SPDX-License-Identifier: Apache-2.0
//! The messages of each function of the C library, compared with the table of TF-M, on the host
//! with veneers that record.
//!
//! The code of the service decodes the packs.

mod c_calls;
mod c_compiler;

use c_calls::{CRYPTO_ROWS, OTHER_ROWS, Row};
use c_compiler::{WARNINGS, expect_success, folder, include_options, run, write};
use psa::crypto::{
    Algorithm, FUNCTIONS, Fields, Function, KeyAttributes, KeyId, KeyType, Lifetime, PACK_BYTES,
    Pack, Usage,
};
use std::collections::BTreeMap;
use std::process::Command;
use std::{fs, str};

const KEY: u32 = 0x1112_1314;
const ALGORITHM: u32 = 0x2122_2324;
const STEP: u16 = 0x3132;
const OPERATION: u32 = 0x5152_5354;
const CRYPTO_HANDLE: &str = "40000100";

/// Compiles library and driver, and runs them. Returns the lines of output by their first word.
fn calls(name: &str, answer: i32) -> BTreeMap<String, String> {
    let program = write(&format!("{name}/calls"), "");
    let mut arguments = include_options(name);
    arguments.extend(WARNINGS.map(String::from));
    arguments.extend([
        "-std=c99".into(),
        "-o".into(),
        program.display().to_string(),
    ]);
    arguments.push(format!("{}/tests/c/calls.c", env!("CARGO_MANIFEST_DIR")));
    for entry in fs::read_dir(folder().join("src")).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|kind| kind == "c") {
            arguments.push(file.display().to_string());
        }
    }
    let output = run("cc", &arguments).expect("there is no compiler `cc`");
    expect_success("the library", &output);
    let output = Command::new(program)
        .arg(answer.to_string())
        .output()
        .unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| {
            let (name, rest) = line.split_once(' ').unwrap();
            (name.into(), rest.into())
        })
        .collect()
}

/// The pack of a recorded call, and the line without it.
fn take_pack(line: &str) -> (Pack, String) {
    let (before, rest) = line.split_once(" in ").unwrap();
    let (digits, rest) = rest.split_at(PACK_BYTES * 2);
    let mut pack = Pack::BLANK;
    for (byte, pair) in pack.bytes_mut().iter_mut().zip(digits.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
    }
    (pack, format!("{before} in pack{rest}"))
}

fn check_field(name: &str, field: &str, pack: &Pack) {
    let is_right = match field {
        "key_id" => pack.key_id() == KeyId(KEY),
        "alg" => pack.algorithm() == Algorithm(ALGORITHM),
        "op_handle" => pack.operation_handle() == OPERATION,
        "nonce" => pack.nonce() == Some(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]),
        "ad_length" => pack.additional_bytes() == 0x8182_8384,
        "plaintext_length" => pack.plaintext_bytes() == 0x9192_9394,
        "step" => pack.step() == STEP,
        "capacity" => pack.capacity() == 0xA1A2_A3A4,
        "value" => pack.value() == 0xB1B2_B3B4_B5B6_B7B8,
        _ => panic!("{name}: no field {field}"),
    };
    assert!(is_right, "{name}: {field}");
}

/// The end of a line if the secure world returns `status`.
fn expected_end(row: &Row, status: i32) -> String {
    let gives = |what: &str| row.gives.split(' ').any(|word| word == what);
    let value = |what: &str, old: u32, failed: u32, new: u32| match (gives(what), status) {
        (false, _) => old,
        (true, 0) => new,
        (true, _) => failed,
    };
    let answered = if gives("flag") {
        i32::from(status == 0)
    } else {
        status
    };
    format!(
        "= {answered} op={:x} target={:x} key={:x} length={} length2={} lock=0",
        value("op", OPERATION, OPERATION, 0x5050_5050),
        value("target", 0x6162_6364, 0x6162_6364, 0x5050_5050),
        value("key", 0x7172_7374, 0, 0x5050_5050),
        if gives("capacity") {
            value("capacity", 99, 99, 0x5050_5050)
        } else {
            value("length", 99, 99, 7)
        },
        value("length2", 99, 99, 8),
    )
}

#[test]
fn every_crypto_function_sends_its_row_of_the_table() {
    for status in [0, -149] {
        let calls = calls("library", status);
        for row in CRYPTO_ROWS {
            let line = calls
                .get(row.name)
                .unwrap_or_else(|| panic!("{}", row.name));
            let (pack, line) = take_pack(line);
            assert_eq!(pack.function(), Function(row.id), "{}", row.name);
            row.fields
                .split_whitespace()
                .for_each(|field| check_field(row.name, field, &pack));
            let cleared = pack.with_litter(0);
            assert_eq!(pack, cleared, "{}: a field of another function", row.name);
            let count = |vectors: &str| vectors.split_whitespace().count() as u32;
            let control = (1 + count(row.inputs)) << 24 | count(row.outputs) << 16;
            let spaced = |vectors: &str| match vectors {
                "" => String::new(),
                _ => format!(" {vectors}"),
            };
            let expected = format!(
                "{CRYPTO_HANDLE} {control:08x} lock=1 in pack{} out{} {}",
                spaced(row.inputs),
                spaced(row.outputs),
                expected_end(row, status)
            );
            assert_eq!(line, expected, "{}", row.name);
        }
    }
}

/// The table of TF-M agrees with the one of the service.
#[test]
fn the_service_reads_the_fields_of_the_table() {
    let by_name = |name| match name {
        "key_id" => Fields::KEY,
        "alg" => Fields::ALGORITHM,
        "op_handle" => Fields::OPERATION,
        "ad_length" | "plaintext_length" => Fields::LENGTHS,
        "nonce" => Fields::NONCE,
        "step" => Fields::STEP,
        "capacity" => Fields::CAPACITY,
        "value" => Fields::VALUE,
        _ => panic!("no field {name}"),
    };
    let rows = CRYPTO_ROWS.iter().map(|row| {
        let names = row.fields.split_whitespace();
        let fields = names.map(by_name).fold(Fields::NONE, Fields::with);
        (Function(row.id), fields)
    });
    assert_eq!(rows.collect::<Vec<_>>(), FUNCTIONS);
}

#[test]
fn the_other_services_and_the_framework_are_called_as_agreed() {
    let calls = calls("others", 0);
    for (name, expected) in OTHER_ROWS {
        let line = calls.get(*name).unwrap_or_else(|| panic!("{name}"));
        assert!(line.starts_with(expected), "{name}: {line}");
    }
}

#[test]
fn attributes_are_those_that_the_service_decodes() {
    let attributes = KeyAttributes {
        key_type: KeyType(0x4142),
        bits: 0x80,
        lifetime: Lifetime::PERSISTENT,
        usage: Usage::SIGN_HASH.complete(),
        algorithm: Algorithm(ALGORITHM),
        second_algorithm: Algorithm::NONE,
        id: KeyId(7),
    };
    let digits: String = attributes
        .encode()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(calls("attributes", 0)["attributes"].trim(), digits);
}
