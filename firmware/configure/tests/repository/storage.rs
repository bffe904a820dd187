// SPDX-License-Identifier: Apache-2.0
//! The store for assets and keys: as many and as large as its area in the flash holds.

use crate::{problem, request};
use configure::load;

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
    // Both keys with the places that set them.
    let text = problem(&["its.max_assets=13"]);
    let words = "--set: `its.max_assets` is 13, but the 16384 bytes of `flash.areas.its` hold 12 \
                 objects of `its.max_asset_bytes`, 512 bytes (profiles/small.toml:";
    assert!(text.starts_with(words), "{text}");
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
