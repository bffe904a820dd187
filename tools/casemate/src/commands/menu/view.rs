// SPDX-License-Identifier: Apache-2.0
//! How the menu looks: the list, what is known of the chosen key, problems, estimate, keys.

use super::state::{Mode, State};
use crate::configuration::page;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style, Stylize as _};
use ratatui::text::{Line, Text};
use ratatui::widgets::{Block, Cell, Paragraph, Row, Table, Wrap};

/// Draws all of it.
pub fn draw(frame: &mut Frame<'_>, state: &mut State) {
    let [body, about, sizes, keys] = Layout::vertical([
        Constraint::Min(5),
        Constraint::Length(11),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(frame.area());
    list(frame, state, body);
    explanation(frame, state, about);
    frame.render_widget(Paragraph::new(sizes_of(state)), sizes);
    frame.render_widget(Paragraph::new(keys_of(state)).dim(), keys);
}

fn list(frame: &mut Frame<'_>, state: &mut State, area: Rect) {
    let rows = state.rows();
    let title = match (&state.mode, state.search.as_str()) {
        (Mode::Search, words) => format!(" Search: {words}▏ {} keys ", rows.len()),
        (_, "") => format!(" {} keys over profile {} ", rows.len(), state.profile),
        (_, words) => format!(" {} keys with {words} ", rows.len()),
    };
    let cells = rows.iter().map(|key| {
        let is_chosen = state.overrides.contains_key(key.name);
        let style = match is_chosen {
            true => Style::new().add_modifier(Modifier::BOLD),
            false => Style::new(),
        };
        let mark = if is_chosen { "*" } else { " " };
        Row::new([
            Cell::from(mark),
            Cell::from(key.name),
            Cell::from(state.value(key)),
        ])
        .style(style)
    });
    let widths = [
        Constraint::Length(1),
        Constraint::Length(46),
        Constraint::Min(10),
    ];
    let table = Table::new(cells.collect::<Vec<_>>(), widths)
        .block(Block::bordered().title(title))
        .row_highlight_style(Style::new().add_modifier(Modifier::REVERSED));
    frame.render_stateful_widget(table, area, &mut state.table);
}

fn explanation(frame: &mut Frame<'_>, state: &State, area: Rect) {
    let Some(key) = state.chosen() else {
        let nothing = Paragraph::new("No key has these words. Esc shows all.");
        return frame.render_widget(nothing.block(Block::bordered()), area);
    };
    let mut text = Text::default();
    if let Mode::Edit(value, wrong) = &state.mode {
        text.push_line(Line::from(format!("New value: {value}▏")).bold());
        if let Some(wrong) = wrong {
            text.push_line(Line::from(wrong.clone()).red());
        }
    } else if let Some(problems) = &state.problems {
        let lines = problems
            .lines()
            .map(|line| Line::from(line.to_owned()).red());
        text.extend(lines);
    }
    text.push_line(key.about);
    for (what, value) in page::facts(key, &state.defaults) {
        text.push_line(format!("{what}: {}", value.replace('`', "")));
    }
    let block = Block::bordered().title(format!(" {} ", key.name));
    let paragraph = Paragraph::new(text).wrap(Wrap { trim: true });
    frame.render_widget(paragraph.block(block), area);
}

fn sizes_of(state: &State) -> Line<'static> {
    if state.problems.is_some() {
        return Line::from("This is no configuration yet: it can't be saved.").red();
    }
    match state.estimate() {
        None => Line::from("No sizes are measured over this profile."),
        Some(sum) => {
            let unknown = match sum.unknown {
                0 => String::new(),
                changes => format!("; {changes} changes without a measured cost"),
            };
            Line::from(format!(
                "About: secure flash {}, RAM {}; boot ROM flash {}, RAM {} bytes{unknown}",
                sum.secure_flash, sum.secure_ram, sum.boot_flash, sum.boot_ram
            ))
            .bold()
        }
    }
}

fn keys_of(state: &State) -> &'static str {
    match state.mode {
        Mode::List => "↑↓ choose  Enter change  d default  / search  s save  q leave",
        Mode::Search => {
            "type words of name, meaning or the reference's name  Enter done  Esc all keys"
        }
        Mode::Edit(..) => "Enter takes the value  Esc keeps the old one",
        Mode::Leave => "Leave without writing? y leaves, any other key goes on",
    }
}
