"""`python -m tests.planted [words]`: plant each mistake in a copy of the tree and run what should catch it.

A mistake that no test catches, or that can no longer be planted because the code has changed, is a failure.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.planted.mistakes import MISTAKES, Mistake

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", "var")
LONGEST = 300


def main() -> int:
    chosen = [one for one in MISTAKES if all(word in one.name for word in sys.argv[1:])]
    results = {one.name: caught(one) for one in chosen}
    good = sum(result.startswith("caught") for result in results.values())
    print(f"{good} of {len(chosen)} caught")
    return 0 if good == len(chosen) else 1


def caught(mistake: Mistake) -> str:
    """Return what came of it, and say so."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="steady-planted-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
        result = plant(mistake, tree) or run(mistake, tree)
    print(f"{result:<28} {time.monotonic() - began:5.0f} s  {mistake.name}", flush=True)
    return result


def plant(mistake: Mistake, tree: Path) -> str | None:
    file = tree / mistake.file
    text = file.read_text(encoding="utf-8")
    if text.count(mistake.right) != 1:
        return "CANNOT BE PLANTED"
    file.write_text(text.replace(mistake.right, mistake.wrong), encoding="utf-8")
    return None


def run(mistake: Mistake, tree: Path) -> str:
    argv = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--no-header", *mistake.tests]
    try:
        done = subprocess.run(argv, cwd=tree, capture_output=True, text=True, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return "NOT ENDED"  # a slow machine must not look like a caught mistake
    if done.returncode == 1:
        return "caught"
    return "NOT CAUGHT" if done.returncode == 0 else f"NO TEST RAN ({done.returncode})"


if __name__ == "__main__":
    sys.exit(main())
