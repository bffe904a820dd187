# SPDX-License-Identifier: Apache-2.0
"""Verifies a token of the device with public implementations of CBOR and COSE.

Usage: verify_token.py TOKEN KEY, both files of hexadecimal digits. Prints the claims, one
`LABEL VALUE` a line; byte strings in hexadecimal. Ends with an error if anything is wrong.
"""

import sys

import cbor2
from pycose.keys import SymmetricKey
from pycose.messages import CoseMessage, Mac0Message


def read(path):
    with open(path, encoding="ascii") as file:
        return bytes.fromhex(file.read())


def show(value):
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list):
        return " ".join("{" + ", ".join(f"{key}: {show(item)}" for key, item in part.items()) + "}" for part in value)
    return str(value)


token, key = (read(path) for path in sys.argv[1:])
message = CoseMessage.decode(token)
if not isinstance(message, Mac0Message):
    sys.exit("the token is no COSE_Mac0")
message.key = SymmetricKey(k=key)
if not message.verify_tag():
    sys.exit("the tag is wrong")
claims = cbor2.loads(message.payload)
# Deterministic encoding: what is encoded again by the rules of RFC 8949, 4.2 is the same.
if cbor2.dumps(claims, canonical=True) != message.payload:
    sys.exit("the payload is not encoded deterministically")
for label, value in claims.items():
    print(label, show(value))
