// SPDX-License-Identifier: Apache-2.0
//! The C headers compile alone and together, in C and C++, with each installed compiler. Their
//! values are those of the Rust side.

mod c_compiler;
mod c_values;

use c_compiler::{WARNINGS, expect_success, folder, include_options, run, write};
use std::fs;

/// Compilers and language standards. The first must be installed, because Rust links with it.
const COMPILERS: [(&str, &[&str]); 4] = [
    ("cc", &["-std=c99", "-std=c11"]),
    ("clang", &["-std=c99", "-std=c11"]),
    ("g++", &["-xc++", "-std=c++17"]),
    ("clang++", &["-xc++", "-std=c++17"]),
];

/// Sizes that Mbed TLS uses in preprocessor conditions.
const PREPROCESSOR: &str = "#include <psa/crypto.h>\n\
    #if PSA_BITS_TO_BYTES(9) != 2 || PSA_BYTES_TO_BITS(2) != 16 || PSA_HASH_MAX_SIZE < 32 \\\n\
     || PSA_VENDOR_ECDSA_SIGNATURE_MAX_SIZE != 64\n\
    #error sizes\n\
    #endif\n\
    int unused;\n";

/// The names of all headers, as they are included.
fn headers() -> Vec<String> {
    let mut names = Vec::new();
    for group in ["psa", "casemate"] {
        for entry in fs::read_dir(folder().join("include").join(group)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            names.push(format!("{group}/{name}"));
        }
    }
    for name in [
        "casemate/version.h",
        "tfm_ns_interface.h",
        "tfm_platform_api.h",
    ] {
        names.push(name.into());
    }
    names.sort();
    names
}

#[test]
fn every_header_compiles_alone_and_with_the_others() {
    let names = headers();
    let line = |name: &String| format!("#include <{name}>\n");
    let all: String = names.iter().map(line).collect();
    let backward: String = names.iter().rev().map(line).collect();
    let mut files = vec![
        write("headers/all.c", &format!("{all}{all}int unused;\n")),
        write("headers/backward.c", &format!("{backward}int unused;\n")),
        write("headers/preprocessor.c", PREPROCESSOR),
    ];
    for name in &names {
        let file = format!("headers/{}.c", name.replace('/', "_"));
        files.push(write(&file, &format!("#include <{name}>\nint unused;\n")));
    }
    let mut compiled = 0;
    for (compiler, standards) in COMPILERS {
        let languages = standards.iter().filter(|option| option.starts_with("-std"));
        for standard in languages {
            let mut arguments = include_options("headers");
            arguments.extend(WARNINGS.map(String::from));
            arguments.push("-fsyntax-only".into());
            if standards.contains(&"-xc++") {
                arguments.push("-xc++".into());
            }
            arguments.push(standard.to_string());
            arguments.extend(files.iter().map(|file| file.display().to_string()));
            if let Some(output) = run(compiler, &arguments) {
                expect_success(&format!("{compiler} {standard}"), &output);
                compiled += 1;
            }
        }
    }
    assert!(compiled >= 2, "there is no compiler `cc`");
}

#[test]
fn values_are_those_of_the_rust_side() {
    let mut text = String::from(
        "#include <psa/client.h>\n#include <psa/crypto.h>\n#include <psa/lifecycle.h>\n\
         #include <psa/initial_attestation.h>\n#include <psa/internal_trusted_storage.h>\n\
         #include <psa/protected_storage.h>\n#include <psa/update.h>\n",
    );
    for (expression, value) in c_values::all() {
        text += &format!("_Static_assert(({expression}) == {value}, \"{expression}\");\n");
    }
    let file = write("values/values.c", &text);
    let mut arguments = include_options("values");
    arguments.extend(["-std=c11", "-fsyntax-only"].map(String::from));
    arguments.push(file.display().to_string());
    let output = run("cc", &arguments).expect("there is no compiler `cc`");
    expect_success("a value differs", &output);
}
