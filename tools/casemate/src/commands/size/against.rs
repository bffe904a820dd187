// SPDX-License-Identifier: Apache-2.0
//! What the figures are compared with: those of a file, of another configuration or of a commit.

mod commit;
mod file;

use anyhow::{Context as _, Result, bail, ensure};
use builder::firmware::{BuildContext, Footprints, detailed_footprints};
use builder::options::Selection;
use builder::report::{self, Step};
use builder::workspace::Workspace;
use clap::Args;
use footprint::size::Footprint;
use std::path::Path;

/// With what to compare
#[derive(Args, Debug, Default)]
pub struct Against {
    /// Compare with a profile, a commit, or a file that `size --json --parts` wrote
    #[arg(long, value_name = "PROFILE|COMMIT|FILE")]
    against: Option<String>,
    /// Compare with the same configuration but for this value; may be given several times
    #[arg(long, value_name = "KEY=VALUE")]
    against_set: Vec<String>,
}

/// Other figures.
pub struct Other {
    /// What they are of.
    pub label: String,
    /// The images.
    pub images: Vec<(String, Footprint)>,
}

/// What `--against` means.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    File,
    Profile,
    Commit(String),
}

impl Against {
    /// Fails when there is no such file, profile or commit, before anything is built.
    pub fn check(&self, workspace: &Workspace) -> Result<()> {
        let Some(name) = &self.against else {
            return Ok(());
        };
        match self.kind(workspace, name)? {
            Kind::File => {
                ensure!(
                    self.against_set.is_empty(),
                    "--against-set changes a configuration, and {name} has the figures of one"
                );
                file::read(Path::new(name)).map(drop)
            }
            Kind::Profile | Kind::Commit(_) => Ok(()),
        }
    }

    /// The figures to compare with, if any are asked for.
    pub fn measure(
        &self,
        workspace: &Workspace,
        context: &BuildContext<'_>,
        selection: &Selection,
    ) -> Result<Option<Other>> {
        let mut other = selection.clone();
        other.settings.extend(self.against_set.iter().cloned());
        let changes = self.against_set.join(", ");
        let Some(name) = &self.against else {
            if self.against_set.is_empty() {
                return Ok(None);
            }
            return configuration(context, &other, changes).map(Some);
        };
        let label = [name.as_str(), &changes].join(" ").trim().to_owned();
        let found = match self.kind(workspace, name)? {
            Kind::File => file::read(Path::new(name))?,
            Kind::Profile => {
                other.profile = Some(name.clone());
                configuration(context, &other, label)?
            }
            Kind::Commit(hash) => {
                let step = Step::start(format!("Building {name} for comparison"));
                let images = commit::measure(workspace, context, &other, &hash)?;
                step.done();
                Other {
                    label,
                    images: named(images),
                }
            }
        };
        Ok(Some(found))
    }

    fn kind(&self, workspace: &Workspace, name: &str) -> Result<Kind> {
        if Path::new(name).extension().is_some_and(|end| end == "json") {
            return Ok(Kind::File);
        }
        let profile = workspace.root.join("profiles").join(name);
        if name.ends_with(".toml") || profile.with_added_extension("toml").exists() {
            return Ok(Kind::Profile);
        }
        match commit::find(workspace, name) {
            Some(hash) => Ok(Kind::Commit(hash)),
            None => bail!(
                "`--against {name}`: there is no profile and no commit of that name; a file of \
                 figures ends in .json"
            ),
        }
    }
}

/// Builds another configuration beside the one at hand.
fn configuration(
    context: &BuildContext<'_>,
    selection: &Selection,
    label: String,
) -> Result<Other> {
    let context = context
        .variant(selection, "against")
        .with_context(|| format!("the configuration to compare with ({label})"))?;
    let builder = context.builder();
    let world = builder.secure_world()?;
    Ok(Other {
        label,
        images: named(detailed_footprints(&builder, &world)?),
    })
}

fn named(images: Footprints) -> Vec<(String, Footprint)> {
    let images = images.into_iter();
    images
        .map(|(name, image)| (name.to_owned(), image))
        .collect()
}

impl Other {
    /// The figures of an image.
    pub fn image(&self, name: &str) -> Option<&Footprint> {
        let found = self.images.iter().find(|(image, _)| image == name);
        found.map(|(_, image)| image)
    }

    /// Says once what the comparison lacks.
    pub fn warn(&self) {
        if self.images.iter().all(|(_, image)| image.parts.is_empty()) {
            report::warning(&format!(
                "{} has no functions to compare: `size --json --parts` writes them",
                self.label
            ));
        }
    }
}
