// SPDX-License-Identifier: Apache-2.0
//! Each key alone at its extremes: the configuration is complete, or refused with a reason that
//! names the key and the place that set it. What is accepted is built by `cargo xtask test`.

use crate::request;
use configure::load;
use configure::schema::KEYS;

#[test]
fn each_key_at_its_extremes_is_accepted_or_refused_by_name() {
    let (mut accepted, mut refused, mut wrong) = (0, 0, Vec::new());
    for key in KEYS {
        for value in key.extremes() {
            let setting = format!("{}={value}", key.name);
            match load(&request(&[&setting])) {
                Ok(_) => accepted += 1,
                Err(problems) => {
                    refused += 1;
                    let text = problems.to_string();
                    if !text.contains(key.name) || !text.contains("--set") {
                        wrong.push(format!("{setting}: {text}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(accepted > KEYS.len(), "{accepted} accepted");
    assert!(refused > KEYS.len() / 2, "{refused} refused");
}
