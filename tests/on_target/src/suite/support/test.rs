// SPDX-License-Identifier: Apache-2.0
//! Tests with their names and needs.

use super::needs::Need;

/// A test.
pub struct Test {
    /// Its path, `module::function`.
    pub name: &'static str,
    /// What it needs of the configuration.
    pub needs: &'static [Need],
    /// Panics if the test fails; nothing where the configuration lacks a need.
    pub run: Option<fn()>,
}

/// A list of tests: each is the path of a function, and what it needs.
macro_rules! tests {
    ($($module:ident::$function:ident $([$($need:ident),+])?,)*) => {
        &[$({
            use $crate::suite::support::needs::{self, Need};
            const NEEDS: &[Need] = &[$($(needs::$need),+)?];
            $crate::suite::support::test::Test {
                name: concat!(stringify!($module), "::", stringify!($function)),
                needs: NEEDS,
                run: if needs::have_all(NEEDS) { Some($module::$function) } else { None },
            }
        }),*]
    };
}
pub(crate) use tests;
