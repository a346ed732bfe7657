"""The ways to spoil a program: what may stand in the place of one node of its syntax tree."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
OTHER_CALL = {"min": "max", "max": "min", "any": "all", "all": "any"}
NOT_MEANT = {"frozen", "slots", "compare"}
"""What a dataclass is told of itself; the rules of the house hold `frozen`."""
Enums = Mapping[str, list[str]]
"""The members of the enums that a module names, in order."""


def instead_of(node: ast.AST, enums: Enums) -> Iterator[ast.AST]:
    """Yield what may stand in the place of a node: one small mistake each."""
    match node:
        case ast.Compare():
            yield from _compared(node)
        case ast.BoolOp():
            yield _changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
            yield from (_without(node, "values", at) for at in range(len(node.values)))
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.Constant():
            yield from _constant(node)
        case ast.BinOp() | ast.AugAssign() if type(node.op) in COUNTED:
            yield _changed(node, op=COUNTED[type(node.op)]())
        case ast.Attribute(value=ast.Name(id=name), attr=member) if member in enums.get(name, ()):
            members = enums[name]
            yield _changed(node, attr=members[(members.index(member) + 1) % len(members)])
        case ast.Call():
            yield from _called(node)
        case ast.Set() | ast.List() | ast.Tuple():
            yield from (_without(node, "elts", at) for at in range(len(node.elts)))
        case ast.Dict():
            yield from _looked_up(node)
        case ast.stmt():
            yield from _statement(node)


def _statement(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=None) | ast.Raise() | ast.Delete() | ast.Expr(value=ast.Call() | ast.Await()):
            yield ast.Pass()
        case ast.Return(value=value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield _changed(node, value=ast.Constant(None))
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()


def conditions(node: ast.AST) -> Iterator[tuple[str, int | None]]:
    """Yield where a node holds a bare condition, one that no other change reaches: field and index."""
    match node:
        case ast.If() | ast.While() | ast.IfExp():
            found: list[tuple[str, int | None]] = [("test", None)]
        case ast.comprehension():
            found = [("ifs", at) for at in range(len(node.ifs))]
        case ast.BoolOp():
            found = [("values", at) for at in range(len(node.values))]
        case _:
            return
    for field, at in found:
        held = getattr(node, field) if at is None else getattr(node, field)[at]
        if isinstance(held, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr | ast.Subscript):
            yield field, at


def turned(condition: ast.expr) -> ast.expr:
    """Return a condition that holds whenever this one does not."""
    return ast.UnaryOp(ast.Not(), condition)


def _compared(node: ast.Compare) -> Iterator[ast.AST]:
    for at, op in enumerate(node.ops):
        ops = [*node.ops]
        ops[at] = COMPARED[type(op)]()
        yield _changed(node, ops=ops)


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool(held):
            yield ast.Constant(not held)
        case int(held) | float(held):
            yield ast.Constant(held + 1)
        case str(held):
            yield ast.Constant(f"XX{held}")
        case bytes(held):
            yield ast.Constant(b"XX" + held)


def _called(node: ast.Call) -> Iterator[ast.AST]:
    if isinstance(node.func, ast.Name) and node.func.id in OTHER_CALL:
        yield _changed(node, func=ast.Name(OTHER_CALL[node.func.id], ast.Load()))
    yield from (_without(node, "keywords", at) for at, one in enumerate(node.keywords) if one.arg not in NOT_MEANT)


def _looked_up(node: ast.Dict) -> Iterator[ast.AST]:
    """A row is missing, or says what the next different one says."""
    for at, value in enumerate(node.values):
        short = _without(node, "keys", at)
        del short.values[at]  # type: ignore[attr-defined]
        yield short
        others = [*node.values[at + 1 :], *node.values[:at]]
        other = next((one for one in others if ast.dump(one) != ast.dump(value)), None)
        if other is not None and node.keys[at] is not None:
            values = [*node.values]
            values[at] = other
            yield _changed(node, values=values)


def _changed(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _without(node: ast.AST, field: str, at: int) -> ast.AST:
    left = [*getattr(node, field)]
    del left[at]
    lists = {name: [*held] for name, held in ast.iter_fields(node) if isinstance(held, list)}
    if isinstance(node, ast.BoolOp) and len(left) == 1:
        return left[0]
    return _changed(node, **{**lists, field: left})
