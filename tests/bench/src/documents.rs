// SPDX-License-Identifier: Apache-2.0
//! Sizes in the documents: each row says in a comment which image of which configuration it is of.
//!
//! ```text
//! | | flash | RAM |
//! |---|--:|--:|
//! | with swap <!-- size boot --set boot.upgrade=swap --> | 12,912 | 3,880 |
//! ```
//!
//! The columns are found by how their heads begin. A reader of the page does not see the comment.

use anyhow::{Context as _, Result, bail, ensure};
use builder::firmware::{BuildContext, Footprints, footprints_of};
use builder::options::Selection;
use builder::table::grouped;
use builder::whole_file;
use builder::workspace::{Workspace, read};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

const BEGIN: &str = "<!-- size ";
const END: &str = " -->";

/// The options of a configuration, as they stand in a document.
type Options = String;

/// What was measured, by configuration.
pub type Measured = BTreeMap<Options, Footprints>;

/// A row of a table with sizes.
struct Row<'a> {
    image: &'a str,
    options: &'a str,
}

impl<'a> Row<'a> {
    /// What the comment of a line says; nothing if it has none.
    fn find(line: &'a str) -> Option<Self> {
        let (comment, _) = line.split_once(BEGIN)?.1.split_once(END)?;
        let (image, options) = comment.split_once(' ').unwrap_or((comment, ""));
        let options = options.trim();
        Some(Self { image, options })
    }
}

/// The documents with sizes and their texts.
///
/// # Errors
/// A document can't be read.
pub fn all(workspace: &Workspace) -> Result<Vec<(PathBuf, String)>> {
    let folder = workspace.root.join("docs");
    let mut documents = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let file = entry?.path();
        if file.extension().is_some_and(|end| end == "md") {
            let text = String::from_utf8(read(&file)?)?;
            if text.contains(BEGIN) {
                documents.push((file, text));
            }
        }
    }
    documents.sort();
    ensure!(!documents.is_empty(), "no document has sizes");
    Ok(documents)
}

/// The configurations that these documents have sizes of.
pub fn configurations(documents: &[(PathBuf, String)]) -> BTreeSet<Options> {
    let lines = documents.iter().flat_map(|(_, text)| text.lines());
    let rows = lines.filter_map(Row::find);
    rows.map(|row| row.options.to_owned()).collect()
}

/// Builds configurations and measures them.
///
/// # Errors
/// One can't be built; the error names its options.
pub fn measure(context: &BuildContext<'_>, configurations: BTreeSet<Options>) -> Result<Measured> {
    let mut measured = Measured::new();
    for options in configurations {
        let footprints = footprints(context, &options)
            .with_context(|| format!("the configuration `{options}` of the documents"))?;
        measured.insert(options, footprints);
    }
    Ok(measured)
}

fn footprints(context: &BuildContext<'_>, options: &str) -> Result<Footprints> {
    let context = context.variant(&selection(context.workspace, options)?, "documents")?;
    footprints_of(&context.builder().secure_world()?)
}

/// The options of a command line.
fn selection(workspace: &Workspace, options: &str) -> Result<Selection> {
    let mut selection = Selection::default();
    let mut words = options.split_whitespace();
    while let Some(option) = words.next() {
        let value = words.next();
        let value = value.with_context(|| format!("`{option}` has no value"))?;
        match option {
            "--set" => selection.settings.push(value.into()),
            "--config" => selection.files.push(workspace.root.join(value)),
            "--profile" => selection.profile = Some(value.into()),
            _ => bail!("`{option}` is none of --set, --config and --profile"),
        }
    }
    Ok(selection)
}

/// A document with the sizes that were measured; rows of other configurations stay.
///
/// # Errors
/// A row names no image, or stands in no table with the columns `flash` and `RAM`.
pub fn with_sizes(text: &str, measured: &Measured) -> Result<String> {
    let mut written = String::new();
    let mut head: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        if !line.starts_with('|') {
            head = None;
        } else if head.is_none() {
            head = Some(line);
        }
        match Row::find(line) {
            Some(row) => {
                let new = measured_row(line, head.unwrap_or_default(), &row, measured);
                written += &new.with_context(|| format!("in the row `{}`", line.trim_end()))?;
            }
            None => written += line,
        }
    }
    Ok(written)
}

fn measured_row(line: &str, head: &str, row: &Row<'_>, measured: &Measured) -> Result<String> {
    let Some(images) = measured.get(row.options) else {
        return Ok(line.to_owned());
    };
    let image = images.iter().find(|(name, _)| *name == row.image);
    let (_, image) = image.with_context(|| format!("there is no image `{}`", row.image))?;
    let mut cells: Vec<String> = line.split('|').map(str::to_owned).collect();
    for (start, bytes) in [("flash", image.flash), ("RAM", image.ram)] {
        let mut heads = head.split('|');
        let column = heads.position(|head| head.trim().starts_with(start));
        let cell = column.and_then(|column| cells.get_mut(column));
        let cell = cell.with_context(|| format!("there is no column `{start}`"))?;
        *cell = format!(" {} ", grouped(bytes));
    }
    Ok(cells.join("|"))
}

/// Writes the documents that differ.
///
/// # Errors
/// As [`with_sizes`], or a document can't be written.
pub fn update(documents: &[(PathBuf, String)], measured: &Measured) -> Result<()> {
    for (file, text) in documents {
        let new = with_sizes(text, measured).with_context(|| file.display().to_string())?;
        if new != *text {
            whole_file::write(file, new.as_bytes())?;
        }
    }
    Ok(())
}

/// Fails when a document has other sizes than were measured.
///
/// # Errors
/// The lines that differ, as they would have to be.
pub fn check(documents: &[(PathBuf, String)], measured: &Measured) -> Result<()> {
    let mut differing = Vec::new();
    for (file, text) in documents {
        let new = with_sizes(text, measured).with_context(|| file.display().to_string())?;
        let lines = text.lines().zip(new.lines());
        let stale = lines.filter(|(written, measured)| written != measured);
        differing.extend(stale.map(|(_, line)| format!("{}: {line}", file.display())));
    }
    ensure!(
        differing.is_empty(),
        "type `cargo xtask bench --documents`; measured now:\n{}",
        differing.join("\n")
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use footprint::size::Footprint;

    const TEXT: &str = "# A\n\n| | security | flash | RAM, stack included |\n|---|--:|--:|--:|\n\
        | plain <!-- size boot --> | 128 | 1 | 2 |\n\
        | swap <!-- size boot --set boot.upgrade=swap --> | 128 | 3 | 4 |\n\nend | of it\n";

    fn measured() -> Measured {
        let image = |flash, ram| Footprint {
            flash,
            ram,
            ..Footprint::default()
        };
        Measured::from([(String::new(), vec![("boot", image(10_368, 3_544))])])
    }

    #[test]
    fn rows_get_what_was_measured() {
        let new = with_sizes(TEXT, &measured()).unwrap();
        let expected = TEXT.replace("| 1 | 2 |", "| 10,368 | 3,544 |");
        assert_eq!(new, expected);
        let documents = [(PathBuf::from("a.md"), TEXT.to_owned())];
        let options = configurations(&documents);
        assert_eq!(
            options.into_iter().collect::<Vec<_>>(),
            ["", "--set boot.upgrade=swap"]
        );
        let error = check(&documents, &measured()).unwrap_err().to_string();
        assert!(
            error.contains("10,368") && !error.contains("swap"),
            "{error}"
        );
        check(&[(PathBuf::from("a.md"), new)], &measured()).unwrap();
    }

    #[test]
    fn mistakes_are_named() {
        for (text, problem) in [
            (
                TEXT.replace("size boot -->", "size boots -->"),
                "no image `boots`",
            ),
            (TEXT.replace("| flash |", "| size |"), "no column `flash`"),
            (TEXT.replace("| RAM,", "| memory,"), "no column `RAM`"),
        ] {
            let error = format!("{:#}", with_sizes(&text, &measured()).unwrap_err());
            assert!(error.contains(problem), "{error}");
        }
        let workspace = Workspace::tree().unwrap();
        for options in ["--set", "--board an505", "boot.upgrade=swap"] {
            assert!(selection(&workspace, options).is_err(), "{options}");
        }
    }
}
