// SPDX-License-Identifier: Apache-2.0
use super::*;

fn text(text: &str) -> Content {
    Content::Text(text.into())
}

/// The table as `key@line = content`, in order.
fn entries(node: &Node) -> Vec<(&str, usize, &Content)> {
    let Content::Table(entries) = &node.content else {
        panic!("no table: {node:?}")
    };
    let mut seen: Vec<_> = entries
        .iter()
        .map(|entry| (entry.key.as_str(), entry.line, &entry.value.content))
        .collect();
    seen.sort_by_key(|(_, line, _)| *line);
    seen
}

#[test]
fn the_same_values_come_out_of_each_form() {
    let toml = from_toml(
        "m",
        "a = 1\nb = 0x80\nc = \"x\"\nd = true\ne = 1.1\nf = -1\n",
    )
    .unwrap();
    let yaml = from_yaml("m", "a: 1\nb: 0x80\nc: x\nd: true\ne: 1.1\nf: -1\n").unwrap();
    let json =
        "{\n\"a\": 1, \n\t\"b\": 128,\n\t\t\"c\": \"x\",\n\"d\": true,\n\"e\": 1.1,\n\"f\": -1}";
    let json = from_yaml("m", json).unwrap();
    let expected = [
        ("a", Content::Number(1)),
        ("b", Content::Number(0x80)),
        ("c", text("x")),
        ("d", Content::Flag(true)),
        ("e", text("1.1")),
        ("f", text("-1")),
    ];
    for (node, first_line) in [(&toml, 1), (&yaml, 1), (&json, 2)] {
        let lines = (first_line..).zip(&expected);
        let expected: Vec<_> = lines
            .map(|(line, (key, value))| (*key, line, value))
            .collect();
        assert_eq!(entries(node), expected);
    }
}

#[test]
fn quotes_make_text() {
    let node = from_yaml("m", "a: \"true\"\nb: '1'\nc: \"0x80\"\n").unwrap();
    let values: Vec<_> = entries(&node).into_iter().map(|entry| entry.2).collect();
    assert_eq!(values, [&text("true"), &text("1"), &text("0x80")]);
}

#[test]
fn lists_and_comments() {
    let node = from_yaml("m", "# a comment\n{\n  \"a\": [ # here too\n  x, 2],\n}\n").unwrap();
    let Content::List(items) = entries(&node)[0].2 else {
        panic!("no list")
    };
    assert_eq!(items[0].content, text("x"));
    assert_eq!(items[1].content, Content::Number(2));
    assert_eq!(items[0].line, 4);
}

#[test]
fn mistakes_of_form_name_file_and_line() {
    let of = |outcome: Result<Node, Problems>| outcome.expect_err("a mistake").to_string();
    for (bad, start) in [
        ("a: 1\na: 2\n", "m:2: `a` is there twice"),
        ("{\"a\": 1,\n \"b\" 2}", "m:"),
        ("a: &x 1\n", "m:1: anchors"),
        ("a: *x\n", "m:"),
        ("a: !t 1\n", "m:1: anchors"),
        ("? [a]\n: 1\n", "m:1: a key is a word"),
        ("a: 1\n---\nb: 1\n", "m:2: a second document"),
        ("", "m:1: the file is empty"),
        ("# nothing\n", "m:"),
        (
            "a: {b: {c: {d: {e: {f: {g: {h: 1}}}}}}}\n",
            "m:1: is nested",
        ),
    ] {
        let text = of(from_yaml("m", bad));
        assert!(text.starts_with(start), "{bad}: {text}");
    }
    for (bad, start) in [
        ("a = 1\na = 2\n", "m:2: "),
        ("a = \n", "m:1: "),
        ("a = [[[[[[[[[1]]]]]]]]]\n", "m:1: is nested"),
    ] {
        let text = of(from_toml("m", bad));
        assert!(text.starts_with(start), "{bad}: {text}");
    }
}

#[test]
fn words_that_are_numbers() {
    assert_eq!(number("0x00000080"), Some(0x80));
    assert_eq!(number("0x4c69_0101"), Some(0x4c69_0101));
    assert_eq!(number("42"), Some(42));
    for bad in [
        "",
        "0x",
        "0x_",
        "0x+1",
        "-1",
        "+1",
        "1.1",
        "four",
        "0xg",
        "99999999999999999999",
    ] {
        assert_eq!(number(bad), None, "{bad}");
    }
}
