"""The language of conditions and parameters: values and comparisons, nothing that acts.

``simpleeval`` computes it over plain dictionaries. Before that, our own allow-list
looks at every node of the parsed expression, so that what isn't named here never
reaches the evaluator.
"""

import ast
import operator
import threading
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from simpleeval import InvalidExpression, SimpleEval

from engine.errors import ExpressionRefused, Fault

LENGTH: Final = 2_000
NODES: Final = 200
TEXT: Final = 10_000
NUMBER: Final = 10**15
PLACES: Final = 15

Value = Any
"""Whatever stands in the data, or can be computed from it."""

NODES_ALLOWED: Final = (
    ast.Expression,
    ast.Constant,
    ast.Name,
    ast.Load,
    ast.Attribute,
    ast.Subscript,
    ast.BinOp,
    ast.UnaryOp,
    ast.BoolOp,
    ast.And,
    ast.Or,
    ast.Compare,
    ast.IfExp,
    ast.Call,
    ast.List,
    ast.Tuple,
)
CONSTANTS: Final = (str, int, float, bool, type(None))


def _number(work: Callable[[Value, Value], Value]) -> Callable[[Value, Value], Value]:
    """Let an operator see numbers only, small ones, and return such a one."""

    def guarded(left: Value, right: Value) -> Value:
        return _bounded(work(_numeric(left), _numeric(right)))

    return guarded


def _numeric(value: Value) -> Value:
    if not isinstance(value, int | float):
        message = f"{type(value).__name__} isn't a number"
        raise TypeError(message)
    return value


def _bounded(value: Value) -> Value:
    """Refuse what has grown too large."""
    if isinstance(value, int | float) and abs(value) > NUMBER:
        message = "the number is too large"
        raise ValueError(message)
    if isinstance(value, str | list | tuple) and len(value) > TEXT:
        message = "the value is too long"
        raise ValueError(message)
    return value


def _plus(left: Value, right: Value) -> Value:
    if isinstance(left, str) and isinstance(right, str):
        return _bounded(left + right)
    return _bounded(_numeric(left) + _numeric(right))


def _whole(value: Value) -> int:
    return int(value[:18]) if isinstance(value, str) else int(_numeric(value))


def _places(value: Value) -> int:
    """Refuse to round to places that no number here has: Python would compute their power."""
    places = _whole(value)
    if abs(places) > PLACES:
        message = f"numbers are rounded to {PLACES} places at most"
        raise ValueError(message)
    return places


OPERATORS: Final[dict[type[ast.AST], Callable[..., Any]]] = {
    ast.Add: _plus,
    ast.Sub: _number(operator.sub),
    ast.Mult: _number(operator.mul),
    ast.Div: _number(operator.truediv),
    ast.FloorDiv: _number(operator.floordiv),
    ast.Mod: _number(operator.mod),
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.Not: operator.not_,
    ast.USub: lambda value: -_numeric(value),
    ast.UAdd: _numeric,
}
FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "len": len,
    "min": min,
    "max": max,
    "abs": lambda value: abs(_numeric(value)),
    "round": lambda value, digits=0: round(_numeric(value), _places(digits) or None),
    "int": _whole,
}


class _Evaluator(SimpleEval):  # type: ignore[misc]
    """``simpleeval`` with nothing in it but the nodes above."""

    def __init__(self) -> None:
        super().__init__(operators=OPERATORS, functions=FUNCTIONS, names={})
        self.nodes = {
            ast.Constant: self._eval_constant,
            ast.Name: self._eval_name,
            ast.Attribute: self._eval_attribute,
            ast.Subscript: self._eval_subscript,
            ast.BinOp: self._eval_binop,
            ast.UnaryOp: self._eval_unaryop,
            ast.BoolOp: self._eval_boolop,
            ast.Compare: self._eval_compare,
            ast.IfExp: self._eval_ifexp,
            ast.Call: self._eval_call,
            ast.List: self._eval_several,
            ast.Tuple: self._eval_several,
        }

    def _eval_name(self, node: ast.Name) -> Value:
        return self.names[node.id]

    def _eval_several(self, node: ast.List | ast.Tuple) -> list[Any]:
        return [self._eval(element) for element in node.elts]

    def _eval_attribute(self, node: ast.Attribute) -> Value:
        return _key_of(self._eval(node.value), node.attr)

    def _eval_subscript(self, node: ast.Subscript) -> Value:
        return _key_of(self._eval(node.value), self._eval(node.slice))


def _key_of(value: Value, key: Value) -> Value:
    """Look into a dictionary, a list or a text, and nowhere else."""
    if isinstance(value, dict | list | str):
        return value[key]
    message = f"nothing can be looked up in {type(value).__name__}"
    raise TypeError(message)


class _Evaluators(threading.local):
    """One evaluator for each thread: it keeps the names that it computes with."""

    def __init__(self) -> None:
        self.own = _Evaluator()


_evaluators = _Evaluators()


class Expression:
    """A compiled expression; computing it can't do anything but give a value."""

    __slots__ = ("_tree", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._tree = _parsed(text)

    @property
    def names(self) -> frozenset[str]:
        """Return the keys of the data that it reads."""
        called = {id(n.func) for n in ast.walk(self._tree) if isinstance(n, ast.Call)}
        return frozenset(
            node.id
            for node in ast.walk(self._tree)
            if isinstance(node, ast.Name) and id(node) not in called
        )

    def value(self, data: Mapping[str, Any]) -> Value:
        """Compute it over the data, or fail as a rule of the diagram fails."""
        evaluator = _evaluators.own
        evaluator.names = data
        try:
            return _bounded(evaluator.eval(self.text, self._tree))
        except KeyError as error:
            reason = f"{self.text!r}: the data has no {error.args[0]!r}"
            raise Fault("expression", reason) from error
        except (
            ArithmeticError,
            AttributeError,
            InvalidExpression,
            LookupError,
            RecursionError,
            TypeError,
            ValueError,
        ) as error:
            raise Fault("expression", f"{self.text!r}: {error}") from error
        finally:
            evaluator.names = {}


@lru_cache(maxsize=4096)
def compiled(text: str) -> Expression:
    """Return the compiled expression, from memory if it was met before."""
    return Expression(text)


def holds(text: str, data: Mapping[str, Any]) -> bool:
    """Tell whether a condition holds over the data; what the data lack counts as nothing."""
    expression = compiled(text)
    return bool(expression.value({**dict.fromkeys(expression.names), **data}))


def _parsed(text: str) -> ast.expr:
    """Parse an expression, refusing every node that isn't allowed by name."""
    if len(text) > LENGTH:
        raise ExpressionRefused(text, f"is longer than {LENGTH} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ExpressionRefused(text, "isn't an expression") from error
    nodes = list(ast.walk(tree))
    if len(nodes) > NODES:
        raise ExpressionRefused(text, f"has more than {NODES} parts")
    for node in nodes:
        if reason := _unfit(node):
            raise ExpressionRefused(text, reason)
    return tree.body


def _unfit(node: ast.AST) -> str | None:
    """Return why a node isn't allowed, or nothing."""
    if not isinstance(node, NODES_ALLOWED) and type(node) not in OPERATORS:
        return f"{type(node).__name__} isn't allowed"
    look_closer = CLOSER.get(type(node))
    return None if look_closer is None else look_closer(node)


def _unfit_name(node: ast.Name) -> str | None:
    return f"the name {node.id!r} isn't allowed" if node.id.startswith("_") else None


def _unfit_key(node: ast.Attribute) -> str | None:
    return f"the key {node.attr!r} isn't allowed" if node.attr.startswith("_") else None


def _unfit_comparison(node: ast.Compare) -> str | None:
    """Refuse ``is`` between values: equal texts from the data aren't the same object."""
    for operation, right in zip(node.ops, node.comparators, strict=True):
        if isinstance(operation, ast.Is | ast.IsNot) and not _is_one_of_a_kind(right):
            return "'is' compares with None, True and False only; use =="
    return None


def _is_one_of_a_kind(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool))


def _unfit_constant(node: ast.Constant) -> str | None:
    value = node.value
    if not isinstance(value, CONSTANTS):
        return f"a constant of {type(value).__name__} isn't allowed"
    if isinstance(value, int | float) and abs(value) > NUMBER:
        return "the number is too large"
    return None


def _unfit_call(node: ast.Call) -> str | None:
    if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS:
        return "only len, min, max, abs, round and int can be called"
    if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
        return "a function takes plain values only"
    return None


CLOSER: Final[Mapping[type[ast.AST], Callable[[Any], str | None]]] = {
    ast.Constant: _unfit_constant,
    ast.Name: _unfit_name,
    ast.Attribute: _unfit_key,
    ast.Compare: _unfit_comparison,
    ast.Call: _unfit_call,
}
"""What is asked of an allowed node besides its kind."""
