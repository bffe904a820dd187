// SPDX-License-Identifier: Apache-2.0
use super::*;
use crate::manifest::{PartitionType, Priority};

fn partition(module: &str, id: i32, sid: u32, handle: Option<u8>) -> Partition {
    let service = |name: &str, sid| Service {
        name: name.into(),
        sid,
        version: 2,
        version_policy: VersionPolicy::Relaxed,
        stateless_handle: handle,
        mapped_vectors: false,
        non_secure_clients: handle.is_some(),
    };
    Partition {
        module: module.into(),
        manifest: format!("x/{module}.toml"),
        name: format!("SP_{}", module.to_uppercase()),
        partition_type: PartitionType::PsaRot,
        priority: Priority::Low,
        id,
        stack_bytes: None,
        services: vec![service("FIRST", sid), service("SECOND", sid + 1)],
        dependencies: Vec::new(),
        rust: Some([format!("{module}::State"), format!("{module}::NEW")]),
    }
}

#[test]
fn every_partition_has_its_field_its_arm_and_its_identity() {
    let storage = partition("storage", 257, 0x70, Some(3));
    let mut clock = partition("wall_clock", 1000, 0x4c69_0101, None);
    clock.dependencies = vec![("FIRST".into(), 0x70)];
    let text = table(&[storage, clock]).unwrap();
    for line in [
        "    storage: PartitionCell<storage::State>,",
        "    wall_clock: PartitionCell<wall_clock::State>,",
        "            wall_clock: PartitionCell::new(wall_clock::NEW),",
        "        // SECOND of SP_WALL_CLOCK",
        "            sid: 0x4c69_0102,",
        "            version: 2,",
        "            mapped_vectors: false,",
        "            version_policy: VersionPolicy::Relaxed,",
        "            connection_based: true,",
        "            stateless_handle: 0,",
        "            stateless_handle: 3,",
        "            partition: storage::INDEX,",
        "            storage::INDEX => call.serve::<storage::Client, _>(self.storage.borrow()),",
        "            wall_clock::INDEX => call.serve::<wall_clock::Client, _>(self.wall_clock.borrow()),",
        "            storage::INDEX => spm.init_partition::<storage::Client, _>(self.storage.borrow()),",
        "            storage::INDEX => call.serve::<storage::Client, _>(partitions.storage.borrow()),",
        "    const IDS: &'static [ClientId] = &[storage::ID, wall_clock::ID];",
        "    pub enum Client {}",
        "impl<S: System<Partitions = Services>> SecureClient<S> for wall_clock::Client {",
        "    const ID: ClientId = wall_clock::ID;",
        "/// SP_STORAGE, from x/storage.toml: PSA-ROT, priority LOW, stack unsaid.",
        "pub mod wall_clock {",
        "    pub const INDEX: u8 = 1;",
        "    pub const ID: ClientId = ClientId::new(1000);",
        "    pub const DEPENDENCIES: &[u32] = &[];",
        "        0x0000_0070, // FIRST",
    ] {
        assert!(text.lines().any(|own| own == line), "{line}\n{text}");
    }
    assert_eq!(text.matches("Service {\n").count(), 4);
    // Only the second partition calls another one.
    assert_eq!(text.matches("(partitions: &Services,").count(), 1);
}

#[test]
fn a_partition_is_named_in_rust() {
    let mut storage = partition("storage", 257, 0x70, Some(3));
    storage.rust = None;
    let text = table(&[storage]).unwrap_err().to_string();
    assert!(text.starts_with("x/storage.toml: `rust_type`"), "{text}");
}
