"""Turns the cell of an input into a function that tells whether it lets a value through."""

from collections.abc import Callable

from engine.decisions.compare import equal, lies
from engine.decisions.compute import Scope, Types, Work, computed, constant
from engine.decisions.fixed import quick_list, quick_test
from engine.decisions.kinds import Type, Value
from engine.decisions.syntax import (
    Compared,
    Equal,
    Expression,
    Interval,
    Test,
    UnaryTests,
    names_in,
)

Passes = Callable[[Value, Scope], bool | None]
"""True, false, or nothing when the value can't be compared."""


def passing(cell: UnaryTests, types: Types, wanted: Type | None) -> Passes | None:
    """Return what tests a value; nothing for ``-``, which needs no test."""
    if cell.anything:
        return None
    passes = quick_list(cell.tests) or _any_of(
        [quick_test(test) or _test(test, types, wanted) for test in cell.tests]
    )
    return _none_of(passes) if cell.negated else passes


def _any_of(tests: list[Passes]) -> Passes:
    if len(tests) == 1:
        return tests[0]

    def any_passes(value: Value, scope: Scope) -> bool | None:
        answer: bool | None = False
        for test in tests:
            passed = test(value, scope)
            if passed:
                return True
            if passed is None:
                answer = None
        return answer

    return any_passes


def _none_of(passes: Passes) -> Passes:
    def none_passes(value: Value, scope: Scope) -> bool | None:
        passed = passes(value, scope)
        return None if passed is None else not passed

    return none_passes


def _test(test: Test, types: Types, wanted: Type | None) -> Passes:
    match test:
        case Equal(value):
            return _against(equal, value, types, wanted)
        case Compared(sign, endpoint):
            return _against(lies(sign), endpoint, types, wanted)
        case Interval(low, high):
            above = _against(lies(">=" if test.low_closed else ">"), low, types, wanted)
            below = _against(lies("<=" if test.high_closed else "<"), high, types, wanted)
            return _both(above, below)


def _against(
    compare: Callable[[Value, Value], bool | None],
    node: Expression,
    types: Types,
    wanted: Type | None,
) -> Passes:
    """Compare with an endpoint; one that reads nothing is computed only once."""
    if not names_in(node):
        fixed = constant(node)
        return lambda value, _scope: compare(value, fixed)
    endpoint: Work = computed(node, types, wanted)
    return lambda value, scope: compare(value, endpoint(scope))


def _both(first: Passes, second: Passes) -> Passes:
    def both_pass(value: Value, scope: Scope) -> bool | None:
        left, right = first(value, scope), second(value, scope)
        if left is False or right is False:
            return False
        return None if left is None or right is None else True

    return both_pass
