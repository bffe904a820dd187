// SPDX-License-Identifier: Apache-2.0
//! Sizes of a small image: every byte is in one component.

mod common;

use common::{
    ALLOC, EXECUTE, FUNCTION, LABEL, NOBITS, OBJECT, PROGBITS, Section, Symbol, WRITE, elf,
};
use footprint::component::ComponentMap;
use footprint::fields::Fields;
use footprint::size::{Size, measure};

fn section(name: &'static str, kind: u32, flags: u32, address: u32, data: Vec<u8>) -> Section {
    Section {
        name,
        kind,
        flags: flags | ALLOC,
        address,
        load_address: address,
        data,
    }
}

fn symbol(name: &str, address: u32, size: u32, kind: u8, section: u16) -> Symbol {
    Symbol {
        name: name.into(),
        address,
        size,
        kind,
        section,
    }
}

#[test]
fn components_add_up() {
    let mut data = section(".data", PROGBITS, WRITE, 0x3800_0400, vec![1; 12]);
    data.load_address = 0x1000_0080;
    let sections = [
        section(".vectors", PROGBITS, 0, 0x1000_0000, vec![1; 8]),
        section(".gnu.sgstubs", PROGBITS, EXECUTE, 0x1000_0020, vec![1; 32]),
        section(".text", PROGBITS, EXECUTE, 0x1000_0040, vec![1; 44]),
        section(".rodata", PROGBITS, 0, 0x1000_006C, vec![1; 20]),
        data,
        section(".bss", NOBITS, WRITE, 0x3800_040C, vec![0; 100]),
        section(".main_stack", NOBITS, WRITE, 0x3800_0000, vec![0; 0x400]),
    ];
    let symbols = [
        symbol("tfm_psa_call_veneer", 0x1000_0021, 6, FUNCTION, 1),
        symbol(
            "_RNvCs5QzH3LyIQk4_6crypto6pseudo",
            0x1000_0041,
            10,
            FUNCTION,
            2,
        ),
        // Another name of the same function, and a label of the linker script in it.
        symbol("alias", 0x1000_0041, 10, FUNCTION, 2),
        symbol("__mark", 0x1000_0044, 0, LABEL, 2),
        // Two bytes of alignment, then assembly that does not say how long it is.
        symbol("reset", 0x1000_004D, 0, FUNCTION, 2),
        symbol("memcpy", 0x1000_0059, 20, FUNCTION, 2),
        symbol(
            "_RNvCs4CfyhUQdZ49_10primitives1K",
            0x1000_006C,
            8,
            OBJECT,
            3,
        ),
        symbol("_RNvCs4CfyhUQdZ49_3spm5STATE", 0x3800_0400, 12, OBJECT, 4),
        symbol("_RNvCs4CfyhUQdZ49_3spm5TABLE", 0x3800_040C, 90, OBJECT, 5),
    ];
    let image = measure(
        &elf(&sections, &symbols),
        &ComponentMap::default(),
        &Fields::default(),
    )
    .unwrap();
    let expected = [
        ("SPM", 12, 12 + 90),
        // 2 in .text, 24 between .vectors and the veneers; the end of .bss.
        ("alignment", 26, 10),
        ("core library", 20, 0),
        ("crypto partition", 10, 0),
        ("crypto primitives", 8, 0),
        // .vectors, reset.
        ("platform", 8 + 12, 0),
        ("read-only data", 12, 0),
        ("stacks", 0, 0x400),
        ("veneers", 32, 0),
    ];
    let expected = expected.map(|(name, flash, ram)| (name.to_owned(), Size { flash, ram }));
    assert_eq!(
        image.components.clone().into_iter().collect::<Vec<_>>(),
        expected
    );
    assert_eq!(image.flash, 0x8C);
    assert_eq!(image.ram, 0x400 + 12 + 100);
    assert_eq!(
        image
            .components
            .values()
            .map(|size| size.flash)
            .sum::<u64>(),
        image.flash
    );
    assert_eq!(
        image.components.values().map(|size| size.ram).sum::<u64>(),
        image.ram
    );
}
