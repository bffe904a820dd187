// SPDX-License-Identifier: Apache-2.0
//! The pages with pictures: their numbers are those of `size --json`, and a browser shows them
//! without a complaint.

use super::Tally;
use anyhow::{Context as _, Result, bail, ensure};
use builder::process::{self, find};
use builder::report;
use builder::workspace::{Workspace, read};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What the test is called.
pub const NAME: &str = "the page of sizes agrees with size --json";

/// Names of the browser; where none is installed, the page is only read.
const BROWSERS: [&str; 2] = ["chromium", "chromium-browser"];

const DATA_BEGIN: &str = "<script id=\"treemap-data\" type=\"application/json\">";
const DATA_END: &str = "</script>";

/// Writes the page, and looks at it.
pub fn run(workspace: &Workspace, tally: &mut Tally) {
    tally.check(NAME, check(workspace));
}

fn check(workspace: &Workspace) -> Result<()> {
    let folder = workspace.folder(&["pages"])?;
    let file = folder.join("size.html");
    let mut size = Command::new(process::THIS_PROGRAM);
    size.current_dir(&workspace.root)
        .args(["size", "--profile", "small", "--json", "--html"])
        .arg(&file);
    let told: Value = serde_json::from_str(&process::output(&mut size)?)?;
    let page = String::from_utf8(read(&file)?)?;
    compare(&page, &told)?;
    let Some(browser) = BROWSERS.iter().find(|browser| find(browser).is_some()) else {
        report::warning("no chromium, so no browser shows the page of sizes");
        return Ok(());
    };
    let flash = told["images"]["secure"]["flash"].as_u64();
    let flash = flash.context("`size --json` tells no flash")?;
    let shown = shown(browser, &folder, &file)?;
    ensure!(
        shown.contains(&format!("data-bytes=\"{flash}\"")),
        "the map in the browser does not show {flash} bytes"
    );
    Ok(())
}

/// The leaves of each map add up to the components of its image.
fn compare(page: &str, told: &Value) -> Result<()> {
    let (_, rest) = page
        .split_once(DATA_BEGIN)
        .context("the page has no data")?;
    let (data, _) = rest.split_once(DATA_END).context("the data has no end")?;
    let data: Value = serde_json::from_str(data)?;
    let maps = data["maps"].as_array().context("no maps")?;
    let images = told["images"].as_object().context("no images")?;
    ensure!(
        maps.len() == images.len(),
        "the page has {} maps",
        maps.len()
    );
    for map in maps {
        let name = map["name"].as_str().context("a map without a name")?;
        let components = images
            .get(name)
            .and_then(|image| image["components"].as_object());
        let components = components.with_context(|| format!("no image {name}"))?;
        let leaves = map["leaves"].as_array().context("a map without leaves")?;
        for (component, size) in components {
            let own = leaves
                .iter()
                .filter(|leaf| leaf["path"][0] == component.as_str());
            let sums = own.fold([0, 0], |[flash, ram], leaf| {
                let bytes = |memory: usize| leaf["now"][memory].as_u64().unwrap_or(0);
                [flash + bytes(0), ram + bytes(1)]
            });
            let expected = [&size["flash"], &size["ram"]].map(Value::as_u64);
            ensure!(
                expected == sums.map(Some),
                "{name}, {component}: the page has {sums:?}, `size --json` {expected:?}"
            );
        }
    }
    Ok(())
}

/// The page after its scripts have run, as text; a complaint of the browser is an error.
fn shown(browser: &str, folder: &Path, file: &Path) -> Result<String> {
    let profile = folder.join("browser");
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .args(["--enable-logging=stderr", "--virtual-time-budget=3000"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("file://{}", file.display()))
        .output()
        .with_context(|| format!("{browser} can't be started"))?;
    let _ = fs::remove_dir_all(&profile);
    let errors = String::from_utf8_lossy(&output.stderr);
    if let Some(complaint) = errors.lines().find(|line| line.contains("CONSOLE")) {
        bail!("{browser}: {complaint}");
    }
    ensure!(
        output.status.success(),
        "{browser} ended with {}",
        output.status
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
