// SPDX-License-Identifier: Apache-2.0
//! The arguments of the plug-in: `mark=NAME:0xADDRESS` (any number), `out=FILE`,
//! `watch=NAME:0xCODE:0xCODE_END:0xLOW:0xHIGH` (any number), `trace=0xSTART:0xEND`,
//! `executed=FILE:0xSTART:0xEND`,
//! `limit=COUNT`. Marks may share a name: several places then mean the same.

use std::ops::Range;
use std::path::PathBuf;

/// Lines written when `limit` is not given.
const DEFAULT_LIMIT: u64 = 100_000;

/// A place in the firmware.
#[derive(Debug, PartialEq, Eq)]
pub struct Mark {
    pub name: String,
    /// Without the Thumb bit.
    pub address: u64,
}

/// A stack, and the code whose writes to it count.
#[derive(Debug, PartialEq, Eq)]
pub struct Watch {
    pub name: String,
    pub code: Range<u64>,
    pub memory: Range<u64>,
}

/// Where traces begin and end, without the Thumb bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trace {
    pub start: u64,
    pub end: u64,
}

/// What is executed in a range of addresses, and the file that lists it.
#[derive(Debug, PartialEq, Eq)]
pub struct Executed {
    pub file: PathBuf,
    pub code: Range<u64>,
}

/// All arguments.
#[derive(Debug, PartialEq, Eq)]
pub struct Arguments {
    pub marks: Vec<Mark>,
    pub watches: Vec<Watch>,
    pub trace: Option<Trace>,
    pub executed: Option<Executed>,
    pub out: PathBuf,
    /// The most lines to write.
    pub limit: u64,
}

/// Reads the arguments; the error says which one is wrong and how it should look.
pub fn parse(arguments: &[String]) -> Result<Arguments, String> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut watches = Vec::new();
    let mut trace = None;
    let mut executed = None;
    let mut out = None;
    let mut limit = DEFAULT_LIMIT;
    for argument in arguments {
        let wrong = |expected: &str| format!("argument '{argument}': expected {expected}");
        match argument.split_once('=') {
            Some(("mark", value)) => {
                let mark = mark(value).ok_or_else(|| wrong("mark=NAME:0xADDRESS"))?;
                marks.push(mark);
            }
            Some(("watch", value)) => {
                let form = "watch=NAME:0xCODE:0xCODE_END:0xLOW:0xHIGH";
                watches.push(watch(value).ok_or_else(|| wrong(form))?);
            }
            Some(("trace", value)) => {
                let read = trace_of(value).ok_or_else(|| wrong("trace=0xSTART:0xEND"))?;
                trace = Some(read);
            }
            Some(("executed", value)) => {
                let read = executed_of(value);
                executed = Some(read.ok_or_else(|| wrong("executed=FILE:0xSTART:0xEND"))?);
            }
            Some(("out", value)) if !value.is_empty() => out = Some(PathBuf::from(value)),
            Some(("limit", value)) => {
                limit = value
                    .parse()
                    .map_err(|_| wrong("limit=COUNT, a decimal number"))?;
            }
            _ => {
                return Err(wrong(
                    "mark=NAME:0xADDRESS, watch=..., out=FILE or limit=COUNT",
                ));
            }
        }
    }
    let out = out.ok_or("argument out=FILE is missing: where to write the counts")?;
    if marks.is_empty() && trace.is_none() && executed.is_none() {
        return Err("argument mark=NAME:0xADDRESS is missing: where to count".to_owned());
    }
    Ok(Arguments {
        marks,
        watches,
        trace,
        executed,
        out,
        limit,
    })
}

fn mark(value: &str) -> Option<Mark> {
    let (name, address) = value.rsplit_once(':')?;
    let address = number(address)?;
    let plain = !name.is_empty() && !name.contains(char::is_whitespace);
    plain.then(|| Mark {
        name: name.to_owned(),
        address: address & !1,
    })
}

fn watch(value: &str) -> Option<Watch> {
    let mut parts = value.split(':');
    let name = parts.next().filter(|name| !name.is_empty())?.to_owned();
    let mut range = || Some(number(parts.next()?)?..number(parts.next()?)?);
    let (code, memory) = (range()?, range()?);
    parts
        .next()
        .is_none()
        .then_some(Watch { name, code, memory })
}

fn number(text: &str) -> Option<u64> {
    u64::from_str_radix(text.strip_prefix("0x")?, 16).ok()
}

fn trace_of(value: &str) -> Option<Trace> {
    let (start, end) = value.split_once(':')?;
    Some(Trace {
        start: number(start)? & !1,
        end: number(end)? & !1,
    })
}

fn executed_of(value: &str) -> Option<Executed> {
    let (rest, end) = value.rsplit_once(':')?;
    let (file, start) = rest.rsplit_once(':')?;
    (!file.is_empty()).then_some(Executed {
        file: file.into(),
        code: number(start)?..number(end)?,
    })
}
