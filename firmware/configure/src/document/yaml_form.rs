// SPDX-License-Identifier: Apache-2.0
//! YAML as a document: one of them, of scalars, lists and mappings with scalar keys.

use super::{Content, Entry, MAXIMUM_DEPTH, Mistake, Node, number};
use saphyr_parser::{Event, Parser, ScalarStyle, StrInput};

pub(super) fn parse(text: &str) -> Result<Node, Mistake> {
    let mut form = Form {
        parser: Parser::new_from_str(text),
        line: 1,
    };
    loop {
        match form.next()? {
            Event::StreamStart | Event::DocumentStart(_) => {}
            Event::StreamEnd => return Err(form.mistake("the file is empty")),
            first => {
                let node = form.node(first, 1)?;
                form.end()?;
                return Ok(node);
            }
        }
    }
}

struct Form<'a> {
    parser: Parser<'a, StrInput<'a>>,
    /// Where the last event started.
    line: usize,
}

impl<'a> Form<'a> {
    fn mistake(&self, what: impl Into<String>) -> Mistake {
        Mistake::new(self.line, what)
    }

    fn next(&mut self) -> Result<Event<'a>, Mistake> {
        match self.parser.next() {
            Some(Ok((event, span))) => {
                self.line = span.start.line();
                Ok(event)
            }
            Some(Err(error)) => Err(Mistake::new(error.marker().line(), error.info())),
            None => Ok(Event::StreamEnd),
        }
    }

    /// Nothing may follow the one document.
    fn end(&mut self) -> Result<(), Mistake> {
        loop {
            match self.next()? {
                Event::StreamEnd => return Ok(()),
                Event::DocumentEnd => {}
                _ => return Err(self.mistake("a second document starts")),
            }
        }
    }

    fn node(&mut self, event: Event<'a>, depth: usize) -> Result<Node, Mistake> {
        let line = self.line;
        if depth > MAXIMUM_DEPTH {
            return Err(self.mistake("is nested too deep"));
        }
        let content = match event {
            Event::Scalar(text, style, 0, None) => scalar(&text, style),
            Event::SequenceStart(0, None) => self.list(depth)?,
            Event::MappingStart(0, None) => self.table(depth)?,
            _ => return Err(self.mistake("anchors, aliases and tags have no place in a manifest")),
        };
        Ok(Node { line, content })
    }

    fn list(&mut self, depth: usize) -> Result<Content, Mistake> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                Event::SequenceEnd => return Ok(Content::List(items)),
                event => items.push(self.node(event, depth + 1)?),
            }
        }
    }

    fn table(&mut self, depth: usize) -> Result<Content, Mistake> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let key = match self.next()? {
                Event::MappingEnd => return Ok(Content::Table(entries)),
                Event::Scalar(key, _, 0, None) => key.into_owned(),
                _ => return Err(self.mistake("a key is a word")),
            };
            let line = self.line;
            if entries.iter().any(|entry| entry.key == key) {
                return Err(self.mistake(format!("`{key}` is there twice")));
            }
            let event = self.next()?;
            let value = self.node(event, depth + 1)?;
            entries.push(Entry { key, line, value });
        }
    }
}

/// The core schema of YAML 1.2, as far as a manifest needs it; quotes make text.
fn scalar(text: &str, style: ScalarStyle) -> Content {
    match text {
        _ if style != ScalarStyle::Plain => Content::Text(text.into()),
        "true" | "True" | "TRUE" => Content::Flag(true),
        "false" | "False" | "FALSE" => Content::Flag(false),
        _ => number(text).map_or_else(|| Content::Text(text.into()), Content::Number),
    }
}
