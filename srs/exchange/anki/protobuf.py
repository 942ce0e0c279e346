"""The little of protobuf's wire format that Anki's packages need.

Source: https://protobuf.dev/programming-guides/encoding/. Groups, which proto3 cannot write, are
refused.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

Value = int | float | bytes

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_LONGEST_VARINT = 10


class ProtobufError(ValueError):
    """The bytes are no protobuf message."""


def fields(message: bytes) -> Iterator[tuple[int, Value]]:
    """Yield the number and the value of every field: an int, a float (fixed 32 or 64), or bytes.

    Raises ProtobufError when the message is damaged.
    """
    position = 0
    size = len(message)
    while position < size:
        tag, position = _varint(message, position)
        sort = tag & 7
        if sort == _VARINT:
            number, position = _varint(message, position)
            yield tag >> 3, number
        elif sort == _BYTES:
            length, position = _varint(message, position)
            if length > size - position:
                raise ProtobufError("a field is longer than the message")
            yield tag >> 3, message[position : position + length]
            position += length
        elif sort in (_FIXED32, _FIXED64):
            width = 4 if sort == _FIXED32 else 8
            if width > size - position:
                raise ProtobufError("a number is longer than the message")
            form = "<f" if sort == _FIXED32 else "<d"
            yield tag >> 3, struct.unpack_from(form, message, position)[0]
            position += width
        else:
            raise ProtobufError(f"a field has the unknown type {sort}")


def last(message: bytes) -> dict[int, Value]:
    """Return the last value of every field, which is what a field that does not repeat has."""
    return dict(fields(message))


def text(value: Value | None) -> str:
    """Return a field's value as text; empty where there is none or it is a number."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _varint(message: bytes, position: int) -> tuple[int, int]:
    value = 0
    for count in range(_LONGEST_VARINT):
        if position >= len(message):
            raise ProtobufError("a number is cut off")
        byte = message[position]
        position += 1
        value |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            return value, position
    raise ProtobufError("a number is too long")
