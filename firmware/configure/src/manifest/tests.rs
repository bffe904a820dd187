// SPDX-License-Identifier: Apache-2.0
use super::*;

const OWN: &str = "\
name = \"ECHO\"
type = \"APPLICATION-ROT\"
priority = \"LOW\"
model = \"SFN\"
stack_size = 0x100
pid = 1000
dependencies = [\"CLOCK\"]

[[services]]
name = \"ECHO_SERVICE\"
sid = 0x1000
version = 3
version_policy = \"RELAXED\"
connection_based = false
stateless_handle = 9
non_secure_clients = true
";

/// As the reference writes it, with every key that has no effect here.
const REFERENCE: &str = "\
# A licence
{
  \"psa_framework_version\": 1.1,
  \"name\": \"SP_ECHO\",
  \"description\": \"says what it hears\",
  \"type\": \"PSA-ROT\",
  \"priority\": \"NORMAL\",
  \"model\": \"dual\",
  \"entry_init\": \"echo_init\",
  \"entry_point\": \"echo_main\",
  \"stack_size\": \"0x0400\",
  \"heap_size\": \"0\",
  \"mmio_regions\": [{\"name\": \"TIMER\", \"permission\": \"READ-ONLY\"}],
  \"irqs\": [],
  \"services\": [
    {
      \"name\": \"ECHO_SERVICE\",
      \"sid\": \"0x000000F0\",
      \"non_secure_clients\": true,
      \"connection_based\": false,
      \"stateless_handle\": \"auto\",
      \"version\": 1,
      \"version_policy\": \"STRICT\",
      \"mm_iovec\": \"enable\",
      \"signal\": \"ECHO\"
    },
    {\"name\": \"OTHER\", \"sid\": 241, \"non_secure_clients\": false}
  ],
  \"dependencies\": [\"TFM_CRYPTO\"],
  \"weak_dependencies\": [\"TFM_PLATFORM_SERVICE\"]
}
";

fn placed<T>(value: T, line: usize) -> Placed<T> {
    Placed { value, line }
}

fn mistake(file: &str, text: &str) -> String {
    parse(file, text).expect_err("a mistake").to_string()
}

/// Our form with one line replaced by others.
fn own_with(line: &str, other: &str) -> String {
    assert!(OWN.contains(line), "{line}");
    OWN.replacen(line, other, 1)
}

#[test]
fn our_form_is_read_whole() {
    let manifest = parse("m.toml", OWN).unwrap();
    assert_eq!(
        manifest,
        Manifest {
            file: "m.toml".into(),
            name: placed("ECHO".into(), 1),
            partition_type: PartitionType::ApplicationRot,
            priority: Priority::Low,
            id: Some(placed(1000, 6)),
            stack_bytes: Some(0x100),
            services: vec![Service {
                name: placed("ECHO_SERVICE".into(), 10),
                sid: placed(0x1000, 11),
                version: 3,
                version_policy: VersionPolicy::Relaxed,
                access: placed(Access::Stateless(9), 15),
                non_secure_clients: true,
                mapped_vectors: false,
            }],
            dependencies: vec![Dependency {
                service: placed("CLOCK".into(), 7),
                weak: false,
            }],
            rust_type: None,
            rust_state: None,
        }
    );
}

#[test]
fn a_partition_is_named_in_rust() {
    let rust = "rust_type = \"echo::State\"\nrust_state = \"echo::State::new()\"\n";
    let manifest = parse("m.toml", &(rust.to_owned() + OWN)).unwrap();
    assert_eq!(manifest.rust_type.as_deref(), Some("echo::State"));
    assert_eq!(manifest.rust_state.as_deref(), Some("echo::State::new()"));
    let text = mistake("m.toml", &("rust_type = 4\n".to_owned() + OWN));
    assert!(
        text.contains("`rust_type` takes Rust in quotes, not 4"),
        "{text}"
    );
}

#[test]
fn the_form_of_the_reference_is_read_by_either_name() {
    for file in ["m.yaml", "m.yml", "m.json"] {
        let manifest = parse(file, REFERENCE).unwrap();
        assert_eq!(manifest.name.value, "SP_ECHO");
        assert_eq!(manifest.id, None);
        assert_eq!(manifest.stack_bytes, Some(0x400));
        let [first, second] = &manifest.services[..] else {
            panic!("two services")
        };
        assert_eq!(first.sid.value, 0xF0);
        assert_eq!(first.access.value, Access::StatelessAuto);
        assert!(first.mapped_vectors && !second.mapped_vectors);
        assert_eq!(second.access.value, Access::Connection);
        assert_eq!(second.version, 1);
        assert_eq!(second.version_policy, VersionPolicy::Strict);
        let weak: Vec<bool> = manifest.dependencies.iter().map(|one| one.weak).collect();
        assert_eq!(weak, [false, true]);
    }
}

#[test]
fn block_style_and_a_macro_for_the_stack() {
    let text = "name: SP\ntype: PSA-ROT\nmodel: SFN\nstack_size: SP_STACK_SIZE\nservices:\n\
                - name: S\n  sid: 0x10\n  non_secure_clients: false\n";
    let manifest = parse("m.yaml", text).unwrap();
    assert_eq!(manifest.stack_bytes, None);
    assert_eq!(manifest.priority, Priority::Normal);
    assert!(mistake("m.toml", &own_with("0x100", "\"MACRO\"")).contains("`stack_size` takes"));
}

#[test]
fn our_form_has_no_keys_of_the_reference_and_no_defaults() {
    for key in keys::REFERENCE_PARTITION {
        let text = mistake("m.toml", &format!("{key} = 1\n{OWN}"));
        let start = format!("m.toml:1: there is no key `{key}`; the nearest is `");
        assert!(text.starts_with(&start), "{text}");
    }
    for line in OWN.lines().filter(|line| line.contains(" = ")) {
        let key = line.split(' ').next().unwrap();
        let without = own_with(line, "");
        match key {
            "dependencies" => assert!(parse("m.toml", &without).is_ok()),
            _ => assert!(
                mistake("m.toml", &without).contains(&format!("`{key}` is missing")),
                "{key}"
            ),
        }
    }
}

#[test]
fn an_unknown_key_of_the_reference_is_an_error_too() {
    let text = mistake("m.yaml", &REFERENCE.replace("heap_size", "heep_size"));
    assert!(
        text.contains("m.yaml:12: there is no key `heep_size`"),
        "{text}"
    );
    let text = mistake("m.yaml", &REFERENCE.replace("\"version\"", "\"versoin\""));
    assert!(
        text.contains("no key `versoin`; the nearest is `version`"),
        "{text}"
    );
}

#[test]
fn values_keep_their_limits() {
    for (line, other, words) in [
        ("\"ECHO\"", "\"\"", "`name` takes a name"),
        ("\"ECHO\"", "\"1A\"", "`name` takes a name"),
        ("\"ECHO\"", "\"A-B\"", "`name` takes a name"),
        ("\"ECHO\"", "7", "`name` takes a name"),
        (
            "\"APPLICATION-ROT\"",
            "\"ROT\"",
            "`type` takes \"PSA-ROT\" or \"APPLICATION-ROT\"",
        ),
        ("\"LOW\"", "\"low\"", "`priority` takes"),
        ("\"SFN\"", "\"IPC\"", "`model` takes \"SFN\", not \"IPC\""),
        ("\"SFN\"", "\"dual\"", "`model` takes \"SFN\", not \"dual\""),
        ("0x100", "0x1_0000_0000", "`stack_size` takes"),
        ("0x100", "-8", "`stack_size` takes"),
        (
            "1000",
            "0",
            "`pid` takes a number from 1 to 2147483647, not 0",
        ),
        ("1000", "-1", "`pid` takes"),
        ("1000", "0x8000_0000", "`pid` takes"),
        (
            "[\"CLOCK\"]",
            "\"CLOCK\"",
            "`dependencies` takes a list of names",
        ),
        ("[\"CLOCK\"]", "[1]", "`dependencies` takes a list of names"),
        ("0x1000", "0x1_0000_0000", "`sid` takes"),
        (
            "version = 3",
            "version = 0",
            "`version` takes a number from 1 to 255, not 0",
        ),
        (
            "version = 3",
            "version = 256",
            "`version` takes a number from 1 to 255",
        ),
        ("\"RELAXED\"", "\"NONE\"", "`version_policy` takes"),
        (
            "connection_based = false",
            "connection_based = 0",
            "`connection_based` takes true",
        ),
        (
            "connection_based = false",
            "connection_based = true",
            "`stateless_handle` is for",
        ),
        (
            "stateless_handle = 9",
            "stateless_handle = 0",
            "from 1 to 32 or \"auto\", not 0",
        ),
        (
            "stateless_handle = 9",
            "stateless_handle = 33",
            "from 1 to 32",
        ),
        (
            "stateless_handle = 9",
            "stateless_handle = 257",
            "from 1 to 32",
        ),
        (
            "stateless_handle = 9",
            "stateless_handle = \"any\"",
            "from 1 to 32",
        ),
        (
            "non_secure_clients = true",
            "non_secure_clients = \"yes\"",
            "takes true or false",
        ),
        (
            "[[services]]",
            "[services]",
            "`services` takes a list of at least one",
        ),
    ] {
        let text = mistake("m.toml", &own_with(line, other));
        assert!(text.starts_with("m.toml:"), "{text}");
        assert!(text.contains(words), "{line} -> {other}: {text}");
    }
    assert!(parse("m.toml", &own_with("= 9", "= \"auto\"")).is_ok());
    let mapped = |word: &str| format!("{OWN}mm_iovec = {word}\n");
    for (word, expected) in [("\"enable\"", true), ("\"disable\"", false)] {
        let manifest = parse("m.toml", &mapped(word)).unwrap();
        assert_eq!(manifest.services[0].mapped_vectors, expected);
    }
    let text = mistake("m.toml", &mapped("true"));
    assert!(
        text.contains("`mm_iovec` takes \"enable\" or \"disable\""),
        "{text}"
    );
}

#[test]
fn what_the_models_cannot_serve_is_refused() {
    let text = mistake("m.yaml", &REFERENCE.replace("\"dual\"", "\"IPC\""));
    assert!(text.contains("`model` takes \"SFN\" or \"dual\""), "{text}");
    let text = mistake(
        "m.yaml",
        &REFERENCE.replace("\"irqs\": []", "\"irqs\": [{\"source\": 1}]"),
    );
    assert!(text.contains("`irqs` must be empty"), "{text}");
    let text = mistake("m.json", "{\"name\": \"SP\", \"services\": []}");
    assert!(
        text.contains("`services` takes a list of at least one service"),
        "{text}"
    );
    let text = mistake("m.json", "[1]");
    assert_eq!(
        text,
        "m.json:1: a table of keys and values is expected here"
    );
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text = own_with("version = 3", "version = 0").replacen("0x1000", "true", 1);
    let text = mistake("m.toml", &text.replacen("\"LOW\"", "1", 1));
    assert_eq!(text.lines().count(), 3, "{text}");
}

#[test]
fn the_end_of_the_name_says_the_form() {
    for file in ["m", "m.txt", "m.TOML"] {
        assert!(mistake(file, OWN).contains("a manifest ends in .toml"));
    }
}
