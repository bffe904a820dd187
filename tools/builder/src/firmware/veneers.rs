// SPDX-License-Identifier: Apache-2.0
//! The import object: the addresses of the secure world's veneers for the non-secure link.
//!
//! An ELF object for Arm (IHI 0044) with absolute function symbols and no code, as a linker
//! makes it by `--out-implib` of the Armv8-M Security Extensions (ECM 0359818).

use anyhow::{Result, bail};
use object::write::{Object, Symbol, SymbolSection};
use object::{
    Architecture, BinaryFormat, Endianness, FileFlags, SymbolFlags, SymbolKind, SymbolScope, elf,
};

/// Bit 0 of the address of a function in Thumb code.
const THUMB: u64 = 1;

/// Whether a symbol is the name of a veneer.
pub fn is_veneer(name: &str) -> bool {
    (name.starts_with("tfm_") && name.ends_with("_veneer"))
        || (name.starts_with("TZ_") && name.ends_with("_S"))
}

/// The object file that defines these veneers.
pub fn import_object(veneers: &[(String, u64)], version: &str) -> Result<Vec<u8>> {
    if veneers.is_empty() {
        bail!("the secure image has no symbol tfm_*_veneer: the non-secure side could not call it");
    }
    let mut object = Object::new(BinaryFormat::Elf, Architecture::Arm, Endianness::Little);
    object.flags = FileFlags::Elf {
        os_abi: elf::ELFOSABI_NONE,
        abi_version: 0,
        e_flags: elf::EF_ARM_EABI_VER5,
    };
    let mut add = |name: &str, value, kind| {
        object.add_symbol(Symbol {
            name: name.as_bytes().to_vec(),
            value,
            size: 0,
            kind,
            scope: SymbolScope::Dynamic,
            weak: false,
            section: SymbolSection::Absolute,
            flags: SymbolFlags::None,
        });
    };
    for (name, address) in veneers {
        add(name, address | THUMB, SymbolKind::Text);
    }
    add(&kit_symbol(version), 0, SymbolKind::Data);
    Ok(object.write()?)
}

/// The symbol by which headers, library and veneers of one kit know each other. Its name is what
/// the linker says when they are not.
pub fn kit_symbol(version: &str) -> String {
    let version: String = version
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '_'
            }
        })
        .collect();
    format!("casemate_{version}_needs_s_veneers_o_of_the_same_kit")
}

#[cfg(test)]
mod tests {
    use super::*;
    use object::{Object as _, ObjectSymbol as _};

    #[test]
    fn veneers_are_known_by_their_names() {
        assert!(is_veneer("tfm_psa_call_veneer"));
        assert!(is_veneer("TZ_LoadContext_S"));
        assert!(!is_veneer("tfm_psa_call"));
        assert!(!is_veneer("psa_call_veneer"));
    }

    #[test]
    fn symbols_are_global_absolute_thumb_functions() {
        let veneers = [("tfm_psa_call_veneer".to_string(), 0x8010_2000)];
        let data = import_object(&veneers, "1.0").unwrap();
        let file = object::File::parse(&*data).unwrap();
        let symbol = file.symbol_by_name("tfm_psa_call_veneer").unwrap();
        assert_eq!(symbol.address(), 0x8010_2001);
        assert!(symbol.is_global() && symbol.kind() == SymbolKind::Text);
        assert_eq!(symbol.section(), object::SymbolSection::Absolute);
        assert!(import_object(&[], "1.0").is_err());
    }

    #[test]
    fn a_symbol_is_a_name_in_c() {
        assert_eq!(
            kit_symbol("1.2.3-rc.1"),
            "casemate_1_2_3_rc_1_needs_s_veneers_o_of_the_same_kit"
        );
    }
}
