// SPDX-License-Identifier: Apache-2.0
//! Formatted text on the console, for `write!` and [`print_line!`](crate::print_line).

use core::fmt;

use diagnostics::Console;

use crate::memory_map::CONSOLE;

/// The console as a writer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text;

impl fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        CONSOLE.text(text);
        Ok(())
    }
}

/// Prints one line on the console; takes the arguments of `format_args!`.
#[macro_export]
macro_rules! print_line {
    ($($argument:tt)*) => {{
        use core::fmt::Write as _;
        // The line never fails: it waits.
        let _ = writeln!($crate::console::Text, $($argument)*);
    }};
}
