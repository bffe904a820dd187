// SPDX-License-Identifier: Apache-2.0
//! The menu as its user presses keys, on a screen of a test.

use super::*;
use crate::commands::menu::{keys, view};
use configure::Request;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::path::{Path, PathBuf};

fn load(settings: &[String]) -> Result<Effective, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let request = Request {
        workspace: root,
        board: "an521".into(),
        profile: "small".into(),
        product: None,
        files: Vec::<PathBuf>::new(),
        settings: settings.to_vec(),
    };
    configure::load(&request).map_err(|problems| problems.to_string())
}

fn menu() -> State {
    let plain = load(&[]).expect("a configuration");
    State::new("small", plain.clone(), &plain, Box::new(load)).expect("a menu")
}

fn press(state: &mut State, codes: &[KeyCode]) -> Asked {
    let mut asked = Asked::Nothing;
    for code in codes {
        asked = keys::press(state, KeyEvent::new(*code, KeyModifiers::NONE));
    }
    asked
}

fn typed(text: &str) -> Vec<KeyCode> {
    text.chars().map(KeyCode::Char).collect()
}

fn screen(state: &mut State) -> String {
    let mut terminal = Terminal::new(TestBackend::new(100, 30)).expect("a terminal");
    terminal
        .draw(|frame| view::draw(frame, state))
        .expect("a frame");
    terminal.backend().to_string()
}

fn search(state: &mut State, words: &str) {
    press(state, &[KeyCode::Esc, KeyCode::Char('/')]);
    press(state, &typed(words));
    press(state, &[KeyCode::Enter]);
}

#[test]
fn a_search_finds_names_meanings_and_the_references_names() {
    let mut state = menu();
    for (words, found) in [
        ("alg_gcm", "crypto.psa_want_alg_gcm"),
        ("its_buf_size", "its.buffer_bytes"),
        ("rfc9783", "attestation.token_profile"),
    ] {
        search(&mut state, words);
        assert_eq!(state.chosen().map(|key| key.name), Some(found));
        assert!(screen(&mut state).contains(found));
    }
    search(&mut state, "no such words");
    assert_eq!(state.chosen().map(|key| key.name), None);
    assert!(screen(&mut state).contains("No key has these words"));
    // Nothing is chosen, so nothing changes.
    press(
        &mut state,
        &[KeyCode::Enter, KeyCode::Char('d'), KeyCode::Down],
    );
    assert!(!state.is_changed());
}

#[test]
fn a_switch_turns_and_a_choice_goes_round() {
    let mut state = menu();
    search(&mut state, "alg_gcm");
    press(&mut state, &[KeyCode::Enter]);
    assert!(
        state.to_toml().contains(
            "[crypto]\n# Authenticated encryption with AES-GCM.\npsa_want_alg_gcm = true\n"
        )
    );
    press(&mut state, &[KeyCode::Char(' ')]);
    assert!(!state.is_changed());
    search(&mut state, "spm.backend");
    press(&mut state, &[KeyCode::Enter]);
    assert_eq!(state.overrides["spm.backend"], "\"sfn\"");
    press(&mut state, &[KeyCode::Enter]);
    assert!(state.overrides.is_empty());
}

#[test]
fn a_number_is_typed_and_checked() {
    let mut state = menu();
    search(&mut state, "crypto.concurrent_operations");
    press(&mut state, &[KeyCode::Enter, KeyCode::Backspace]);
    press(&mut state, &typed("65"));
    press(&mut state, &[KeyCode::Enter]);
    assert!(screen(&mut state).contains("takes a number from 1 to 64"));
    press(&mut state, &[KeyCode::Backspace, KeyCode::Enter]);
    assert_eq!(state.overrides["crypto.concurrent_operations"], "6");
    press(&mut state, &[KeyCode::Char('d')]);
    assert!(!state.is_changed());
}

#[test]
fn what_is_no_configuration_is_told_and_not_saved() {
    let mut state = menu();
    search(&mut state, "its.buffer_bytes");
    press(&mut state, &[KeyCode::Enter]);
    press(&mut state, &typed("1"));
    press(&mut state, &[KeyCode::Enter]);
    assert!(screen(&mut state).contains("no configuration yet"));
    assert_eq!(press(&mut state, &[KeyCode::Char('s')]), Asked::Nothing);
    press(&mut state, &[KeyCode::Char('d')]);
    assert_eq!(press(&mut state, &[KeyCode::Char('s')]), Asked::Save);
}

#[test]
fn leaving_with_changes_asks_first() {
    let mut state = menu();
    assert_eq!(press(&mut state, &[KeyCode::Char('q')]), Asked::Leave);
    search(&mut state, "alg_gcm");
    press(&mut state, &[KeyCode::Enter]);
    assert_eq!(press(&mut state, &[KeyCode::Char('q')]), Asked::Nothing);
    assert!(screen(&mut state).contains("Leave without writing?"));
    assert_eq!(press(&mut state, &[KeyCode::Char('n')]), Asked::Nothing);
    assert_eq!(
        press(&mut state, &[KeyCode::Char('q'), KeyCode::Char('y')]),
        Asked::Leave
    );
}
