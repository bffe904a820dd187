// SPDX-License-Identifier: Apache-2.0
//! Which configuration a command speaks of: what was typed, or what the last build took.

use crate::last_build;
use crate::options::Selection;
use crate::report;
use crate::workspace::Workspace;
use std::path::Path;

/// Where a configuration comes from that nobody has typed.
const OF_LAST_BUILD: &str = "of the last build";

impl Selection {
    /// Whether the command line chooses nothing.
    fn is_empty(&self) -> bool {
        let Self {
            board,
            profile,
            files,
            settings,
        } = self;
        board.is_none() && profile.is_none() && files.is_empty() && settings.is_empty()
    }

    /// What the command line chooses, or else what the last build did; says on standard error
    /// which configuration the command speaks of.
    pub fn or_last_build(&self, workspace: &Workspace) -> Self {
        let last = self.is_empty().then(|| last_build::recall(workspace));
        match last.flatten() {
            Some(last) => {
                last.announce_from(workspace, OF_LAST_BUILD);
                last
            }
            None => {
                self.announce(workspace);
                self.clone()
            }
        }
    }

    /// Says on standard error which configuration the command speaks of.
    pub fn announce(&self, workspace: &Workspace) {
        let from = if !self.is_empty() {
            "of this command"
        } else if workspace.product.is_some() {
            "of casemate.toml"
        } else {
            "the default"
        };
        self.announce_from(workspace, from);
    }

    /// One line: board, profile, files, settings, and where they come from.
    fn announce_from(&self, workspace: &Workspace, from: &str) {
        let mut words = vec![
            name_of(&self.board(workspace)),
            self.profile_name(workspace),
        ];
        let files = self.files.iter();
        words.extend(files.map(|file| format!("--config {}", file.display())));
        let settings = self.settings.iter();
        words.extend(settings.map(|setting| format!("--set {setting}")));
        report::note("Configuration", &format!("{} ({from})", words.join(", ")));
    }
}

/// The last part of a path.
fn name_of(path: &str) -> String {
    let name = Path::new(path).file_name();
    name.map_or_else(|| path.into(), |name| name.to_string_lossy().into_owned())
}
