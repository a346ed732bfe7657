"""Import libraries without what they would bring along if it is there, and we never use."""

from __future__ import annotations

import sys
from collections.abc import Collection
from importlib import import_module


def import_without(unused: Collection[str], libraries: Collection[str]) -> None:
    """Import `libraries` as if the packages `unused` were not installed. Others can import these afterwards."""
    hidden = [name for name in unused if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: "not to be found", as Python has it
    try:
        for library in libraries:
            import_module(library)
    finally:
        for name in hidden:
            del sys.modules[name]
