"""Write down what the blind rounds reach now, for the test that holds it: `python3 -m lab.hold`.

`measured` is what each round showed when it was first read, and is never rewritten; `held` are the rounds that are
still outside the corpus, as they are read now.
"""

from __future__ import annotations

import json
import sys

from content.reader_files import load_reader
from lab.corpus import BLIND, read_rows
from lab.score import score_rows

RECORD = BLIND / "held.json"


def main() -> int:
    """Rewrite held.json from the rounds that are there."""
    reader = load_reader()
    held = {
        path.stem: {
            language: {name: round(value, 3) for name, value in score.bars().items()}
            for language, score in score_rows(reader, read_rows([path])).items()
        }
        for path in sorted(BLIND.glob("*.jsonl"))
    }
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    record = {"held": held, "measured": {**held, **record["measured"]}}
    RECORD.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
