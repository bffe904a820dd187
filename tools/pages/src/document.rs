// SPDX-License-Identifier: Apache-2.0
//! The frame of a page.

use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// A page.
pub struct Document<'a> {
    /// Its heading.
    pub title: &'a str,
    /// What it is of: a line below the heading.
    pub subject: &'a str,
    /// Its sections: the name for links, the heading and the content of each.
    pub sections: Vec<(&'a str, &'a str, Markup)>,
    /// Scripts of ours that it needs.
    pub scripts: &'a [&'a str],
}

impl Document<'_> {
    /// The whole file.
    pub fn to_html(&self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    // A browser would ask for a picture otherwise.
                    link rel="icon" href="data:,";
                    title { (self.title) ": " (self.subject) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header {
                        h1 { (self.title) }
                        p.subject { (self.subject) }
                        nav aria-label="Sections" {
                            @for (name, heading, _) in &self.sections {
                                a href={ "#" (name) } { (heading) }
                            }
                        }
                    }
                    main {
                        @for (name, heading, content) in &self.sections {
                            section id=(name) aria-labelledby={ (name) "-heading" } {
                                h2 id={ (name) "-heading" } { (heading) }
                                (content)
                            }
                        }
                    }
                    @for script in self.scripts {
                        script { (PreEscaped(script)) }
                    }
                }
            }
        };
        page.into_string()
    }
}

/// A table: what the columns are, and rows of cells; all but the first are numbers.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> Markup {
    html! {
        div.scroll {
            table {
                thead {
                    tr {
                        @for cell in head { th scope="col" { (cell) } }
                    }
                }
                tbody {
                    @for row in rows {
                        tr {
                            @for (column, cell) in row.iter().enumerate() {
                                @if column == 0 {
                                    th scope="row" { (cell) }
                                } @else {
                                    td class=[tone(cell)] { (cell) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A change is coloured.
fn tone(cell: &str) -> Option<&'static str> {
    match cell.chars().next() {
        Some('+') => Some("more"),
        Some('\u{2212}') => Some("less"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped() {
        let hostile = "<script>alert('1')</script>&\"";
        let page = Document {
            title: hostile,
            subject: hostile,
            sections: vec![("a", hostile, table(&[hostile], &[vec![hostile.into()]]))],
            scripts: &[],
        };
        let text = page.to_html();
        assert!(!text.contains("<script"), "{text}");
        assert_eq!(text.matches("&lt;script&gt;").count(), 8);
    }

    #[test]
    fn nothing_comes_from_elsewhere() {
        for foreign in ["http:", "https:", "@import", "url("] {
            assert!(!STYLE.contains(foreign), "{foreign}");
        }
    }
}
