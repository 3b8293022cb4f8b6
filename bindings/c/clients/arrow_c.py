"""The structs of the Arrow C interfaces, and a table of texts as a stream."""

from __future__ import annotations

import ctypes
from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    c_char_p,
    c_int,
    c_int32,
    c_int64,
    c_void_p,
    cast,
)


class Schema(Structure):
    pass


class Array(Structure):
    pass


class Stream(Structure):
    pass


ReleaseSchema = CFUNCTYPE(None, POINTER(Schema))
ReleaseArray = CFUNCTYPE(None, POINTER(Array))
ReleaseStream = CFUNCTYPE(None, POINTER(Stream))
GetSchema = CFUNCTYPE(c_int, POINTER(Stream), POINTER(Schema))
GetNext = CFUNCTYPE(c_int, POINTER(Stream), POINTER(Array))
GetLastError = CFUNCTYPE(c_void_p, POINTER(Stream))
Schema._fields_ = [
    ("format", c_char_p),
    ("name", c_char_p),
    ("metadata", c_char_p),
    ("flags", c_int64),
    ("n_children", c_int64),
    ("children", POINTER(POINTER(Schema))),
    ("dictionary", POINTER(Schema)),
    ("release", ReleaseSchema),
    ("private_data", c_void_p),
]
Array._fields_ = [
    *[(n, c_int64) for n in ("length", "null_count", "offset", "n_buffers", "n_children")],
    ("buffers", POINTER(c_void_p)),
    ("children", POINTER(POINTER(Array))),
    ("dictionary", POINTER(Array)),
    ("release", ReleaseArray),
    ("private_data", c_void_p),
]
Stream._fields_ = [
    ("get_schema", GetSchema),
    ("get_next", GetNext),
    ("get_last_error", GetLastError),
    ("release", ReleaseStream),
    ("private_data", c_void_p),
]


class Texts:
    """A table of texts, given once; an empty cell is a missing value."""

    def __init__(self, names: list[str], rows: list[list[str]]) -> None:
        self.names, self.rows = names, rows
        self.given = self.released = False
        self.kept: list[object] = []
        self.stream = Stream(
            GetSchema(self.schema),
            GetNext(self.next),
            GetLastError(lambda _: None),
            ReleaseStream(self.release),
        )
        # The library copies the struct, so its callbacks have to live as long as it works.
        self.callbacks = [getattr(self.stream, field) for field, _ in Stream._fields_[:4]]
        self.part = ReleaseSchema(lambda s: setattr(s.contents, "release", ReleaseSchema()))
        self.piece = ReleaseArray(lambda a: setattr(a.contents, "release", ReleaseArray()))

    def keep(self, value: object) -> object:
        self.kept.append(value)
        return value

    def release(self, stream: ctypes._Pointer[Stream]) -> None:
        self.released = True
        stream.contents.release = ReleaseStream()

    def schema(self, _: object, out: ctypes._Pointer[Schema]) -> int:
        fields = [
            ctypes.pointer(self.keep(Schema(b"u", n.encode(), None, 2, 0, None, None, self.part)))
            for n in self.names
        ]
        children = self.keep((POINTER(Schema) * len(fields))(*fields))
        out.contents.__init__(b"+s", b"", None, 0, len(fields), children, None, self.part)
        return 0

    def next(self, _: object, out: ctypes._Pointer[Array]) -> int:
        if self.given:
            out.contents.release = ReleaseArray()
            return 0
        self.given = True
        columns = [self.column(at) for at in range(len(self.names))]
        children = self.keep((POINTER(Array) * len(columns))(*columns))
        none = self.keep((c_void_p * 1)(None))
        rows = len(self.rows)
        out.contents.__init__(rows, 0, 0, 1, len(columns), none, children, None, self.piece)
        return 0

    def column(self, at: int) -> ctypes._Pointer[Array]:
        cells = [row[at].encode() for row in self.rows]
        offsets = [0]
        for cell in cells:
            offsets.append(offsets[-1] + len(cell))
        whole = self.keep((c_int32 * len(offsets))(*offsets))
        data = self.keep(ctypes.create_string_buffer(b"".join(cells)))
        addresses = [None, cast(whole, c_void_p), cast(data, c_void_p)]
        buffers = self.keep((c_void_p * 3)(*addresses))
        column = Array(len(cells), 0, 0, 3, 0, buffers, None, None, self.piece)
        return ctypes.pointer(self.keep(column))


def with_separator(text: str, separator: str) -> Texts:
    """A table whose first line has the names."""
    names, *rows = [line.split(separator) for line in text.splitlines()]
    return Texts(names, rows)
