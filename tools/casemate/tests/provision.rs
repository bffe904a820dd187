// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate provision` on the command line: what it writes, and what it refuses.

mod common;

use common::{effective, root};
use provisioning::{Device, Lifecycle, SigningKeys, record};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output};

const IAK: [u8; 32] = [0x1A; 32];
const HUK: [u8; 32] = [0x40; 32];
const IMPLEMENTATION_ID: [u8; 32] = [0x1D; 32];
const REFERENCE: &str = "0604565272829-10010";
const PUBLIC_KEY_HASH: [u8; 32] = [0x9B; 32];
const SECURITY_COUNTER: u32 = 0x0102_0304;

/// A folder of one test, gone when the test is over.
struct Room(PathBuf);

impl Room {
    fn new(test: &str) -> Self {
        let name = format!("casemate-provision-{test}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Types the command for the flash file `device.bin` of this folder.
    fn provision(&self, options: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_cargo-casemate"))
            .arg("provision")
            .arg(self.path("device.bin"))
            .args(options)
            .current_dir(&self.0)
            .env("CASEMATE_ROOT", root())
            .output()
            .unwrap()
    }

    /// The same, which has to succeed; what it prints.
    fn provisioned(&self, options: &[&str]) -> String {
        let output = self.provision(options);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{told}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The same, which has to fail; what it says.
    fn refused(&self, options: &[&str]) -> String {
        let output = self.provision(options);
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    }

    /// An area of the flash file.
    fn area(&self, name: &str) -> Vec<u8> {
        let effective = effective();
        let number = |word| effective.number(&format!("flash.areas.{name}.{word}")) as usize;
        let flash = fs::read(self.path("device.bin")).unwrap();
        flash[number("offset_bytes")..][..number("size_bytes")].to_vec()
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0); // the system's to clean
    }
}

/// A file of a device that names everything.
fn device_file(initial_attestation_key: &str) -> String {
    format!(
        "initial_attestation_key = \"{initial_attestation_key}\"\n\
         hardware_unique_key = \"{}\"\n\
         implementation_id = \"{}\"\n\
         certification_reference = \"{REFERENCE}\"\n\
         public_key_hash = \"{}\"\n\
         lifecycle = \"secured\"\n\
         security_counter = {SECURITY_COUNTER:#x}\n",
        hex::encode(HUK),
        hex::encode(IMPLEMENTATION_ID),
        hex::encode(PUBLIC_KEY_HASH),
    )
}

#[test]
fn what_a_file_names_is_written() {
    let room = Room::new("file");
    fs::write(room.path("device.toml"), device_file(&hex::encode(IAK))).unwrap();
    let told = room.provisioned(&["--device", "device.toml", "--json"]);

    let otp = room.area("otp");
    let device = Device::read(&otp).unwrap();
    assert_eq!(*device.public_key_hash, PUBLIC_KEY_HASH);
    assert!(!device.has_development_keys);
    assert_eq!(device.lifecycle, Lifecycle::Secured);
    assert_eq!(device.security_counter, SECURITY_COUNTER);
    let secrets = device.secrets.unwrap();
    assert_eq!(*secrets.initial_attestation_key, IAK);
    assert_eq!(*secrets.hardware_unique_key, HUK);
    let identity = device.identity.unwrap();
    assert_eq!(*identity.implementation_id, IMPLEMENTATION_ID);
    assert_eq!(identity.certification_reference, REFERENCE.as_bytes());

    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["public_key_hash"], hex::encode(PUBLIC_KEY_HASH));
    assert!(told["second_public_key_hash"].is_null());
    assert_eq!(SigningKeys::read(&otp), Ok(SigningKeys::default()));
    assert_eq!(told["implementation_id"], hex::encode(IMPLEMENTATION_ID));
    assert_eq!(told["lifecycle"], "0x3000");
    assert_eq!(told["development_keys"], false);
    let told = told.to_string();
    assert!(!told.contains(&hex::encode(IAK)) && !told.contains(&hex::encode(HUK)));
}

#[test]
fn a_device_of_two_keys_trusts_the_second_too() {
    const SECOND: [u8; 32] = [0x2D; 32];
    let room = Room::new("two keys");
    let file = device_file(&hex::encode(IAK));
    let second = format!("second_public_key_hash = \"{}\"\n", hex::encode(SECOND));
    fs::write(room.path("device.toml"), file + &second).unwrap();
    let told = room.provisioned(&["--device", "device.toml", "--json"]);
    let otp = room.area("otp");
    let keys = SigningKeys::read(&otp).unwrap();
    assert_eq!(keys.second_hash, Some(&SECOND));
    assert!(!keys.is_first_revoked);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["second_public_key_hash"], hex::encode(SECOND));

    // That of the configuration is published, though the first is not.
    let room = Room::new("configured keys");
    fs::write(room.path("device.toml"), device_file(&hex::encode(IAK))).unwrap();
    let two = ["--device", "device.toml", "--set", "boot.keys=2"];
    room.provisioned(&[&two[..], &["--lifecycle", "assembly_and_test"]].concat());
    let otp = room.area("otp");
    assert!(Device::read(&otp).unwrap().has_development_keys);
    assert!(SigningKeys::read(&otp).unwrap().second_hash.is_some());
}

#[test]
fn what_no_file_names_is_generated_and_kept_where_it_is_told() {
    let rooms = ["first", "second"].map(Room::new);
    let keys = rooms.each_ref().map(|room| {
        room.provisioned(&["--lifecycle", "provisioning", "--save", "kept.toml"]);
        let otp = room.area("otp");
        let device = Device::read(&otp).unwrap();
        assert_eq!(device.lifecycle, Lifecycle::Provisioning);
        // The key that signs is the published one.
        assert!(device.has_development_keys);
        let secrets = device.secrets.unwrap();
        let keys = [
            *secrets.initial_attestation_key,
            *secrets.hardware_unique_key,
        ];
        let kept = fs::read_to_string(room.path("kept.toml")).unwrap();
        assert!(keys.iter().all(|key| kept.contains(&hex::encode(key))));
        let mode = fs::metadata(room.path("kept.toml")).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
        assert!(room.area("entropy_seed").iter().any(|byte| *byte != 0xFF));
        keys
    });
    let [[one, two], [three, four]] = keys;
    let mut all = vec![one, two, three, four];
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 4, "each key is another one");
    assert_ne!(rooms[0].area("entropy_seed"), rooms[1].area("entropy_seed"));

    // The file that was kept makes the same device again.
    let again = Room::new("again");
    let kept = rooms[0].path("kept.toml");
    again.provisioned(&["--device", kept.to_str().unwrap()]);
    assert_eq!(again.area("otp"), rooms[0].area("otp"));
}

#[test]
fn a_device_is_provisioned_once() {
    let room = Room::new("once");
    let options = ["--lifecycle", "assembly_and_test", "--save", "kept.toml"];
    room.provisioned(&options);
    let before = fs::read(room.path("device.bin")).unwrap();
    fs::remove_file(room.path("kept.toml")).unwrap();
    let told = room.refused(&options);
    assert!(told.contains("was provisioned before"), "{told}");
    assert!(fs::read(room.path("device.bin")).unwrap() == before);
    assert!(!room.path("kept.toml").exists());

    // One byte that was written is enough, wherever it is.
    let effective = effective();
    let [start, size] = ["offset_bytes", "size_bytes"]
        .map(|word| effective.number(&format!("flash.areas.otp.{word}")) as usize);
    let mut flash = before;
    flash[start..start + size].fill(record::ERASED);
    flash[start + size - 1] = 0xFE;
    fs::write(room.path("device.bin"), &flash).unwrap();
    let told = room.refused(&options);
    assert!(told.contains("was provisioned before"), "{told}");
    flash[start + size - 1] = record::ERASED;
    fs::write(room.path("device.bin"), &flash).unwrap();
    room.provisioned(&options);
}

#[test]
fn a_secured_device_has_no_published_key() {
    let room = Room::new("published");
    let refused = |options: &[&str]| {
        let told = room.refused(options);
        assert!(
            told.contains("development keys in a secured device"),
            "{told}"
        );
        assert!(!room.path("device.bin").exists());
    };
    // The key that signs, by default; and each key of the device for development.
    refused(&[]);
    let published = root().join("profiles/keys/development_device.toml");
    let published = fs::read_to_string(published).unwrap();
    for name in ["initial_attestation_key", "hardware_unique_key"] {
        let own = device_file(&hex::encode(IAK));
        let of = |text: &str| {
            let line = text.lines().find(|line| line.starts_with(name));
            line.unwrap().to_owned()
        };
        let mixed = own.replace(&of(&own), &of(&published));
        assert_ne!(mixed, own);
        fs::write(room.path("device.toml"), mixed).unwrap();
        refused(&["--device", "device.toml"]);
    }
    // A device that is not secured may have them, and is marked.
    room.provisioned(&["--device", "device.toml", "--lifecycle", "provisioning"]);
    assert!(
        Device::read(&room.area("otp"))
            .unwrap()
            .has_development_keys
    );
}

#[test]
fn what_is_in_the_way_stays() {
    let room = Room::new("way");
    fs::write(room.path("kept.toml"), "of another device").unwrap();
    let options = ["--lifecycle", "provisioning", "--save", "kept.toml"];
    let told = room.refused(&options);
    assert!(told.contains("kept.toml"), "{told}");
    let kept = fs::read_to_string(room.path("kept.toml")).unwrap();
    assert_eq!(kept, "of another device");
    assert!(!room.path("device.bin").exists());

    fs::write(room.path("device.bin"), "no flash").unwrap();
    let told = room.refused(&options[..2]);
    assert!(told.contains("another size"), "{told}");
    let flash = fs::read_to_string(room.path("device.bin")).unwrap();
    assert_eq!(flash, "no flash");
}
