// SPDX-License-Identifier: Apache-2.0
//! A place among tokens, and what can be read there.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A place among the tokens of one group.
pub struct Cursor {
    tokens: Vec<TokenTree>,
    at: usize,
}

impl Cursor {
    /// Before the first token.
    pub fn new(tokens: TokenStream) -> Self {
        Self {
            tokens: tokens.into_iter().collect(),
            at: 0,
        }
    }

    /// Whether no token follows.
    pub fn is_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Passes over a token.
    pub fn advance(&mut self) {
        self.at += 1;
    }

    /// The word here.
    pub fn word(&self) -> Option<String> {
        self.peek_word(0)
    }

    /// The word `distance` tokens further on.
    pub fn peek_word(&self, distance: usize) -> Option<String> {
        match self.tokens.get(self.at + distance)? {
            TokenTree::Ident(ident) => Some(ident.to_string()),
            _ => None,
        }
    }

    /// Whether this sign stands here.
    pub fn has(&self, sign: char) -> bool {
        self.has_at(self.at, sign)
    }

    /// Whether this text stands here, in quotes.
    pub fn has_text(&self, text: &str) -> bool {
        matches!(self.tokens.get(self.at), Some(TokenTree::Literal(literal))
            if literal.to_string().trim_matches('"') == text)
    }

    fn has_at(&self, at: usize, sign: char) -> bool {
        matches!(self.tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
    }

    /// Passes over `::`, if it stands here.
    pub fn separator(&mut self) -> bool {
        let is_first = matches!(self.tokens.get(self.at), Some(TokenTree::Punct(punct))
            if punct.as_char() == ':' && punct.spacing() == Spacing::Joint);
        let is_there = is_first && self.has_at(self.at + 1, ':');
        self.at += if is_there { 2 } else { 0 };
        is_there
    }

    /// Passes over a group of any kind; its content.
    pub fn group(&mut self) -> Option<TokenStream> {
        match self.tokens.get(self.at)? {
            TokenTree::Group(group) => {
                let stream = group.stream();
                self.at += 1;
                Some(stream)
            }
            _ => None,
        }
    }

    /// Passes over a group of this kind, if it stands here.
    pub fn skip_group(&mut self, delimiter: Delimiter) {
        if self.has_group(delimiter) {
            self.at += 1;
        }
    }

    fn has_group(&self, delimiter: Delimiter) -> bool {
        matches!(self.tokens.get(self.at), Some(TokenTree::Group(group))
            if group.delimiter() == delimiter)
    }

    /// Passes over words with `::` between them; the words. A method (`.name::<T>`) is none.
    pub fn path(&mut self) -> Vec<String> {
        let is_method = self.at > 0 && self.has_at(self.at - 1, '.');
        let mut segments = Vec::new();
        while let Some(word) = self.word() {
            segments.push(word);
            self.at += 1;
            if !self.separator() {
                break;
            }
        }
        if is_method { Vec::new() } else { segments }
    }

    /// Passes over an attribute, if one stands here.
    pub fn attribute(&mut self) -> Option<Attribute> {
        if !self.has('#') {
            return None;
        }
        let start = self.at;
        self.at += 1;
        if self.has('!') {
            self.at += 1;
        }
        if self.has_group(Delimiter::Bracket) {
            return self.group().map(Attribute);
        }
        self.at = start;
        None
    }

    /// Passes over an item, or over a field, with its attributes.
    pub fn skip_item(&mut self) {
        while self.attribute().is_some() {}
        let is_part = self
            .word()
            .is_none_or(|word| !BEGINNINGS.contains(&word.as_str()));
        while !self.is_end() {
            let is_last =
                self.has(';') || self.has_group(Delimiter::Brace) || is_part && self.has(',');
            self.at += 1;
            if is_last {
                return;
            }
        }
    }
}

/// Words with which items begin.
const BEGINNINGS: [&str; 14] = [
    "async", "const", "enum", "extern", "fn", "impl", "mod", "pub", "static", "struct", "trait",
    "type", "unsafe", "use",
];

/// An attribute.
pub struct Attribute(TokenStream);

impl Attribute {
    /// Whether what follows exists in tests alone.
    pub fn is_of_tests(&self) -> bool {
        let mut at = Cursor::new(self.0.clone());
        if at.word().as_deref() != Some("cfg") {
            return false;
        }
        at.advance();
        at.group().is_some_and(requires_test)
    }

    /// The file that `path = "…"` names.
    pub fn path(&self) -> Option<String> {
        let mut tokens = self.0.clone().into_iter();
        let is_path = matches!(tokens.next()?, TokenTree::Ident(ident) if ident == "path");
        let literal = tokens.nth(1)?;
        is_path.then(|| literal.to_string().trim_matches('"').to_owned())
    }
}

/// Whether a condition is `test`, or `all(…)` with `test` among others.
fn requires_test(condition: TokenStream) -> bool {
    let mut at = Cursor::new(condition);
    while !at.is_end() {
        match at.word().as_deref() {
            Some("test") => return true,
            Some("all") => {
                at.advance();
                if at.group().is_some_and(requires_test) {
                    return true;
                }
            }
            Some(_) => {
                at.advance();
                at.skip_group(Delimiter::Parenthesis);
            }
            None => at.advance(),
        }
    }
    false
}
