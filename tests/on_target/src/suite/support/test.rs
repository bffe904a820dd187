// SPDX-License-Identifier: Apache-2.0
//! Tests with their names.

/// A test: its name, and a function that panics if it fails.
pub type Test = (&'static str, fn());

/// A list of tests. Each is named by its path, `module::function`.
macro_rules! tests {
    ($($module:ident::$function:ident,)*) => {
        &[$((
            concat!(stringify!($module), "::", stringify!($function)),
            $module::$function,
        )),*]
    };
}
pub(crate) use tests;
