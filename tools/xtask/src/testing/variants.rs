// SPDX-License-Identifier: Apache-2.0
//! The configurations that are tested beside the plain one. To add one, add a row to the table.

use super::device::Scenario;
use super::scenarios;
use crate::firmware::Application;
use crate::options::Selection;
use crate::workspace::Workspace;

/// A configuration, an application and what is done with them.
pub struct Variant {
    /// What its tests and folders are called.
    pub name: &'static str,
    /// Configuration files, from the root of the repository.
    files: &'static [&'static str],
    /// Single values.
    settings: &'static [&'static str],
    /// The application.
    pub application: Application,
    /// The scenarios for the signed image of the application.
    pub scenarios: fn(&[u8]) -> Vec<Scenario>,
}

/// Threads of the non-secure world are clients: the last word of its RAM says which one runs.
const THREADS: &str = "spm.client_id_word=0x281F_FFFC";

/// All of them.
pub const VARIANTS: &[Variant] = &[
    // The other model of execution passes the same suite.
    Variant {
        name: "sfn",
        files: &[],
        settings: &["spm.backend=sfn"],
        application: scenarios::SUITE,
        scenarios: |image| vec![scenarios::suite(image), scenarios::interruption(image)],
    },
    // The firmware of `docs/adding-a-service.md` serves its partition, in both models.
    Variant {
        name: "echo",
        files: &["profiles/examples/echo_partition.toml"],
        settings: &[THREADS],
        application: scenarios::ECHO,
        scenarios: |image| vec![scenarios::echo(image)],
    },
    Variant {
        name: "echo-sfn",
        files: &["profiles/examples/echo_partition.toml"],
        settings: &[THREADS, "spm.backend=sfn"],
        application: scenarios::ECHO,
        scenarios: |image| vec![scenarios::echo(image)],
    },
    // The other thing that can follow a fault.
    Variant {
        name: "halt",
        files: &["profiles/examples/halt_on_fault.toml"],
        settings: &[],
        application: scenarios::SUITE,
        scenarios: |image| vec![scenarios::halt(image)],
    },
];

impl Variant {
    /// What the variant changes of the plain selection.
    pub fn selection(&self, workspace: &Workspace, plain: &Selection) -> Selection {
        let mut selection = plain.clone();
        let files = self.files.iter().map(|file| workspace.root.join(file));
        selection.files.extend(files);
        let settings = self.settings.iter().map(ToString::to_string);
        selection.settings.extend(settings);
        selection
    }
}
