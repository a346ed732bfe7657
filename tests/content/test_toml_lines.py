"""The line of every key is found, however the file is laid out."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.toml_lines import find_lines

LAID_OUT = '''# a comment with [brackets] and = signs
plain = 1
"quoted key" = "a # that is no comment"
dotted.inner = true

many = [
    "one",  # first
    { a = 1, b = "}]" },
    [
        2,
    ],
]
long = """
[not.a.table]
nor = "a key"
"""
raw = \'\'\'C:\\[x]\'\'\'
after = 07:00:00

[table] # note
key = 'lit]eral'

[[rows]]
id = "a"
[rows.deep]
leaf = 1.5
[[rows]]
id = "b"
[[rows.parts]]
x = 1
[[rows.parts]]
x = 2
'''

EXPECTED = {
    ("plain",): 2,
    ("quoted key",): 3,
    ("dotted", "inner"): 4,
    ("many",): 6,
    ("many", 0): 7,
    ("many", 1): 8,
    ("many", 1, "b"): 8,
    ("many", 2, 0): 10,
    ("long",): 13,
    ("raw",): 17,
    ("after",): 18,
    ("table",): 20,
    ("table", "key"): 21,
    ("rows",): 23,
    ("rows", 0): 23,
    ("rows", 0, "id"): 24,
    ("rows", 0, "deep", "leaf"): 26,
    ("rows", 1, "id"): 28,
    ("rows", 1, "parts", 0, "x"): 30,
    ("rows", 1, "parts", 1): 31,
    ("rows", 1, "parts", 1, "x"): 32,
}


def test_the_example_is_toml() -> None:
    assert tomllib.loads(LAID_OUT)["after"].hour == 7


@pytest.mark.parametrize(("path", "line"), EXPECTED.items(), ids=[str(path) for path in EXPECTED])
def test_the_line_of_a_key(path: tuple[str | int, ...], line: int) -> None:
    assert find_lines(LAID_OUT)[path] == line


def test_nothing_is_found_that_is_not_there() -> None:
    assert ("not",) not in find_lines(LAID_OUT)
    assert ("nor",) not in find_lines(LAID_OUT)


@given(st.lists(st.text("ab\"'[]{}=#,\\ \n", max_size=12), max_size=6))
def test_every_key_has_its_line_whatever_the_texts_hold(values: list[str]) -> None:
    """Texts full of brackets, quotes and hashes must not lead the scanner astray."""
    lines = [f"key{index} = {_quoted(value)}" for index, value in enumerate(values)]
    found = find_lines("\n".join(lines))
    assert found == {(f"key{index}",): index + 1 for index in range(len(values))}


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
