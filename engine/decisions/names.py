"""Which names the cells of a decision may use, and of which types they are."""

from dataclasses import dataclass

from engine.decisions.compute import Types
from engine.decisions.kinds import Type
from engine.decisions.model import Aggregation, Decision, Definitions, Table
from engine.decisions.syntax import Name, names_in


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a decision knows: what is drawn, by type, and what its columns bring."""

    types: Types
    drawn: Types
    brought: frozenset[str]

    def has(self, name: Name) -> bool:
        """Tell whether a name means something; what is in a context of the data, nobody knows."""
        first, *rest = name.parts
        if first not in self.drawn:
            return first in self.brought
        parts = any(each.startswith(f"{first}.") for each in self.drawn)
        single = self.drawn[first] is not None
        return not rest or name.text in self.drawn or not (parts or single)


def names_of(decision: Decision, file: Definitions) -> Names:
    """Return the names that a decision knows.

    Once inputs are drawn, they are all that there is; until then the columns name
    what they need.
    """
    drawn = _drawn(decision, file)
    types = dict(drawn)
    columns = decision.table.inputs if decision.table else ()
    for column in columns:
        if isinstance(column.expression, Name) and types.get(column.expression.text) is None:
            types[column.expression.text] = column.type
    brought: set[str] = set()
    if not decision.required_inputs:
        looked_at = [column.expression for column in columns if column.expression]
        brought = {name.parts[0] for each in looked_at for name in names_in(each)}
    return Names(types, drawn, frozenset(brought))


def names_read(decision: Decision) -> list[Name]:
    """Return the names that the cells of a decision read, in a lasting order."""
    table = decision.table
    if table is None:
        return []
    nodes = [column.expression for column in table.inputs]
    nodes += [output.default for output in table.outputs]
    nodes += [result for rule in table.rules for result in rule.results]
    tests = [test for rule in table.rules for test in rule.tests]
    found = {name for node in (*nodes, *tests) if node for name in names_in(node)}
    return sorted(found, key=lambda name: name.parts)


def _drawn(decision: Decision, file: Definitions) -> dict[str, Type | None]:
    types: dict[str, Type | None] = {}
    for each in decision.required_inputs:
        if each in file.inputs:
            types[file.inputs[each].name] = file.inputs[each].type
    for each in decision.required_decisions:
        required = file.decisions.get(each)
        for name in required.called if required else ():
            types |= _results(name, required.table if required else None)
    return types


def _results(name: str, table: Table | None) -> dict[str, Type | None]:
    """Return what a required decision gives, by name."""
    if table is None or table.lists or not table.outputs:
        return {name: None}
    if table.aggregation is Aggregation.COUNT:
        return {name: Type.NUMBER}
    if len(table.outputs) == 1:
        return {name: table.outputs[0].type}
    return {name: None} | {f"{name}.{output.name}": output.type for output in table.outputs}
