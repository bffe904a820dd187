// SPDX-License-Identifier: Apache-2.0
//! The plug-in itself links only inside QEMU; its arguments are read by safe code that is
//! tested here.

#[path = "../src/arguments.rs"]
mod arguments;

use arguments::{Mark, Trace, parse};

fn read(arguments: &[&str]) -> Result<arguments::Arguments, String> {
    parse(
        &arguments
            .iter()
            .map(|argument| (*argument).to_owned())
            .collect::<Vec<_>>(),
    )
}

#[test]
fn marks_lose_the_thumb_bit() {
    let read = read(&[
        "out=counts.txt",
        "mark=reset:0x10000009",
        "mark=a:b:0x20",
        "limit=5",
    ]);
    let read = read.expect("good arguments");
    let mark = |name: &str, address| Mark {
        name: name.to_owned(),
        address,
    };
    assert_eq!(read.marks, [mark("reset", 0x1000_0008), mark("a:b", 0x20)]);
    assert_eq!((read.out.to_str(), read.limit), (Some("counts.txt"), 5));
}

#[test]
fn a_watch_has_code_and_memory() {
    let read = read(&["out=x", "mark=a:0x10", "watch=main:0x1:0x2:0x30:0x40"]);
    let watches = read.expect("good arguments").watches;
    assert_eq!(watches.len(), 1);
    let watch = &watches[0];
    assert_eq!((watch.name.as_str(), &watch.code), ("main", &(1..2)));
    assert_eq!(watch.memory, 0x30..0x40);
}

#[test]
fn a_trace_needs_no_mark() {
    let read = read(&["out=traces.txt", "trace=0x101:0x201"]).expect("good arguments");
    let trace = Trace {
        start: 0x100,
        end: 0x200,
    };
    assert_eq!((read.marks.len(), read.trace), (0, Some(trace)));
}

#[test]
fn errors_name_the_argument() {
    for (arguments, named) in [
        (&["mark=a:0x10"][..], "out=FILE is missing"),
        (&["out=x"], "mark=NAME:0xADDRESS is missing"),
        (&["out=", "mark=a:0x10"], "'out='"),
        (&["out=x", "mark=a:10"], "'mark=a:10'"),
        (&["out=x", "mark=:0x10"], "'mark=:0x10'"),
        (&["out=x", "mark=a b:0x10"], "'mark=a b:0x10'"),
        (&["out=x", "mark=a:0x"], "'mark=a:0x'"),
        (&["out=x", "mark=a"], "'mark=a'"),
        (&["out=x", "trace=0x1"], "'trace=0x1'"),
        (&["out=x", "trace=0x1:2"], "'trace=0x1:2'"),
        (&["out=x", "mark=a:0x1", "limit=-1"], "'limit=-1'"),
        (&["out=x", "mark=a:0x1", "verbose"], "'verbose'"),
        (&["out=x", "watch=a:0x1:0x2:0x3"], "'watch=a:0x1:0x2:0x3'"),
        (&["out=x", "watch=a:0x1:0x2:0x3:0x4:0x5"], "0x4:0x5'"),
    ] {
        let error = read(arguments).expect_err(named);
        assert!(error.contains(named), "{error}");
    }
}

#[test]
fn a_list_of_what_is_executed_has_a_file_and_a_range() {
    let read = read(&["out=counts.txt", "executed=a:b.bin:0x100:0x200"]).expect("good arguments");
    let executed = arguments::Executed {
        file: "a:b.bin".into(),
        code: 0x100..0x200,
    };
    assert_eq!((read.marks.len(), read.executed), (0, Some(executed)));
}
