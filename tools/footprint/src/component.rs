// SPDX-License-Identifier: Apache-2.0
//! Which component a byte of the firmware belongs to.

use crate::crate_name::defining_crate;

/// Bytes between two objects that only align the second.
pub const ALIGNMENT: &str = "alignment";
/// Constants without a name: texts, tables of `match`, promoted values.
pub const READ_ONLY_DATA: &str = "read-only data";

const PLATFORM: &str = "platform";
/// Components whose types hold the states of partitions, or are parts of them.
const NO_PARTITIONS: [&str; 6] = [
    PLATFORM,
    "SPM",
    "core library",
    "crypto primitives",
    "boot",
    "CBOR",
];

/// What the gateways call: a board exports these, and the manager is compiled into them.
const CLIENT_CALLS: [&str; 4] = ["psa_version", "psa_call", "psa_connect", "psa_close"];

/// Names components by crate and by section.
pub struct ComponentMap {
    /// Crate, component.
    crates: Vec<(String, String)>,
    /// Part of a section's name, component of all that is in it.
    sections: Vec<(String, String)>,
    /// Names that rustc did not mangle.
    rest: String,
}

impl Default for ComponentMap {
    /// The components of Casemate.
    ///
    /// What is not mangled is platform: that is assembly and what stands under
    /// `#[unsafe(no_mangle)]`, and unsafe code stands only in the hardware crates. A crate that is
    /// not listed, like a partition of a product, is a component by its own name.
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
                ("firmware_update", "firmware update"),
                ("firmware", PLATFORM),
                ("entropy", PLATFORM),
                ("flash", PLATFORM),
                ("armv8m", PLATFORM),
                ("gateway", PLATFORM),
                ("sse200", PLATFORM),
                ("an521", PLATFORM),
                ("an505", PLATFORM),
                // The program that the images are made of.
                ("secure", PLATFORM),
                ("core", "core library"),
                ("compiler_builtins", "core library"),
            ],
            &[
                (".gnu.sgstubs", "veneers"),
                ("stack", "stacks"),
                (".vectors", PLATFORM),
            ],
            PLATFORM,
        )
    }
}

impl ComponentMap {
    /// A map from crates and sections (by a part of their names) to components; `rest` is the
    /// component of names that rustc did not mangle.
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
    pub(crate) fn of_symbol(&self, symbol: &str) -> String {
        if is_anonymous(symbol) {
            return READ_ONLY_DATA.to_owned();
        }
        let name = match defining_crate(symbol) {
            Some(name) => name,
            None if is_runtime_routine(symbol) => "compiler_builtins".to_owned(),
            None if CLIENT_CALLS.contains(&symbol) => "spm".to_owned(),
            None => return self.rest.clone(),
        };
        self.of_crate(&name).to_owned()
    }

    /// The component of a crate: its own name, when it is not listed.
    pub(crate) fn of_crate<'a>(&'a self, name: &'a str) -> &'a str {
        let found = self.crates.iter().find(|(listed, _)| listed == name);
        found.map_or(name, |(_, component)| component)
    }

    /// Whether a type of this crate can be the state of a partition.
    pub(crate) fn is_partition(&self, name: &str) -> bool {
        !["", "alloc", "std"].contains(&name) && !NO_PARTITIONS.contains(&self.of_crate(name))
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
        let of_a_product = "_RNvCs5QzH3LyIQk4_6thermo5value";
        assert_eq!(map.of_symbol(of_a_product), "thermo");
        assert_eq!(map.of_section(".main_stack"), Some("stacks"));
        assert_eq!(map.of_section(".text"), None);
    }
}
