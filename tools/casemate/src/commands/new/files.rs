// SPDX-License-Identifier: Apache-2.0
//! The files of a new product: the texts of `template/`, in which `@NAME@` is replaced by a value.

use anyhow::{Result, ensure};

macro_rules! template {
    ($name:literal) => {
        include_str!(concat!("../../../template/", $name))
    };
}

/// Where a file goes, and its text.
type File = (String, &'static str);

/// In which language the application is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// In Rust: a package of the workspace.
    Rust,
    /// In C: a folder with a Makefile.
    C,
}

/// What a product is made of.
pub struct Product<'a> {
    /// The name, which begins the names of packages.
    pub name: String,
    /// The board of Casemate.
    pub board: &'a str,
    /// The language of the application.
    pub language: Language,
    /// The name of a partition.
    pub partition: Option<&'a str>,
    /// The lines of `[workspace.dependencies]` for Casemate.
    pub dependencies: String,
}

const ALWAYS: [(&str, &str); 11] = [
    ("casemate.toml", template!("casemate.toml")),
    ("Cargo.toml", template!("Cargo.toml.in")),
    (".cargo/config.toml", template!("cargo_config.toml")),
    (".gitignore", template!("gitignore")),
    (".vscode/launch.json", template!("vscode/launch.json.in")),
    (".vscode/tasks.json", template!("vscode/tasks.json")),
    ("README.md", template!("README.md.in")),
    ("firmware/Cargo.toml", template!("firmware/Cargo.toml.in")),
    ("firmware/build.rs", template!("firmware/build.rs.in")),
    ("firmware/src/bin/boot.rs", template!("firmware/boot.rs.in")),
    (
        "firmware/src/bin/secure.rs",
        template!("firmware/secure.rs.in"),
    ),
];

const IN_RUST: [(&str, &str); 4] = [
    (
        "application/Cargo.toml",
        template!("application_rust/Cargo.toml.in"),
    ),
    (
        "application/build.rs",
        template!("application_rust/build.rs.in"),
    ),
    (
        "application/src/main.rs",
        template!("application_rust/main.rs.in"),
    ),
    (
        "application/src/application.rs",
        template!("application_rust/application.rs.in"),
    ),
];

const IN_C: [(&str, &str); 2] = [
    ("application/Makefile", template!("application_c/Makefile")),
    ("application/main.c", template!("application_c/main.c.in")),
];

const OF_PARTITION: [(&str, &str); 3] = [
    ("Cargo.toml", template!("partition/Cargo.toml.in")),
    ("manifest.toml", template!("partition/manifest.toml.in")),
    ("src/lib.rs", template!("partition/lib.rs.in")),
];

/// What an application does with the partition: in Rust and in C, a call and the function.
const CALLS: [[&str; 2]; 2] = [
    ["    greet()?;\n", template!("application_rust/greet.rs.in")],
    [" || !greet()", template!("application_c/greet.c.in")],
];

impl Product<'_> {
    /// Path and text of every file.
    pub fn files(&self) -> Result<Vec<(String, String)>> {
        if let Some(partition) = self.partition {
            check_name(partition, self.board)?;
        }
        let values = self.values();
        let fill = |(path, text): File| {
            let filled = values.iter().fold(text.to_owned(), |text, (name, value)| {
                text.replace(&format!("@{name}@"), value)
            });
            (path, filled)
        };
        Ok(self.templates().into_iter().map(fill).collect())
    }

    fn templates(&self) -> Vec<File> {
        let language: &[_] = match self.language {
            Language::Rust => &IN_RUST,
            Language::C => &IN_C,
        };
        let mut files: Vec<File> = ALWAYS
            .iter()
            .chain(language)
            .map(|(path, text)| ((*path).to_owned(), *text))
            .collect();
        if let Some(partition) = self.partition {
            files.extend(
                OF_PARTITION.map(|(path, text)| (format!("partitions/{partition}/{path}"), text)),
            );
        }
        files
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        let is_rust = self.language == Language::Rust;
        let partition = self.partition.unwrap_or_default();
        let with = |text: String| {
            if partition.is_empty() {
                String::new()
            } else {
                text
            }
        };
        let mut members = vec!["\"firmware\"".to_owned()];
        members.extend(is_rust.then(|| "\"application\"".to_owned()));
        members.extend(self.partition.map(|name| format!("\"partitions/{name}\"")));
        let partition_line = match self.partition {
            Some(name) => format!("{name} = \"partitions/{name}/manifest.toml\""),
            None => "# greeting = \"partitions/greeting/manifest.toml\"".into(),
        };
        let [call, function] = CALLS[usize::from(!is_rust)];
        let path = with(format!(
            "{partition} = {{ path = \"partitions/{partition}\" }}"
        ));
        vec![
            ("NAME", self.name.clone()),
            ("BOARD", self.board.into()),
            ("BOARD_CRATE", self.board.into()),
            ("BOARD_TYPE", camel_case(self.board)),
            ("MEMBERS", members.join(", ")),
            (
                "DEPENDENCIES",
                format!("{}\n{path}", self.dependencies).trim_end().into(),
            ),
            ("PARTITION_LINE", partition_line),
            (
                "PARTITION_ROW",
                with(format!(
                    "| `partitions/{partition}/` | a partition of its own |\n"
                )),
            ),
            (
                "PARTITION_DEPENDENCY",
                with(format!("{partition}.workspace = true\n")),
            ),
            ("PARTITION_CALL", with(call.into())),
            ("PARTITION_FUNCTION", with(function.into())),
            ("PARTITION", partition.into()),
            ("UPPER", partition.to_uppercase()),
            ("TYPE", camel_case(partition)),
        ]
    }
}

/// `a_name` as the name of a type: `AName`.
fn camel_case(name: &str) -> String {
    name.split(['_', '-'])
        .flat_map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .chain(letters.as_str().chars().collect::<Vec<_>>())
        })
        .collect()
}

/// Names that mean something else in the files of a product: Casemate's own partitions and the names
/// of dependencies.
const TAKEN: [&str; 11] = [
    "attestation",
    "client",
    "configure",
    "core",
    "crypto",
    "diagnostics",
    "firmware",
    "firmware_update",
    "its",
    "nonsecure",
    "psa",
];

fn check_name(name: &str, board: &str) -> Result<()> {
    ensure!(
        name != board && !TAKEN.contains(&name),
        "`{name}` can't name a partition: Casemate has a package or partition of that name"
    );
    ensure!(
        configure::is_module_name(name),
        "`{name}` can't name a partition: write it as that of a Rust module, in small letters, \
         digits and single underscores"
    );
    Ok(())
}
