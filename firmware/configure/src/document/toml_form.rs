// SPDX-License-Identifier: Apache-2.0
//! TOML as a document.

use super::{Content, Entry, MAXIMUM_DEPTH, Mistake, Node};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(super) fn parse(text: &str) -> Result<Node, Mistake> {
    let form = Form { text };
    let table = DeTable::parse(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        Mistake::new(form.line(offset), error.message())
    })?;
    Ok(Node {
        line: 1,
        content: form.table(table.get_ref(), 1)?,
    })
}

struct Form<'a> {
    text: &'a str,
}

impl Form<'_> {
    fn line(&self, offset: usize) -> usize {
        let before = self.text.bytes().take(offset);
        1 + before.filter(|byte| *byte == b'\n').count()
    }

    fn table(&self, table: &DeTable<'_>, depth: usize) -> Result<Content, Mistake> {
        let entries = table.iter().map(|(key, value)| {
            Ok(Entry {
                key: key.get_ref().to_string(),
                line: self.line(key.span().start),
                value: self.node(value, depth + 1)?,
            })
        });
        Ok(Content::Table(entries.collect::<Result<_, _>>()?))
    }

    fn node(&self, value: &Spanned<DeValue<'_>>, depth: usize) -> Result<Node, Mistake> {
        let line = self.line(value.span().start);
        if depth > MAXIMUM_DEPTH {
            return Err(Mistake::new(line, "is nested too deep"));
        }
        let as_written = || Content::Text(self.text[value.span()].to_string());
        let content = match value.get_ref() {
            DeValue::Boolean(flag) => Content::Flag(*flag),
            DeValue::Integer(integer) => {
                u64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix())
                    .map_or_else(|_| as_written(), Content::Number)
            }
            DeValue::String(text) => Content::Text(text.to_string()),
            DeValue::Float(_) | DeValue::Datetime(_) => as_written(),
            DeValue::Array(items) => {
                let items = items.iter().map(|item| self.node(item, depth + 1));
                Content::List(items.collect::<Result<_, _>>()?)
            }
            DeValue::Table(table) => self.table(table, depth)?,
        };
        Ok(Node { line, content })
    }
}
