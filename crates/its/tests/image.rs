// SPDX-License-Identifier: Apache-2.0
//! A flash in a file, as behind an emulated device, and the look into it.

mod common;

use std::{env, fs, path::PathBuf, process};

use common::{CRYPTO, Client, NON_SECURE, TestIts};
use flash::{Flash as _, Geometry, fake::FileFlash};
use its::{
    Its,
    host::inspect::{Role, inspect},
};
use psa::Status;

const GEOMETRY: Geometry = Geometry {
    sector_count: 4,
    sector_bytes: 4096,
    program_unit_bytes: 4,
};
const ORIGIN_BYTES: u64 = 0x4000;

#[test]
fn the_partition_takes_the_ram_that_is_told() {
    const BUFFER_BYTES: usize = 32;
    struct Nothing;
    impl flash::Flash for Nothing {
        fn geometry(&self) -> Geometry {
            GEOMETRY
        }
        fn read(&self, _: usize, _: &mut [u8]) -> Result<(), flash::Error> {
            Err(flash::Error::Failed)
        }
        fn program(&mut self, _: usize, _: &[u8]) -> Result<(), flash::Error> {
            Err(flash::Error::Failed)
        }
        fn erase(&mut self, _: usize) -> Result<(), flash::Error> {
            Err(flash::Error::Failed)
        }
    }
    let bytes = size_of::<TestIts<Nothing, 12, 512, BUFFER_BYTES>>() - BUFFER_BYTES;
    println!("{bytes} bytes beside the buffer");
    assert!(bytes <= 200);
}

/// A file that is removed in the end.
struct Image(PathBuf);

impl Image {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("its-{name}-{}", process::id()));
        fs::write(&path, vec![0xFF; 0x8000]).unwrap();
        Self(path)
    }

    fn flash(&self) -> FileFlash {
        FileFlash::open(&self.0, ORIGIN_BYTES, GEOMETRY).unwrap()
    }
}

impl Drop for Image {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn a_file_keeps_objects_and_nothing_else_of_it_changes() {
    let image = Image::new("keeps");
    let mut its: TestIts<FileFlash, 10, 512, 32> = Its::new(image.flash());
    for round in 0..200u8 {
        let uid = u64::from(round) % 4 + 1;
        assert_eq!(its.set(NON_SECURE, uid, &[round; 100], 0), Status::SUCCESS);
    }
    let mut its: TestIts<FileFlash, 10, 512, 32> = Its::new(image.flash());
    assert_eq!(its.get(NON_SECURE, 4), Ok(vec![199; 100]));
    let bytes = fs::read(&image.0).unwrap();
    assert_eq!(bytes.len(), 0x8000);
    assert!(bytes[..0x4000].iter().all(|byte| *byte == 0xFF));
}

#[test]
fn a_file_has_the_habits_of_flash() {
    let image = Image::new("habits");
    let mut flash = image.flash();
    assert_eq!(flash.program(8, b"once"), Ok(()));
    assert!(flash.program(8, b"once").is_err());
    assert!(flash.program(6, b"half").is_err());
    assert!(flash.program(12, b"odd").is_err());
    assert!(flash.program(0x4000, b"away").is_err());
    assert!(flash.erase(4).is_err());
    assert!(flash.erase(0x4000).is_err());
    assert!(flash.read(0x3FFE, &mut [0; 4]).is_err());
    assert_eq!(flash.erase(0), Ok(()));
    let mut bytes = [0; 4];
    assert_eq!(flash.read(8, &mut bytes), Ok(()));
    assert_eq!(bytes, [0xFF; 4]);
    assert!(FileFlash::open(&image.0, 0x4004, GEOMETRY).is_err());
    let mut reader = FileFlash::open_to_read(&image.0, 0, GEOMETRY).unwrap();
    assert!(reader.program(8, b"none").is_err());
}

#[test]
fn the_report_tells_sectors_objects_and_damage() {
    let image = Image::new("report");
    let blank = inspect(&image.flash());
    assert_eq!(blank.objects, []);
    assert_eq!(blank.problems, [""; 0]);
    let mut sectors = blank.sectors.iter();
    assert!(sectors.all(|sector| sector.role == Role::Erased));

    let mut its: TestIts<FileFlash, 10, 512, 32> = Its::new(image.flash());
    its.set(NON_SECURE, 7, b"theirs", 2);
    its.set(CRYPTO, 7, &[0xC5; 40], 1);
    let report = inspect(its.flash());
    assert_eq!(report.problems, [""; 0]);
    assert_eq!(report.sectors[0].role, Role::Newest);
    assert_eq!(report.sectors[0].sequence, Some(1));
    assert_eq!(report.sectors[0].erase_count, Some(1));
    let object = |owner| {
        let mut objects = report.objects.iter();
        let found = objects.find(|object| object.identity.unwrap().owner() == owner);
        found.unwrap()
    };
    assert_eq!(object(NON_SECURE).data.as_deref(), Some(&b"theirs"[..]));
    assert_eq!(
        (object(CRYPTO).flags, object(CRYPTO).identity.unwrap().uid()),
        (1, 7)
    );

    // The data of the second object, below that of the first.
    let mut bytes = fs::read(&image.0).unwrap();
    let found = bytes.iter().position(|byte| *byte == 0xC5).unwrap();
    bytes[found] = 0;
    fs::write(&image.0, bytes).unwrap();
    let report = inspect(&image.flash());
    assert_eq!(report.problems.len(), 1, "{:?}", report.problems);
    assert_eq!(
        report
            .objects
            .iter()
            .filter(|object| object.data.is_none())
            .count(),
        1
    );
}
