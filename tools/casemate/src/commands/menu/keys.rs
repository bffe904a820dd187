// SPDX-License-Identifier: Apache-2.0
//! What the keys of the keyboard do.

use super::state::{Asked, Mode, State};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Rows of a page.
const PAGE: isize = 10;

/// Does what the key asks for.
pub fn press(state: &mut State, key: KeyEvent) -> Asked {
    if key.modifiers.contains(KeyModifiers::CONTROL) && key.code == KeyCode::Char('c') {
        return Asked::Leave;
    }
    match state.mode.clone() {
        Mode::List => return in_list(state, key.code),
        Mode::Search => in_search(state, key.code),
        Mode::Edit(text, _) => in_value(state, text, key.code),
        Mode::Leave => match key.code {
            KeyCode::Char('y') => return Asked::Leave,
            _ => state.mode = Mode::List,
        },
    }
    Asked::Nothing
}

fn in_list(state: &mut State, code: KeyCode) -> Asked {
    match code {
        KeyCode::Up | KeyCode::Char('k') => state.step(-1),
        KeyCode::Down | KeyCode::Char('j') => state.step(1),
        KeyCode::PageUp => state.step(-PAGE),
        KeyCode::PageDown => state.step(PAGE),
        KeyCode::Home => state.step(isize::MIN),
        KeyCode::End => state.step(isize::MAX),
        KeyCode::Enter | KeyCode::Char(' ') => state.change(),
        KeyCode::Delete | KeyCode::Backspace | KeyCode::Char('d') => state.reset(),
        KeyCode::Char('/') => state.mode = Mode::Search,
        KeyCode::Esc if !state.search.is_empty() => {
            state.search.clear();
            state.step(0);
        }
        KeyCode::Char('s') if state.problems.is_none() => return Asked::Save,
        KeyCode::Char('q') | KeyCode::Esc if !state.is_changed() => return Asked::Leave,
        KeyCode::Char('q') => state.mode = Mode::Leave,
        _ => {}
    }
    Asked::Nothing
}

fn in_search(state: &mut State, code: KeyCode) {
    match code {
        KeyCode::Enter => state.mode = Mode::List,
        KeyCode::Esc => {
            state.search.clear();
            state.mode = Mode::List;
        }
        KeyCode::Backspace => {
            state.search.pop();
        }
        KeyCode::Char(letter) => state.search.push(letter),
        _ => {}
    }
    state.step(isize::MIN);
}

fn in_value(state: &mut State, mut text: String, code: KeyCode) {
    match code {
        KeyCode::Enter => return state.accept(&text),
        KeyCode::Esc => {
            state.mode = Mode::List;
            return;
        }
        KeyCode::Backspace => {
            text.pop();
        }
        KeyCode::Char(letter) => text.push(letter),
        _ => {}
    }
    state.mode = Mode::Edit(text, None);
}
