// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate menu`: chooses a configuration on the terminal and writes an override file.

mod estimate;
mod keys;
mod state;
mod view;

use anyhow::{Context as _, Result, bail};
use builder::options::Selection;
use builder::report;
use builder::workspace::{Workspace, write_if_changed};
use clap::Args;
use ratatui::crossterm::event::{self, Event, KeyEventKind};
use state::{Asked, State};
use std::io::IsTerminal as _;
use std::path::PathBuf;

/// Choose a configuration in a menu on the terminal, and write it as an override file
///
/// Each key is shown with its meaning, values, cost and names; `/` searches. What is wrong with the choice, and
/// what it is estimated to take, is shown at once. The file is for `--config`.
#[derive(Args)]
pub struct Menu {
    /// The override file; if it is there, the menu begins with it
    #[arg(default_value = "override.toml")]
    file: PathBuf,
    #[command(flatten)]
    selection: Selection,
}

impl Menu {
    /// Runs the menu until the user leaves it.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
            bail!(
                "the menu needs a terminal; without one use `config`, `config --explain KEY` and `--set \
                 KEY=VALUE`"
            );
        }
        let mut state = self.state(workspace)?;
        let mut terminal = ratatui::try_init().context("the terminal can't be set up")?;
        let outcome: Result<bool> = loop {
            if let Err(error) = terminal.draw(|frame| view::draw(frame, &mut state)) {
                break Err(error.into());
            }
            let key = match event::read() {
                Ok(Event::Key(key)) if key.kind == KeyEventKind::Press => key,
                Ok(_) => continue,
                Err(error) => break Err(error.into()),
            };
            match keys::press(&mut state, key) {
                Asked::Nothing => {}
                Asked::Leave => break Ok(false),
                Asked::Save => break Ok(true),
            }
        };
        ratatui::try_restore().context("the terminal can't be put back")?;
        if outcome? {
            write_if_changed(&self.file, state.to_toml().as_bytes())?;
            let file = self.file.display();
            report::say(format_args!(
                "{file}: {} keys; build with `--config {file}`",
                state.overrides.len()
            ));
        } else if state.is_changed() {
            report::say("nothing was written");
        }
        Ok(())
    }

    fn state(&self, workspace: &Workspace) -> Result<State> {
        let mut selection = self.selection.clone();
        let is_there = self.file.exists();
        if is_there {
            selection.files.push(self.file.clone());
        }
        let with_file = selection.load(workspace)?;
        let without = match is_there {
            true => self.selection.load(workspace)?,
            false => with_file.clone(),
        };
        let workspace = workspace.clone();
        let base = self.selection.clone();
        let profile = base.profile_name(&workspace);
        let check = move |settings: &[String]| {
            let mut selection = base.clone();
            selection.settings.extend_from_slice(settings);
            selection
                .load_quietly(&workspace)
                .map_err(|problems| format!("{problems:#}"))
        };
        State::new(&profile, without, &with_file, Box::new(check))
    }
}
