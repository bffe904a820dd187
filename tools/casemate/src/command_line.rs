// SPDX-License-Identifier: Apache-2.0
//! Reads the command line; the option `--verbose` stands before or behind every command.

use builder::report;
use clap::{Arg, ArgAction, ArgMatches, Command, Parser};
use std::ffi::OsString;

const VERBOSE: &str = "verbose";
const SHORT: char = 'v';

/// Reads the words of a command line, the program's name first. A mistake ends the program with what
/// is wrong; so does `--help`.
pub fn parse<C: Parser>(words: impl IntoIterator<Item = OsString>) -> C {
    let matches = with_verbose(C::command(), true).get_matches_from(words);
    if is_verbose(&matches) {
        report::show_commands();
    }
    C::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// Adds the option; `-v` too, unless the command has an option of that letter, as `sign` has.
fn with_verbose(command: Command, is_first: bool) -> Command {
    let has_short = command
        .get_arguments()
        .any(|argument| argument.get_short() == Some(SHORT));
    let option = Arg::new(VERBOSE)
        .long(VERBOSE)
        .action(ArgAction::SetTrue)
        .display_order(1000)
        .help("Show each command that is started");
    let option = if has_short {
        option
    } else {
        option.short(SHORT)
    };
    let command = command.arg(option.hide_short_help(!is_first));
    command.mut_subcommands(|command| with_verbose(command, false))
}

fn is_verbose(matches: &ArgMatches) -> bool {
    let here = matches.try_get_one(VERBOSE).ok().flatten();
    here.copied().unwrap_or(false)
        || matches
            .subcommand()
            .is_some_and(|(_, matches)| is_verbose(matches))
}
