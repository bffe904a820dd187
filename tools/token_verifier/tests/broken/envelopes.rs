// SPDX-License-Identifier: Apache-2.0
//! Tokens whose envelope is broken.

use super::*;

pub fn all() -> Vec<Broken> {
    let good = || Draft::of(&claims(RFC));
    let tagged = |tag| Draft { tag, ..good() }.seal();
    let mut long = token(RFC);
    long.push(0);
    let (draft, empty) = (good(), map(&[]));
    let parts = |payload: Vec<u8>, mac: Vec<u8>| {
        draft.close(&[bytes(&draft.protected), empty.clone(), payload, mac])
    };
    let mut indefinite = item(|encoder| drop(encoder.tag(minicbor::data::Tag::new(17))));
    indefinite.extend([0x9F, 0xFF]);
    vec![
        ("nothing", Vec::new(), "the token is not well-formed CBOR"),
        ("no tag", tagged(None), "the token is not tagged"),
        ("another tag", tagged(Some(61)), "tag 61 is neither"),
        (
            "three parts",
            draft.close(&[bytes(&[]), empty.clone(), bytes(&[])]),
            "the COSE structure has 3 parts",
        ),
        ("no length", indefinite, "the token has no definite length"),
        (
            "more behind it",
            long,
            "1 bytes stand behind the end of the token",
        ),
        (
            "no payload",
            parts(item(|e| drop(e.null())), bytes(&draft.mac())),
            "the token has no payload",
        ),
        (
            "a cut MAC",
            parts(bytes(&draft.payload), bytes(&draft.mac()[..16])),
            "the MAC has 16 bytes instead of 32",
        ),
        (
            "a wrong MAC",
            parts(bytes(&draft.payload), bytes(&[0; 32])),
            "the MAC is wrong",
        ),
        (
            "no algorithm",
            with_protected(map(&[])),
            "the protected header names no algorithm",
        ),
        (
            "a weak algorithm",
            with_protected(map(&[(1, integer(4))])),
            "algorithm 4 is not the one",
        ),
        (
            "a critical extension",
            with_protected(map(&[(1, integer(5)), (2, array(&[]))])),
            "the token demands",
        ),
        (
            "the algorithm twice",
            with_protected(map(&[(1, integer(5)), (1, integer(5))])),
            "header parameter 1 stands twice",
        ),
        (
            "bytes behind the protected header's map",
            with_protected([map(&[(1, integer(5))]), vec![0]].concat()),
            "1 bytes stand behind the end of the protected header",
        ),
        (
            "another algorithm in the unprotected header",
            with_unprotected(map(&[(1, integer(4))])),
            "header parameter 1 stands in both headers",
        ),
        (
            "the algorithm in both headers",
            with_unprotected(map(&[(1, integer(5))])),
            "header parameter 1 stands in both headers",
        ),
        (
            "a text twice in the protected header",
            with_protected(texts_twice(integer(5))),
            "a map in the protected header has a key twice",
        ),
        (
            "a text twice in the unprotected header",
            with_unprotected(texts_twice(integer(7))),
            "a map in the unprotected header has a key twice",
        ),
        (
            "a long number in the protected header",
            with_protected(vec![0xA1, 0x01, 0x18, 0x05]),
            "the protected header has a number or a length that is not",
        ),
        (
            "a long length of the payload",
            draft.close(&[
                bytes(&draft.protected),
                empty.clone(),
                long_bytes(&draft.payload),
                bytes(&draft.mac()),
            ]),
            "the token has a number or a length that is not",
        ),
        (
            "a header that is no map",
            with_protected(integer(5)),
            "the protected header is not well-formed",
        ),
    ]
}
