// SPDX-License-Identifier: Apache-2.0
use super::*;
use std::{env, process};

/// A folder of manifests that is gone afterwards.
struct Folder {
    path: PathBuf,
    lines: Vec<Line>,
}

impl Folder {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("configure-{}-{name}", process::id()));
        fs::create_dir_all(&path).unwrap();
        Self {
            path,
            lines: Vec::new(),
        }
    }

    /// Adds a manifest: a partition with this id and one service, `<NAME>_SERVICE`.
    fn add(mut self, name: &str, id: u32, rest: &str, service: &str) -> Self {
        let upper = name.to_uppercase();
        let text = format!(
            "name = \"{upper}\"\ntype = \"PSA-ROT\"\npriority = \"NORMAL\"\nmodel = \"SFN\"\n\
             stack_size = 100\npid = {id}\n{rest}\n[[services]]\nname = \"{upper}_SERVICE\"\n\
             version = 1\nversion_policy = \"STRICT\"\nconnection_based = false\n\
             non_secure_clients = true\n{service}\n"
        );
        fs::write(self.path.join(format!("{name}.toml")), text).unwrap();
        self.list(name, &format!("{name}.toml"));
        self
    }

    fn list(&mut self, module: &str, manifest: &str) {
        self.lines.push(Line {
            module: module.into(),
            manifest: manifest.into(),
            origin: "p.toml:1".into(),
        });
    }

    fn load(&self) -> Result<Vec<Partition>, String> {
        let mut inputs = Vec::new();
        load(&Places::of(&self.path), &self.lines, &mut inputs)
            .map_err(|problems| problems.to_string())
    }

    fn problem(&self) -> String {
        self.load().expect_err("a mistake")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn service(sid: u32, handle: &str) -> String {
    format!("sid = {sid}\nstateless_handle = {handle}")
}

fn on(services: &str) -> String {
    format!("dependencies = [{services}]")
}

#[test]
fn a_partition_stands_behind_what_it_depends_on() {
    let folder = Folder::new("order")
        .add("a", 1, &on("\"C_SERVICE\""), &service(1, "1"))
        .add("b", 2, "", &service(2, "2"))
        .add(
            "c",
            3,
            &on("\"D_SERVICE\", \"D_SERVICE\""),
            &service(3, "3"),
        )
        .add("d", 4, "", &service(4, "4"));
    let partitions = folder.load().unwrap();
    let names: Vec<&str> = partitions.iter().map(|one| one.module.as_str()).collect();
    assert_eq!(names, ["b", "d", "c", "a"]);
    assert_eq!(partitions[2].dependencies, [("D_SERVICE".into(), 4)]);
    let (bytes, way) = order::deepest(&partitions);
    assert_eq!(bytes, 300);
    assert_eq!(way, ["A (100)", "C (100)", "D (100)"]);
}

#[test]
fn circles_are_told_whole() {
    let folder = Folder::new("circle")
        .add("a", 1, &on("\"B_SERVICE\""), &service(1, "1"))
        .add("b", 2, &on("\"C_SERVICE\""), &service(2, "2"))
        .add("c", 3, &on("\"B_SERVICE\""), &service(3, "3"));
    let text = folder.problem();
    assert_eq!(
        text,
        "b.toml:7: `dependencies` go round in a circle: B -> C -> B"
    );
    let folder = Folder::new("self").add("a", 1, &on("\"A_SERVICE\""), &service(1, "1"));
    assert!(folder.problem().ends_with("circle: A -> A"));
}

#[test]
fn a_missing_service_is_an_error_unless_it_is_weak() {
    let folder = Folder::new("missing")
        .add("a", 1, &on("\"B_SERVIC\""), &service(1, "1"))
        .add(
            "b",
            2,
            "weak_dependencies = [\"X\", \"A_SERVICE\"]",
            &service(2, "2"),
        );
    let text = folder.problem();
    assert!(
        text.starts_with("a.toml:7: `dependencies` of `partitions.a`, listed at p.toml:1, names the service B_SERVIC"),
        "{text}"
    );
    assert!(text.ends_with("the nearest is B_SERVICE"), "{text}");
    let folder = Folder::new("weak").add("a", 1, "", &service(1, "1")).add(
        "b",
        2,
        "weak_dependencies = [\"X\", \"A_SERVICE\"]",
        &service(2, "2"),
    );
    let partitions = folder.load().unwrap();
    assert_eq!(partitions[1].dependencies, [("A_SERVICE".into(), 1)]);
}

#[test]
fn nothing_is_shared() {
    for (id, sid, handle, words) in [
        (1, 2, "2", "b.toml:6: `pid` 1 is taken at a.toml:6"),
        (
            2,
            1,
            "2",
            "b.toml:14: `sid` 0x00000001 is taken at a.toml:14",
        ),
        (
            2,
            2,
            "1",
            "b.toml:15: `stateless_handle` 1 is taken at a.toml:15",
        ),
    ] {
        let folder = Folder::new(&format!("shared-{id}-{sid}-{handle}"))
            .add("a", 1, "", &service(1, "1"))
            .add("b", id, "", &service(sid, handle));
        assert_eq!(folder.problem(), words);
    }
    let mut folder = Folder::new("same").add("a", 1, "", &service(1, "1"));
    folder.list("b", "a.toml");
    let text = folder.problem();
    assert!(text.contains("`name` A is taken at a.toml:1"), "{text}");
    assert!(text.contains("`name` A_SERVICE is taken at"), "{text}");
}

#[test]
fn automatic_handles_are_the_lowest_free_in_order() {
    let folder = Folder::new("auto")
        .add("z", 5, "", &service(1, "\"auto\""))
        .add("y", 6, "", &service(2, "2"))
        .add("x", 7, "", &service(3, "\"auto\""));
    let handles = |partitions: Vec<Partition>| -> Vec<Option<u8>> {
        let mut services = partitions.into_iter().flat_map(|one| one.services);
        std::iter::from_fn(|| services.next().map(|own| own.stateless_handle)).collect()
    };
    assert_eq!(handles(folder.load().unwrap()), [Some(1), Some(2), Some(3)]);
    let full = (0..33).fold(Folder::new("full"), |folder, index| {
        folder.add(
            &format!("p{index}"),
            index + 1,
            "",
            &service(index, "\"auto\""),
        )
    });
    assert!(full.problem().contains("all 32 are taken"));
}

#[test]
fn an_id_made_from_a_name_stays() {
    assert_eq!(assign::id("SP_ECHO"), assign::id("SP_ECHO"));
    assert_ne!(assign::id("SP_ECHO"), assign::id("SP_ECHP"));
    assert_eq!(assign::id(""), 0x411C_9DC5);
    let mut folder = Folder::new("made");
    let text = "{name: SP, type: PSA-ROT, model: SFN, stack_size: X, services: \
                [{name: S, sid: 1, non_secure_clients: false}]}";
    fs::write(folder.path.join("m.yaml"), text).unwrap();
    folder.list("sp", "m.yaml");
    let partitions = folder.load().unwrap();
    assert_eq!(partitions[0].id, assign::id("SP"));
    assert_eq!(partitions[0].services[0].stateless_handle, None);
}

#[test]
fn files_and_names_of_modules() {
    let mut folder = Folder::new("files");
    assert!(folder.problem().contains("lists no partition"));
    folder.list("a", "nothing.toml");
    let text = folder.problem();
    assert!(
        text.starts_with("p.toml:1: `partitions.a`: nothing.toml: "),
        "{text}"
    );
    for bad in [
        "", "A", "1a", "a-b", "a__b", "a_", "_a", "type", "self", "ä",
    ] {
        assert!(!is_module_name(bad), "{bad}");
    }
    for good in [
        "a",
        "crypto",
        "internal_trusted_storage",
        "sha_256",
        "echo1",
    ] {
        assert!(is_module_name(good), "{good}");
    }
    let mut folder = Folder::new("keyword").add("a", 1, "", &service(1, "1"));
    folder.lines[0].module = "Echo".into();
    assert!(
        folder
            .problem()
            .starts_with("p.toml:1: `partitions.Echo`: write the name")
    );
}
