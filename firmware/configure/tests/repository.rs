// SPDX-License-Identifier: Apache-2.0
//! The configuration of this repository: complete, documented, and wrong in the ways that a
//! user's can be.

use configure::schema::{self, KEYS};
use configure::{Request, load};
use std::path::{Path, PathBuf};
use std::{env, fs, process};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("firmware/configure")
        .into()
}

fn request(settings: &[&str]) -> Request {
    Request {
        workspace: workspace(),
        board: "an521".into(),
        profile: "small".into(),
        product: None,
        files: Vec::new(),
        settings: settings.iter().map(ToString::to_string).collect(),
    }
}

fn problem(settings: &[&str]) -> String {
    load(&request(settings)).expect_err("a mistake").to_string()
}

#[test]
fn profile_small_on_an521_is_complete() {
    let effective = load(&request(&[])).unwrap();
    assert_eq!(effective.settings().count(), KEYS.len());
    // One client leaves something for the others; but for operations, as in the reference.
    for (all, one_client) in [
        (
            ("crypto.concurrent_operations", 4),
            ("crypto.operations_per_client", 4),
        ),
        (("crypto.key_slots", 13), ("crypto.keys_per_client", 12)),
        (("its.max_assets", 12), ("its.assets_per_client", 10)),
    ] {
        assert_eq!(effective.number(all.0), all.1);
        assert_eq!(effective.number(one_client.0), one_client.1);
    }
    assert_eq!(effective.text("spm.backend"), "library");
    assert_eq!(
        effective.number("flash.areas.primary.offset_bytes"),
        0x10_0000
    );
}

#[test]
fn every_value_names_the_place_that_set_it() {
    let effective = load(&request(&["spm.fault_action=halt"])).unwrap();
    let origin = |name: &str| {
        effective
            .settings()
            .find(|setting| setting.key.name == name)
            .unwrap()
            .origin
            .clone()
    };
    assert!(origin("crypto.concurrent_operations").starts_with("profiles/small.toml:"));
    assert!(origin("boot.image_version").starts_with("profiles/base.toml:"));
    assert!(origin("flash.origin").starts_with("boards/an521/board.toml:"));
    assert_eq!(origin("spm.fault_action"), "--set");
}

#[test]
fn another_type_of_signatures_brings_its_key() {
    let key = |settings: &[&str]| {
        let effective = load(&request(settings)).unwrap();
        effective.text("boot.signing_key").to_owned()
    };
    let of = |name: &str| format!("profiles/keys/development_{name}.pem");
    assert_eq!(key(&[]), of("rsa3072"));
    assert_eq!(key(&["boot.signature=ed25519"]), of("ed25519"));
    let own = "boot.signing_key=own.pem";
    // A path of the command line is relative to the folder in which it is typed.
    assert_eq!(
        key(&["boot.signature=rsa2048", own]),
        "firmware/configure/own.pem"
    );
}

#[test]
fn base_sets_every_key_of_a_profile_with_its_meaning_above() {
    let text = fs::read_to_string(workspace().join("profiles/base.toml")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for key in KEYS
        .iter()
        .filter(|key| !schema::belongs_to_board(key.name))
    {
        let (section, name) = key.name.rsplit_once('.').unwrap();
        let start = lines
            .iter()
            .position(|line| *line == format!("[{section}]"))
            .expect(key.name);
        let within = lines[start..]
            .iter()
            .position(|line| line.starts_with(&format!("{name} = ")));
        let line = start + within.expect(key.name);
        assert_eq!(lines[line - 1], format!("# {}", key.about), "{}", key.name);
    }
}

#[test]
fn examples_are_valid() {
    for entry in fs::read_dir(workspace().join("profiles/examples")).unwrap() {
        let files = vec![entry.unwrap().path()];
        load(&Request {
            files,
            ..request(&[])
        })
        .unwrap();
    }
}

#[test]
fn the_word_for_thread_ids_lies_in_the_other_world() {
    for good in ["0", "0x2801_0000", "0x281F_FFFC"] {
        assert!(load(&request(&[&format!("spm.client_id_word={good}")])).is_ok());
    }
    // Beside it, in the secure alias, in secure memory, in the flash, not aligned.
    for bad in [
        "0x2820_0000",
        "0x3801_0000",
        "0x3800_0000",
        "0x8000_0000",
        "0x2801_0002",
    ] {
        let text = problem(&[&format!("spm.client_id_word={bad}")]);
        assert!(text.contains("`spm.client_id_word` is 0x"), "{text}");
        assert!(
            text.contains("must be a word of `memory.nonsecure_ram`"),
            "{text}"
        );
    }
}

#[test]
fn a_resolved_configuration_is_read_back_the_same() {
    let effective = load(&request(&["crypto.concurrent_operations=2"])).unwrap();
    let file = env::temp_dir().join(format!("configure-{}.toml", process::id()));
    fs::write(&file, effective.to_toml()).unwrap();
    let again = configure::resolved(&workspace(), &file);
    fs::remove_file(&file).unwrap();
    let again = again.unwrap();
    assert_eq!(again.to_toml(), effective.to_toml());
    assert_eq!(again.partitions(), effective.partitions());
}

#[test]
fn the_manifests_are_what_clients_have_compiled_in() {
    let effective = load(&request(&[])).unwrap();
    let mut modules = effective.partitions().iter().map(|one| one.module.as_str());
    assert!(modules.any(|module| module == "crypto"));
    let listed = [
        ("crypto", psa::service::CRYPTO),
        ("diagnostics", psa::service::DIAGNOSTICS),
        ("its", psa::service::INTERNAL_TRUSTED_STORAGE),
        ("attestation", psa::service::INITIAL_ATTESTATION),
    ];
    for partition in effective.partitions() {
        let mut known = listed.iter();
        let Some((module, identity)) = known.find(|(module, _)| *module == partition.module) else {
            continue;
        };
        assert_eq!(partition.id, identity.partition_id);
        let [service] = &partition.services[..] else {
            panic!("{module} has one service")
        };
        assert_eq!(service.sid, identity.sid);
        assert_eq!(service.version, u32::from(identity.version));
        assert_eq!(service.stateless_handle, Some(identity.stateless_handle));
        assert!(service.non_secure_clients);
    }
}

#[test]
fn partitions_are_lines_of_any_layer() {
    let text = problem(&["partitions.echo=nothing.toml"]);
    assert!(
        text.starts_with("--set: `partitions.echo`: firmware/configure/nothing.toml: "),
        "{text}"
    );
    let text = problem(&["partitions.echo=4"]);
    assert!(text.contains("`partitions.echo` takes the path"), "{text}");
    let text = problem(&["partitions=4"]);
    assert!(text.contains("`partitions` is a table"), "{text}");
    let text = problem(&["partitions.copy=casemate-crypto"]);
    assert!(text.contains("`sid` 0x00000080 is taken at"), "{text}");
    let text = problem(&["partitions.crypto=../../README.md"]);
    assert!(
        text.starts_with("README.md: a manifest ends in .toml"),
        "{text}"
    );
}

#[test]
fn the_stack_holds_the_longest_way() {
    let text = problem(&["stack.secure_process_bytes=2808"]);
    assert_eq!(
        text,
        "--set: `stack.secure_process_bytes` is 2808, but a call takes 2816: the `stack_size` of \
         TFM_SP_INITIAL_ATTESTATION (1024) and then of TFM_SP_CRYPTO (1024) and then of TFM_SP_ITS \
         (768)"
    );
}

#[test]
fn unknown_names_get_the_nearest() {
    let text = load(&Request {
        board: "an52".into(),
        ..request(&[])
    })
    .unwrap_err()
    .to_string();
    assert!(text.contains("the nearest is `an521`"), "{text}");
    let text = load(&Request {
        profile: "smal".into(),
        ..request(&[])
    })
    .unwrap_err()
    .to_string();
    assert!(text.contains("nearest is profiles/small.toml"), "{text}");
    let files = vec![PathBuf::from("/nonexistent/extra.toml")];
    let text = load(&Request {
        files,
        ..request(&[])
    })
    .unwrap_err()
    .to_string();
    assert!(text.starts_with("/nonexistent/extra.toml: "), "{text}");
}

#[test]
fn areas_lie_in_the_flash_on_sectors_and_apart() {
    for (setting, words) in [
        (
            "flash.areas.its.offset_bytes=0x4100",
            "multiple of the sector",
        ),
        ("flash.areas.its.size_bytes=0x4100", "multiple of 0x1000"),
        ("flash.areas.its.size_bytes=0", "multiple of 0x1000"),
        ("flash.areas.its.offset_bytes=0xFFF000", "beyond the flash"),
        (
            "flash.areas.its.offset_bytes=0xFFFFF000",
            "beyond the flash",
        ),
        (
            "flash.areas.its.offset_bytes=0x1000",
            "overlaps `flash.areas.entropy_seed.offset_bytes`",
        ),
        (
            "flash.areas.otp.size_bytes=0x2000",
            "overlaps `flash.areas.otp.offset_bytes`",
        ),
        (
            "flash.areas.secondary.size_bytes=0xF0000",
            "that of the primary slot",
        ),
        ("flash.sector_bytes=0", "power of two"),
        ("flash.sector_bytes=3000", "power of two"),
        ("flash.program_unit_bytes=0x2000", "larger than"),
    ] {
        let text = problem(&[setting]);
        assert!(text.contains(words), "{setting}: {text}");
    }
}

#[test]
fn persistent_keys_have_a_place() {
    assert_eq!(
        problem(&["its.max_asset_bytes=59"]),
        "--set: `its.max_asset_bytes` is 59, but a key of 256 bits takes 60 \
         (`crypto.persistent_keys` is true)"
    );
    assert!(load(&request(&["its.max_asset_bytes=60"])).is_ok());
    let without = ["its.max_asset_bytes=59", "crypto.persistent_keys=false"];
    assert!(load(&request(&without)).is_ok());
    let mut hashes = request(&["crypto.persistent_keys=true"]);
    hashes.profile = "hash_only".into();
    let text = load(&hashes).unwrap_err().to_string();
    assert!(text.contains("`[partitions]` lists no `its`"), "{text}");
}

#[test]
fn trusted_storage_fits_its_area() {
    assert_eq!(
        problem(&["its.max_assets=13"]),
        "--set: `its.max_assets` is 13, but the 16384 bytes of `flash.areas.its` hold 12 objects \
         of `its.max_asset_bytes`, 512 bytes"
    );
    for (setting, words) in [
        ("its.max_asset_bytes=4096", "hold 0 objects"),
        ("its.max_asset_bytes=0xFFFFFFFF", "hold 0 objects"),
        (
            "its.buffer_bytes=8",
            "`its.buffer_bytes` is 8, but must be 16",
        ),
        ("its.buffer_bytes=30", "is 30, but must be 16 to 512"),
        ("its.buffer_bytes=516", "is 516, but must be 16 to 512"),
        (
            "flash.areas.its.size_bytes=0x1000",
            "is 1 sectors of 4096 bytes with program units of 4",
        ),
        ("flash.program_unit_bytes=64", "program units of 64"),
        ("its.max_assets=0", "`its.max_assets`"),
    ] {
        let text = problem(&[setting]);
        assert!(text.contains(words), "{setting}: {text}");
    }
    assert!(load(&request(&["its.max_assets=12"])).is_ok());
    let large = ["its.max_assets=40", "flash.areas.its.size_bytes=0x4000"];
    assert!(load(&request(&[large[0], large[1], "its.max_asset_bytes=128"])).is_ok());
}

#[test]
fn regions_are_aligned_and_apart_under_both_aliases() {
    for (setting, words) in [
        ("memory.secure_ram.origin=0x38000010", "SAU's granule"),
        ("memory.secure_ram.size_bytes=100", "SAU's granule"),
        (
            "memory.nonsecure_ram.origin=0x28008000",
            "overlaps `memory.secure_ram.origin`",
        ),
        (
            "memory.secure_ram.origin=0xFFFFFFE0",
            "beyond the 32-bit address space",
        ),
        ("memory.security_alias=0x30000000", "one bit"),
        ("memory.boot_data_bytes=0x10000", "leaves nothing"),
        ("memory.boot_data_bytes=4", "multiple of 0x20"),
        (
            "flash.origin=0x10000000",
            "overlaps `memory.boot_code.origin`",
        ),
    ] {
        let text = problem(&[setting]);
        assert!(text.contains(words), "{setting}: {text}");
    }
    assert!(load(&request(&["memory.security_alias=0"])).is_ok());
}

#[test]
fn images_keep_vector_tables_and_stacks_aligned() {
    for setting in [
        "boot.header_bytes=0x300",
        "boot.header_bytes=0x100",
        "boot.header_bytes=0",
        "boot.header_bytes=0x100000",
        "nonsecure.alignment_bytes=96",
        "stack.boot_bytes=1001",
        "stack.secure_main_bytes=0",
    ] {
        let key = setting.split_once('=').unwrap().0;
        let text = problem(&[setting]);
        assert!(
            text.contains(key) || text.contains("no room"),
            "{setting}: {text}"
        );
    }
}

/// What the boards say of their map to the compiler ("SAFETY"), the build holds them to.
#[test]
fn nothing_lies_between_the_slots() {
    let places = [
        "flash.areas.primary.offset_bytes=0x10_0000",
        "flash.areas.secondary.offset_bytes=0x40_0000",
    ];
    let with = |setting: &str| load(&request(&[places[0], places[1], setting]));
    for area in ["otp", "entropy_seed", "its", "nonsecure_data"] {
        let key = format!("flash.areas.{area}.offset_bytes");
        for (offset, is_right) in [
            (0x20_0000, false), // at the end of the primary slot
            (0x30_0000, false),
            (0x3F_8000, false), // up to the secondary slot, or a little before it
            (0x50_0000, true),  // behind both: no copy reaches it
            (0x0F_8000, true),
        ] {
            let outcome = with(&format!("{key}={offset:#x}"));
            match outcome {
                Ok(_) => assert!(is_right, "{key} {offset:#x}"),
                Err(problems) => {
                    let text = problems.to_string();
                    assert!(!is_right, "{text}");
                    assert!(
                        text.contains(&format!("`{key}` lies between the slots")),
                        "{text}"
                    );
                }
            }
        }
        for (offset, other) in [
            (0x10_0000, "primary"),
            (0x1F_F000, "primary"),
            (0x40_0000, "secondary"),
        ] {
            let text = with(&format!("{key}={offset:#x}")).unwrap_err().to_string();
            let words = format!("`flash.areas.{other}.offset_bytes`");
            assert!(text.contains("overlaps") && text.contains(&words), "{text}");
        }
    }
}

#[test]
fn every_two_areas_lie_apart() {
    let areas = [
        "otp",
        "entropy_seed",
        "its",
        "nonsecure_data",
        "primary",
        "secondary",
    ];
    let effective = load(&request(&[])).unwrap();
    for moved in areas {
        for other in areas.into_iter().filter(|other| *other != moved) {
            let start = effective.number(&format!("flash.areas.{other}.offset_bytes"));
            let key = format!("flash.areas.{moved}.offset_bytes");
            let text = problem(&[&format!("{key}={start:#x}")]);
            assert!(text.contains("overlaps"), "{moved} on {other}: {text}");
        }
    }
}

#[test]
fn a_map_that_the_board_could_not_stand_on_is_refused() {
    for (settings, words) in [
        (
            &[
                "flash.areas.secondary.offset_bytes=0x8_0000",
                "flash.areas.secondary.size_bytes=0x8_0000",
                "flash.areas.primary.size_bytes=0x8_0000",
            ][..],
            "must lie behind `flash.areas.primary`",
        ),
        (
            &["flash.areas.entropy_seed.size_bytes=0x1000"],
            "two slots of whole sectors",
        ),
        (
            &["flash.areas.entropy_seed.size_bytes=0x3000"],
            "two slots of whole sectors",
        ),
        (
            &["flash.program_unit_bytes=64"],
            "program units of that size",
        ),
        (
            &[
                "flash.sector_bytes=0x400",
                "flash.areas.otp.size_bytes=0x400",
            ],
            "less than an OTP area has",
        ),
        (
            &["flash.size_bytes=0xFF_F800"],
            "the flash is erased by sector",
        ),
        (
            &["flash.origin=0x8000_0800"],
            "sectors are erased by address",
        ),
        (&["memory.boot_data_bytes=0x40"], "no room for boot data"),
        (
            &["flash.size_bytes=0x2000_0000"],
            "one security alias into the other",
        ),
        (
            &[
                "flash.sector_bytes=0x100",
                "flash.areas.primary.offset_bytes=0x10_0100",
                "flash.areas.secondary.offset_bytes=0x20_0100",
            ],
            "no multiple of 0x200",
        ),
    ] {
        let text = problem(settings);
        assert!(text.contains(words), "{settings:?}: {text}");
    }
}
