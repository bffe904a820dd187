// SPDX-License-Identifier: Apache-2.0
//! The arguments of the plug-in: `mark=NAME:0xADDRESS` (any number), `out=FILE`,
//! `limit=COUNT`. Marks may share a name: several places then mean the same.

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

/// All arguments.
#[derive(Debug, PartialEq, Eq)]
pub struct Arguments {
    pub marks: Vec<Mark>,
    pub out: PathBuf,
    /// The most lines to write.
    pub limit: u64,
}

/// Reads the arguments; the error says which one is wrong and how it should look.
pub fn parse(arguments: &[String]) -> Result<Arguments, String> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut out = None;
    let mut limit = DEFAULT_LIMIT;
    for argument in arguments {
        let wrong = |expected: &str| format!("argument '{argument}': expected {expected}");
        match argument.split_once('=') {
            Some(("mark", value)) => {
                let mark = mark(value).ok_or_else(|| wrong("mark=NAME:0xADDRESS"))?;
                marks.push(mark);
            }
            Some(("out", value)) if !value.is_empty() => out = Some(PathBuf::from(value)),
            Some(("limit", value)) => {
                limit = value
                    .parse()
                    .map_err(|_| wrong("limit=COUNT, a decimal number"))?;
            }
            _ => return Err(wrong("mark=NAME:0xADDRESS, out=FILE or limit=COUNT")),
        }
    }
    let out = out.ok_or("argument out=FILE is missing: where to write the counts")?;
    if marks.is_empty() {
        return Err("argument mark=NAME:0xADDRESS is missing: where to count".to_owned());
    }
    Ok(Arguments { marks, out, limit })
}

fn mark(value: &str) -> Option<Mark> {
    let (name, address) = value.rsplit_once(':')?;
    let address = u64::from_str_radix(address.strip_prefix("0x")?, 16).ok()?;
    let plain = !name.is_empty() && !name.contains(char::is_whitespace);
    plain.then(|| Mark {
        name: name.to_owned(),
        address: address & !1,
    })
}
