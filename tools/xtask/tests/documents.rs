// SPDX-License-Identifier: Apache-2.0
//! Relative links of all Markdown files lead to files that exist, and their anchors to headings.
//! Paths of this tree that documents name in code spans exist too.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    let output = Command::new("git")
        .args(["rev-parse", "--show-toplevel"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("git runs");
    PathBuf::from(String::from_utf8(output.stdout).expect("a path").trim())
}

/// The Markdown files that git tracks, relative to the root.
fn documents(root: &Path) -> Vec<PathBuf> {
    let output = Command::new("git")
        .args(["ls-files", "*.md"])
        .current_dir(root)
        .output()
        .expect("git runs");
    let list = String::from_utf8(output.stdout).expect("names");
    list.lines().map(PathBuf::from).collect()
}

/// The lines outside fenced code blocks.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    text.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_fence && !is_code
    })
}

/// The anchors of the headings, by the rule of GitHub: lower case, spaces to hyphens, no other
/// punctuation.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = prose(text).filter(|line| line.starts_with('#'));
    let anchor = |line: &str| {
        let heading = line.trim_start_matches('#').trim().to_lowercase();
        let kept = heading
            .chars()
            .filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
        kept.collect::<String>().replace(' ', "-")
    };
    headings.map(anchor).collect()
}

/// The targets of the links in a line: what stands in parentheses behind a bracket.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
}

/// What is wrong with a link; `None` if it leads somewhere.
fn problem(root: &Path, document: &Path, target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let file = if path.is_empty() {
        root.join(document)
    } else {
        root.join(document).parent()?.join(path)
    };
    if !file.exists() {
        return Some(format!("{}: no file {path}", document.display()));
    }
    if anchor.is_empty() || file.extension().is_none_or(|kind| kind != "md") {
        return None;
    }
    let text = fs::read_to_string(&file).expect("a text");
    let exists = anchors(&text).contains(anchor);
    (!exists).then(|| format!("{}: no heading #{anchor} in {path}", document.display()))
}

/// Folders whose paths documents name in full.
const FOLDERS: [&str; 8] = [
    "crates/",
    "firmware/",
    "hardware/",
    "client/",
    "tools/",
    "tests/",
    "docs/",
    "profiles/",
];

/// The code spans of a line.
fn spans(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// Whether a code span is a path from the root without a placeholder.
fn is_path(span: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "._/-".contains(letter);
    FOLDERS.iter().any(|folder| span.starts_with(folder))
        && span.chars().all(is_plain)
        && !span.contains("NAME")
}

#[test]
fn every_path_in_a_code_span_exists() {
    let root = root();
    let mut problems = Vec::new();
    for document in documents(&root) {
        // In the page of products, paths are those of a product.
        if document.ends_with("products.md") {
            continue;
        }
        let text = fs::read_to_string(root.join(&document)).expect("a text");
        for path in prose(&text).flat_map(spans).filter(|span| is_path(span)) {
            if !root.join(path).exists()
                && !root.join("examples/echo_partition").join(path).exists()
            {
                problems.push(format!("{}: no file {path}", document.display()));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn every_relative_link_leads_somewhere() {
    let root = root();
    let documents = documents(&root);
    assert!(documents.len() > 20, "the documents were not found");
    let mut problems = Vec::new();
    for document in &documents {
        let text = fs::read_to_string(root.join(document)).expect("a text");
        let links = prose(&text).flat_map(targets);
        problems.extend(links.filter_map(|target| problem(&root, document, target)));
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn what_is_generated_is_up_to_date() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["documents", "--check"])
        .current_dir(root())
        .output()
        .expect("the tool runs");
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
}
