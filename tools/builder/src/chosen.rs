// SPDX-License-Identifier: Apache-2.0
//! Which configuration a command speaks of: what was typed, or what the last build took.

use crate::last_build;
use crate::options::{BuildOptions, Selection};
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
        let options = BuildOptions {
            selection: self.clone(),
            debug: false,
        };
        let (options, from) = options.recalled(workspace);
        options.announce(workspace, from, false);
        options.selection
    }

    /// Says on standard error which configuration the command speaks of.
    pub fn announce(&self, workspace: &Workspace) {
        let options = BuildOptions {
            selection: self.clone(),
            debug: false,
        };
        options.announce(workspace, None, false);
    }
}

impl BuildOptions {
    /// As [`Selection::or_last_build`], with the kind of build.
    pub fn or_last_build(&self, workspace: &Workspace) -> Self {
        let (options, from) = self.recalled(workspace);
        options.announce(workspace, from, true);
        options
    }

    /// As [`Selection::announce`].
    pub fn announced(&self, workspace: &Workspace) -> &Self {
        self.announce(workspace, None, true);
        self
    }

    fn recalled(&self, workspace: &Workspace) -> (Self, Option<&'static str>) {
        let last =
            (self.selection.is_empty() && !self.debug).then(|| last_build::recall(workspace));
        match last.flatten() {
            Some(last) => (last, Some(OF_LAST_BUILD)),
            None => (self.clone(), None),
        }
    }

    /// One line: board, profile, files, settings, and where they come from.
    fn announce(&self, workspace: &Workspace, from: Option<&str>, with_kind: bool) {
        let Selection {
            files, settings, ..
        } = &self.selection;
        let mut words = vec![
            name_of(&self.selection.board(workspace)),
            self.selection.profile_name(workspace),
        ];
        words.extend(
            files
                .iter()
                .map(|file| format!("--config {}", file.display())),
        );
        words.extend(settings.iter().map(|setting| format!("--set {setting}")));
        words.extend((self.debug && with_kind).then(|| "--debug".into()));
        let from = from.unwrap_or(if !self.selection.is_empty() || self.debug {
            "of this command"
        } else if workspace.product.is_some() {
            "of casemate.toml"
        } else {
            "the default"
        });
        report::note("Configuration", &format!("{} ({from})", words.join(", ")));
    }
}

/// The last part of a path.
fn name_of(path: &str) -> String {
    let name = Path::new(path).file_name();
    name.map_or_else(|| path.into(), |name| name.to_string_lossy().into_owned())
}
