"""From bytes to the members of a notebook that grading needs.

Two readers, because real files need both. The first is strict and allocates nothing of the outputs, so that it can
take a notebook with 100 MB of pictures. What it does not take for JSON (NaN in an output, a lone surrogate, a line end
inside a text, bytes that are no UTF-8) goes to the second, which understands all that and needs many times the file's
size; so it takes smaller files only.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import re
from dataclasses import dataclass
from typing import Any

import msgspec

from autograder.errors import NotebookError

LENIENT_BYTES = 32 * 2**20
# Longer ones are no metadata of a cell but what some program has hidden there; and where all together are longer, all
# but short ones are. Read, a byte may take twenty.
_METADATA_BYTES = 2**20
_ALL_METADATA_BYTES = 8 * 2**20
_SHORT_METADATA_BYTES = 2**11
_MOST_ATTACHMENTS = 1000
_SOURCE_BYTES = 16 * 2**20
_MAX_CELLS = 5000
_LONG_NUMBER = 400
_HEAD = 1024

_OTHER_FILES = (
    (re.compile(rb"PK\x03\x04"), "a zip archive; unpack it first, or give it to `autograder collect --zip`"),
    (re.compile(rb"%PDF"), "a PDF; ask for the .ipynb file"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8"), "a picture; ask for the .ipynb file"),
    (re.compile(rb"\x1f\x8b"), "a gzip archive; unpack it first"),
    (
        re.compile(rb"\s*<(?:!doctype|html|\?xml|head|script)", re.IGNORECASE),
        "a web page, perhaps that of a sign-in; download the notebook again",
    ),
)
_Forms = dict[str, str | list[str]]
_Pictures = dict[str, _Forms]
"""The data of each picture, by its kind."""
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Members:
    """What a notebook file holds, unchecked.

    Parameters
    ----------
    cells : list of dict
        Of format 4, or of all worksheets of format 3.
    metadata : object
    notices : tuple of str
    """

    cells: list[Any]
    metadata: Any
    notices: tuple[str, ...] = ()


class _Cell(msgspec.Struct, gc=False):
    # Required: a file of millions of empty cells ends here with the first of them.
    cell_type: str
    source: msgspec.Raw = msgspec.Raw(b'""')
    input: msgspec.Raw = msgspec.Raw(b'""')
    metadata: msgspec.Raw = msgspec.Raw(b"{}")
    id: msgspec.Raw = msgspec.Raw(b'""')
    attachments: msgspec.Raw = msgspec.Raw(b"{}")


class _Sheet(msgspec.Struct):
    cells: list[_Cell]


class _File(msgspec.Struct):
    cells: list[_Cell] | None = None
    worksheets: list[_Sheet] | None = None
    metadata: msgspec.Raw = msgspec.Raw(b"{}")


_STRICT = msgspec.json.Decoder(_File)


def decode(data: bytes | bytearray) -> Members:
    """Read the bytes of a notebook.

    Raises
    ------
    NotebookError
        Where they are none; the text says what they seem to be.
    """
    if not data[:_HEAD].strip(b"\0 \t\r\n") and not data.strip(b"\0 \t\r\n"):
        raise NotebookError("The file is empty; a notebook is wanted.")
    for mark, what in _OTHER_FILES:
        if mark.match(data):
            raise NotebookError(f"The file is no notebook but {what}.")
    try:
        return _strict(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _lenient(data)


def _strict(data: bytes | bytearray) -> Members:
    file = _STRICT.decode(data)
    cells, old = file.cells, file.cells is None and file.worksheets is not None
    if cells is None and file.worksheets is not None:
        cells = [cell for sheet in file.worksheets for cell in sheet.cells]
    if cells is None:
        raise _no_cells()
    _count(cells)
    _weigh(sum(len(memoryview(cell.source)) + len(memoryview(cell.input)) for cell in cells))
    about = sum(len(memoryview(cell.metadata)) + len(memoryview(cell.id)) for cell in cells)
    most = _longest(about)
    read = [_members(cell, most) for cell in cells]
    return Members(_with_line_ends(read) if old else read, _small(file.metadata, _METADATA_BYTES))


def _longest(about: int) -> int:
    """Give how long one cell's metadata may be where those of all cells have so many bytes."""
    return _METADATA_BYTES if about <= _ALL_METADATA_BYTES else _SHORT_METADATA_BYTES


def _members(cell: _Cell, most: int) -> dict[str, Any]:
    return {
        "cell_type": cell.cell_type,
        "source": msgspec.json.decode(cell.source),
        "input": msgspec.json.decode(cell.input),
        "metadata": _small(cell.metadata, most),
        "id": _small(cell.id, most),
        "attachments": _attached(cell.attachments) if cell.cell_type == "markdown" else {},
    }


def _small(raw: msgspec.Raw, most: int) -> Any:  # noqa: ANN401 - it may be anything
    return msgspec.json.decode(raw) if len(memoryview(raw)) <= most else None


def _attached(raw: msgspec.Raw) -> _Pictures:
    """Read pictures as long as they may be, and not very many of them: their base64 holds no colon.

    What is no picture costs none of the others, and nothing of it is allocated.
    """
    pictures: _Pictures = {}
    if bytes(raw).count(b":") > 2 * _MOST_ATTACHMENTS:
        return pictures
    with contextlib.suppress(msgspec.ValidationError):
        for name, forms in msgspec.json.decode(raw, type=dict[str, msgspec.Raw]).items():
            with contextlib.suppress(msgspec.ValidationError):
                pictures[name] = msgspec.json.decode(forms, type=_Forms)
    return pictures


def _lenient(data: bytes | bytearray) -> Members:
    if len(data) > LENIENT_BYTES:
        raise NotebookError(
            f"The file has {len(data):,} bytes and is no strict JSON; such a file may have {LENIENT_BYTES:,}. "
            "Clear its outputs."
        )
    text, notices = _text(data)
    try:
        document = json.loads(text, strict=False, parse_int=_number)
    except json.JSONDecodeError as error:
        raise NotebookError(_why(text, error)) from None
    except RecursionError:
        raise NotebookError("The file is JSON nested too deeply for a notebook.") from None
    members = document if isinstance(document, dict) else {}
    cells, sheets = members.get("cells"), members.get("worksheets")
    old = not isinstance(cells, list) and isinstance(sheets, list)
    if not isinstance(cells, list) and isinstance(sheets, list):
        parts = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        cells = [cell for part in parts if isinstance(part, list) for cell in part]
    if not isinstance(cells, list):
        raise _no_cells()
    _count(cells)
    texts = (text_of(cell.get(name)) for cell in cells if isinstance(cell, dict) for name in ("source", "input"))
    _weigh(sum(len(text.encode()) for text in texts))
    about = sum(_size(cell.get(name)) for cell in cells if isinstance(cell, dict) for name in ("metadata", "id"))
    most = _longest(about)
    read = [_lenient_members(cell, most) for cell in cells if isinstance(cell, dict)]
    metadata = _if_small(members.get("metadata"), _METADATA_BYTES)
    return Members(_with_line_ends(read) if old else read, metadata, notices)


def _lenient_members(cell: dict[str, Any], most: int) -> dict[str, Any]:
    return {
        "cell_type": cell.get("cell_type"),
        "source": cell.get("source"),
        "input": cell.get("input"),
        "metadata": _if_small(cell.get("metadata"), most),
        "id": _if_small(cell.get("id"), most),
        "attachments": _if_pictures(cell.get("attachments")) if cell.get("cell_type") == "markdown" else {},
    }


def _size(value: object) -> int:
    """Give how long a value is in a file; one that is nested too deeply to tell is too long."""
    try:
        return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    except RecursionError:
        return LENIENT_BYTES


def _if_small(value: object, most: int) -> object:
    return value if _size(value) <= most else None


def _if_pictures(value: object) -> _Pictures:
    pictures: _Pictures = {}
    for name, forms in value.items() if isinstance(value, dict) else ():
        with contextlib.suppress(msgspec.ValidationError):
            pictures[name] = msgspec.convert(forms, _Forms)
    return pictures if sum(1 + len(forms) for forms in pictures.values()) <= 2 * _MOST_ATTACHMENTS else {}


def text_of(source: object) -> str:
    """Give the source of a cell, a text or a list of lines, as one text that can be written to a file."""
    text = "".join(map(str, source)) if isinstance(source, list) else source
    if not isinstance(text, str):
        return ""
    # Lone surrogates are legal in JSON and in no file; a question mark cannot change what Python reads. To Python, a
    # line ends alike on every system.
    return text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")


def _with_line_ends(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give lines of texts the ends that format 2 leaves out, and format 3 in its first years."""
    return [{**cell, **{name: _ended(cell[name]) for name in ("source", "input")}} for cell in cells]


def _ended(source: object) -> object:
    if not isinstance(source, list) or not source or str(source[0]).endswith(("\n", "\r")):
        return source
    return "\n".join(map(str, source))


def _text(data: bytes | bytearray) -> tuple[str, tuple[str, ...]]:
    """Decode; JSON's own characters are ASCII, so what cannot be read is at worst a comment or a printed text."""
    notices: tuple[str, ...] = ()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text, notices = data.decode("utf-16", "replace"), ("The file is in UTF-16; UTF-8 is wanted.",)
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            text = data.decode("utf-8-sig", "replace")
            notices = (f"The file is no UTF-8 from byte {error.start} on: what cannot be read of it was replaced.",)
    # A disk that was full, or a computer that went down, leaves zero bytes at the end.
    return text.rstrip("\0 \t\r\n"), notices


def _why(text: str, error: json.JSONDecodeError) -> str:
    if _CONFLICT.search(text):
        return "The file holds the marks of a merge conflict (<<<<<<<), so it is no notebook. Resolve it first."
    if text.lstrip().startswith("{") and not text[error.pos :].strip():
        return "The file ends in the middle of the notebook: it is cut off. Ask for it again."
    if text.lstrip().startswith("{") and error.msg.startswith("Unterminated string"):
        return "The file ends in the middle of the notebook, inside a text: it is cut off. Ask for it again."
    return f"The file is not JSON, so it is no notebook: {error.msg} in line {error.lineno}."


def _count(cells: list[Any]) -> None:
    if len(cells) > _MAX_CELLS:
        raise NotebookError(f"The notebook has {len(cells):,} cells, more than the {_MAX_CELLS:,} allowed.")


def _weigh(size: int) -> None:
    if size > _SOURCE_BYTES:
        raise NotebookError(f"The text of its cells has {size:,} bytes, more than the {_SOURCE_BYTES:,} allowed.")


def _no_cells() -> NotebookError:
    return NotebookError("The file is JSON but has no list of cells, so it is no notebook.")


def _number(digits: str) -> int:
    # Python refuses to read thousands of digits; no number in a notebook that is graded has so many.
    return int(digits) if len(digits) < _LONG_NUMBER else 0
