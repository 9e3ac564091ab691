"""What the gate says of a decision file, so that the catalogues know it."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

WORDS: Mapping[str, LazyString] = {
    "not_dmn": _l("The file is not a DMN 1.3 file."),
    "decision_missing": _l("The file has no decision."),
    "decision_many": _l("The file has %(count)s decisions; at most %(most)s are allowed."),
    "table_single": _l("The file has %(count)s decisions; this table wants one with a table."),
    "decision_element_unsupported": _l("%(element)s is not supported in a decision file."),
    "decision_id_missing": _l("The %(element)s needs an id."),
    "decision_id_twice": _l("Two parts of the file have the id %(id)s."),
    "decision_id_unfit": _l(
        "The id %(id)s may only have letters, digits, _, - and ., begins with a letter, and "
        "has at most %(most)s characters."
    ),
    "decision_name_long": _l("A name here has at most %(most)s characters."),
    "decision_elsewhere": _l(
        "The decision %(decision)s is already deployed from the file %(file)s."
    ),
    "logic_missing": _l("The decision has no table. Draw one."),
    "literal_unsupported": _l(
        "Literal expressions are not supported. Make the decision a table with one rule."
    ),
    "logic_unsupported": _l("%(element)s is not supported. Make the decision a table."),
    "knowledge_unsupported": _l(
        "Business knowledge models are not supported. Make it a decision that is required."
    ),
    "language_unsupported": _l("The language %(language)s is not supported. Use FEEL."),
    "requirement_unknown": _l("It requires %(reference)s, which is not in the file."),
    "requirement_twice": _l("Two things that it requires are called %(name)s."),
    "decision_cycle": _l("The decisions require each other: %(decisions)s."),
    "policy_unknown": _l("The hit policy %(policy)s is not known."),
    "aggregation_unknown": _l("The aggregation %(aggregation)s is not known."),
    "aggregation_misplaced": _l("Only the hit policy COLLECT aggregates."),
    "aggregation_outputs": _l("A table that aggregates has exactly one output."),
    "aggregation_type": _l("%(aggregation)s is not possible with values of the type %(type)s."),
    "priority_missing": _l(
        "%(policy)s needs the allowed values of an output, listed from the most important to "
        "the least."
    ),
    "table_large": _l("%(element)s: there are %(count)s; at most %(most)s are allowed."),
    "output_missing": _l("The table has no output."),
    "output_unnamed": _l("Each of several outputs needs a name."),
    "output_twice": _l("Two outputs are called %(name)s."),
    "rule_missing": _l("The table has no rules."),
    "rule_uneven": _l("The rule does not have one cell for each column."),
    "input_empty": _l("Say what the column looks at."),
    "type_unknown": _l("The type %(type)s is not supported."),
    "cell_long": _l("The text is longer than %(most)s characters."),
    "cell_parts": _l("The expression has too many parts; at most %(most)s are allowed."),
    "cell_unreadable": _l("It can't be read from here on: %(text)s"),
    "cell_unfinished": _l("Something is missing at the end."),
    "text_unclosed": _l("Texts stand between straight quotes: %(text)s"),
    "feel_unsupported": _l(
        "%(word)s belongs to full FEEL. Tables here have values, lists, comparisons, ranges, "
        "not(…), and + - * / only."
    ),
    "equals_needless": _l("Write the value alone, or not(value), without %(sign)s."),
    "comparison_misplaced": _l(
        "A cell begins with %(sign)s: what stands left of it is the column itself."
    ),
    "literal_unreadable": _l("%(text)s is not a %(function)s that exists."),
    "name_unknown": _l("Nothing is called %(name)s here."),
    "name_in_allowed": _l("Allowed values are written values; %(name)s is a name."),
    "type_differs": _l("This is of the type %(found)s; it should be of the type %(wanted)s."),
    "type_missing": _l("Give the column its type: its cells hold the type %(found)s."),
    "operand_untyped": _l(
        "What is computed or compared with the type %(type)s needs a type, too: give it one where "
        "it is drawn, or in its column."
    ),
    "type_unordered": _l(
        "Values of the type %(type)s are only equal or not, never smaller or larger."
    ),
    "type_uncomputed": _l("%(left)s %(sign)s %(right)s can't be computed."),
    "zone_mixed": _l("Write all moments of a column with a time zone, or all without."),
    "range_backwards": _l("The range ends before it begins."),
    "value_not_allowed": _l("%(value)s is not among the allowed values."),
    "output_empty": _l("The cell is empty: the rule gives nothing here."),
    "rule_unmatchable": _l("Nothing can match the rule."),
    "rule_covered": _l(
        "Whenever the rule matches, so do the rules %(rules)s, which come before it."
    ),
    "rules_overlap": _l("The rules %(rules)s match at once: %(example)s"),
    "rules_gap": _l("No rule matches: %(example)s"),
    "coverage_partial": _l("There are more gaps or overlaps than are listed here."),
    "coverage_capped": _l("The table is too large to be searched for gaps and overlaps."),
    "coverage_unknown": _l(
        "Gaps and overlaps are not searched for: some cells compare with other data."
    ),
}
"""The engine's own messages by their codes."""
