"""Read a patient's message: rules for what is plain, the model for what is told in other words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from care.reading.dose import dose_said, skip_reason
from care.reading.features import Heard as Parts
from care.reading.features import features, take_apart_as_meant
from care.reading.languages import guess_languages
from care.reading.lexicon import Lexicon
from care.reading.model import Model
from care.reading.plain import asked_about, asks, is_distressed, is_small_talk
from care.reading.said import ANY, FLAGS, SEVERITIES, SYMPTOMS, DoseSaid, Heard, Reading, Span, Strength
from care.reading.spans import spans_of
from care.reading.unmistakable import insisted

LONGEST_READ, OVERLAP = 4000, 300
GRADES = {severity: grade for grade, severity in enumerate(SEVERITIES, 1)}
# By how much less a message must sound suicidal to be asked about it where an overdose was heard: whoever took a
# whole strip seldom says why.
BESIDE_OVERDOSE = 0.4


@dataclass(frozen=True)
class Verdict:
    """What was heard in one language, before it is put together."""

    flags: Mapping[str, Strength]
    symptoms: tuple[str, ...] = ()
    negated: tuple[str, ...] = ()
    severity: str | None = None
    clear_severity: str | None = None
    dose: DoseSaid | None = None
    spans: tuple[Span, ...] = ()
    is_plain: bool = False
    parts: Parts | None = field(default=None, repr=False)


class Reader:
    """Reads messages in the languages it has a lexicon for. Holds no state: the same text reads the same."""

    def __init__(self, lexicons: Mapping[str, Lexicon], model: Model, questions: Sequence[str] = ()) -> None:
        """Keep the lexicons by language, the weights, and the common questions that have an answer."""
        self.lexicons = lexicons
        self.model = model
        self.questions = tuple(questions)

    def read(self, text: str, *, language: str) -> Reading:
        """Return what `text` says. `language` is what its writer chose; what it is really in is looked at too.

        A very long text is read in pieces. Never raises, whatever the text.
        """
        chosen, known = guess_languages(text, language, tuple(self.lexicons))
        verdicts = [self._hear(piece, code, at) for code in chosen for at, piece in _pieces(text)]
        first = verdicts[0]
        asked = asked_about(first.parts, self.questions) if first.parts else None
        clear = _worst(verdict.clear_severity for verdict in verdicts)
        reading = Reading(
            language=chosen[0],
            symptoms=_graded(_union(verdict.symptoms for verdict in verdicts), clear),
            negated=_union(verdict.negated for verdict in verdicts),
            severity=_worst(verdict.severity for verdict in verdicts),
            clear_severity=clear,
            flags=_strongest(verdicts),
            dose=next((verdict.dose for verdict in verdicts if verdict.dose), None),
            reason=skip_reason(first.parts, first.dose) if first.parts else None,
            question=asked,
            known_language=known,
            spans=tuple(dict.fromkeys(span for verdict in verdicts for span in verdict.spans)),
        )
        return _weighed(reading, first.parts, all(verdict.is_plain for verdict in verdicts))

    def _hear(self, text: str, language: str, at: int) -> Verdict:
        parts = take_apart_as_meant(text, self.lexicons[language])
        limits = self.model.thresholds[language]
        scores = insisted(self.model.scores(features(parts, language)), limits, parts)
        verdict = judged(scores, limits)
        labels = [*verdict.flags, *verdict.symptoms, *(f"-{code}" for code in verdict.negated)]
        return replace(
            verdict,
            dose=dose_said(scores, limits, parts, verdict.flags),
            spans=spans_of(self.model, parts, language, labels, at),
            parts=parts,
        )


def judged(scores: Mapping[str, float], limits: Mapping[str, Mapping[str, float]]) -> Verdict:
    """Return what the scores say, but for the dose."""
    over = {label: scores[label] - limit["possible"] for label, limit in limits.items()}
    # The words of a symptom speak for it even where they deny it: it is heard only if its denial speaks no louder.
    had = tuple(code for code in SYMPTOMS if over[code] > 0 and over[code] >= over[f"-{code}"])
    return Verdict(
        flags=_flags(scores, limits),
        symptoms=had,
        negated=tuple(code for code in (*SYMPTOMS, ANY) if over[f"-{code}"] > 0),
        severity=_severity(scores, limits, "possible"),
        clear_severity=_severity(scores, limits, "certain"),
        is_plain=scores["plain"] > limits["plain"]["possible"],
    )


def _flags(scores: Mapping[str, float], limits: Mapping[str, Mapping[str, float]]) -> dict[str, Strength]:
    found = {flag: _strength(scores[flag], limits[flag]) for flag in FLAGS}
    if found["overdose"] and scores["suicidal"] > limits["suicidal"]["possible"] - BESIDE_OVERDOSE:
        found["suicidal"] = found["suicidal"] or Strength.POSSIBLE
    return {flag: strength for flag, strength in found.items() if strength}


def reading_of_scores(scores: Mapping[str, float], limits: Mapping[str, Mapping[str, float]], language: str) -> Reading:
    """Return a reading from scores alone, without words: what training measures itself by."""
    verdict = judged(scores, limits)
    taken = scores["taken"] - limits["taken"]["possible"]
    untaken = scores["untaken"] - limits["untaken"]["possible"]
    said = DoseSaid.TAKEN if taken >= untaken else DoseSaid.NOT_TAKEN
    return Reading(
        language=language,
        symptoms=tuple(Heard(code, None) for code in verdict.symptoms),
        negated=verdict.negated,
        severity=verdict.severity,
        flags=verdict.flags,
        dose=said if max(taken, untaken) > 0 else None,
    )


def _strength(score: float, limit: Mapping[str, float]) -> Strength | None:
    if score > limit["certain"]:
        return Strength.CERTAIN
    return Strength.POSSIBLE if score > limit["possible"] else None


def _severity(scores: Mapping[str, float], limits: Mapping[str, Mapping[str, float]], strength: str) -> str | None:
    by_score = {severity: scores[severity] - limits[severity][strength] for severity in SEVERITIES}
    best = max(SEVERITIES, key=lambda severity: by_score[severity])
    return best if by_score[best] > 0 else None


def _pieces(text: str) -> Iterable[tuple[int, str]]:
    """Cut a very long text so that whatever stands at a cut is read whole in the next piece."""
    yield 0, text[:LONGEST_READ]
    for at in range(LONGEST_READ - OVERLAP, len(text) - OVERLAP, LONGEST_READ - OVERLAP):
        yield at, text[at : at + LONGEST_READ]


def _union(rows: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for row in rows for code in row))


def _worst(severities: Iterable[str | None]) -> str | None:
    said = set(severities)
    return next((severity for severity in reversed(SEVERITIES) if severity in said), None)


def _graded(codes: Iterable[str], severity: str | None) -> tuple[Heard, ...]:
    """Return the symptoms; a grade is only one symptom's when there is only one."""
    found = tuple(codes)
    grade = GRADES[severity] if severity and len(found) == 1 else None
    return tuple(Heard(code, grade) for code in found)


def _strongest(verdicts: Iterable[Verdict]) -> dict[str, Strength]:
    out: dict[str, Strength] = {}
    for verdict in verdicts:
        for flag, strength in verdict.flags.items():
            if out.get(flag) is not Strength.CERTAIN:
                out[flag] = strength
    return out


def _weighed(reading: Reading, parts: Parts | None, is_plain: bool) -> Reading:
    """Add whether it sounds distressed or needs nobody, which depends on what else was heard."""
    if parts is None or (reading.understood and not reading.question):
        return reading
    distressed = not reading.flags and is_distressed(parts)
    needs_nobody = not reading.understood and not distressed and reading.known_language
    trivial = needs_nobody and (is_small_talk(parts) or (is_plain and not asks(parts)))
    return replace(reading, distressed=distressed, trivial=trivial)
