// SPDX-License-Identifier: Apache-2.0
//! Which component a byte of the firmware belongs to.

use crate::crate_name::defining_crate;

/// Bytes between two objects that only align the second.
pub const ALIGNMENT: &str = "alignment";
/// Constants without a name: texts, tables of `match`, promoted values.
pub const READ_ONLY_DATA: &str = "read-only data";

/// What the gateways call: a board exports these, and the manager is compiled into them.
const CLIENT_CALLS: [&str; 4] = ["psa_version", "psa_call", "psa_connect", "psa_close"];

/// Names components by crate and by section.
pub struct ComponentMap {
    /// Crate, component.
    crates: Vec<(String, String)>,
    /// Part of a section's name, component of all that is in it.
    sections: Vec<(String, String)>,
    /// Crates that are not listed, and names that rustc did not mangle.
    rest: String,
}

impl Default for ComponentMap {
    /// The components of Casemate.
    ///
    /// What is not listed is platform: names are unmangled only in assembly and under
    /// `#[unsafe(no_mangle)]`, and unsafe code stands only in the hardware crates.
    fn default() -> Self {
        Self::new(
            &[
                ("crypto", "crypto partition"),
                ("primitives", "crypto primitives"),
                ("kernels", "crypto primitives"),
                ("spm", "SPM"),
                ("psa", "SPM"),
                ("boot", "boot"),
                ("provisioning", "boot"),
                ("recovery", "recovery"),
                ("cbor", "CBOR"),
                ("diagnostics", "diagnostics"),
                ("its", "ITS"),
                ("attestation", "attestation"),
                ("core", "core library"),
                ("compiler_builtins", "core library"),
            ],
            &[
                (".gnu.sgstubs", "veneers"),
                ("stack", "stacks"),
                (".vectors", "platform"),
            ],
            "platform",
        )
    }
}

impl ComponentMap {
    /// A map from crates and sections (by a part of their names) to components; `rest` is the
    /// component of all others.
    pub fn new(crates: &[(&str, &str)], sections: &[(&str, &str)], rest: &str) -> Self {
        let own = |pairs: &[(&str, &str)]| {
            pairs
                .iter()
                .map(|(name, component)| (name.to_string(), component.to_string()))
                .collect()
        };
        Self {
            crates: own(crates),
            sections: own(sections),
            rest: rest.to_owned(),
        }
    }

    /// The component of everything in this section, when its name decides.
    pub(crate) fn of_section(&self, section: &str) -> Option<&str> {
        let found = self
            .sections
            .iter()
            .find(|(part, _)| section.contains(part.as_str()));
        found.map(|(_, component)| component.as_str())
    }

    /// The component of the function or object with this name.
    pub(crate) fn of_symbol(&self, symbol: &str) -> &str {
        if is_anonymous(symbol) {
            return READ_ONLY_DATA;
        }
        let name = match defining_crate(symbol) {
            Some(name) => name,
            None if is_runtime_routine(symbol) => "compiler_builtins".to_owned(),
            None if CLIENT_CALLS.contains(&symbol) => "spm".to_owned(),
            None => return &self.rest,
        };
        let found = self.crates.iter().find(|(listed, _)| *listed == name);
        found.map_or(&self.rest, |(_, component)| component)
    }

    /// The component of bytes that no name and no section claims.
    pub(crate) fn rest(&self) -> &str {
        &self.rest
    }
}

/// Names that the compiler makes up for constants.
pub(crate) fn is_anonymous(symbol: &str) -> bool {
    [".L", "anon.", "str.", "switch.table."]
        .iter()
        .any(|start| symbol.starts_with(start))
}

/// Routines that the compiler calls by fixed names; `compiler_builtins` defines them.
fn is_runtime_routine(symbol: &str) -> bool {
    symbol.starts_with("__aeabi_")
        || ["memcpy", "memmove", "memset", "memcmp", "bcmp", "strlen"].contains(&symbol)
}

#[cfg(test)]
mod tests {
    use super::ComponentMap;

    #[test]
    fn names_decide() {
        let map = ComponentMap::default();
        assert_eq!(
            map.of_symbol("_RNvCs5QzH3LyIQk4_6crypto6pseudo"),
            "crypto partition"
        );
        assert_eq!(map.of_symbol("__aeabi_memcpy4"), "core library");
        assert_eq!(map.of_symbol("psa_call"), "SPM");
        assert_eq!(map.of_symbol("reset"), "platform");
        for (symbol, component) in [
            (
                "_RNvNtNtCshWbuDdZjXYM_7kernels6aes1287encrypt7encrypt",
                "crypto primitives",
            ),
            (
                "_RNvNtCshWbuDdZjXYM_7kernels6sha2568compress",
                "crypto primitives",
            ),
            ("_RNvNtCshWbuDdZjXYM_6armv8m3mpu5start", "platform"),
        ] {
            assert_eq!(map.of_symbol(symbol), component, "{symbol}");
        }
        assert_eq!(
            map.of_symbol(".Lanon.382d2cb904c12b2f1b2476da876f0355.0"),
            "read-only data"
        );
        assert_eq!(map.of_section(".main_stack"), Some("stacks"));
        assert_eq!(map.of_section(".text"), None);
    }
}
