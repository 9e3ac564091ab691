"""What the gate says of a decision file, in English; a host may word each code otherwise."""

from typing import Final

MESSAGES: Final = {
    # The file
    "not_dmn": "The file is not a DMN 1.3 file.",
    "decision_missing": "The file has no decision.",
    "decision_many": "The file has %(count)s decisions; at most %(most)s are allowed.",
    "table_single": "The file has %(count)s decisions; this table wants one with a table.",
    "decision_element_unsupported": "%(element)s is not supported in a decision file.",
    "decision_id_missing": "The %(element)s needs an id.",
    "decision_id_twice": "Two parts of the file have the id %(id)s.",
    "decision_id_unfit": (
        "The id %(id)s may only have letters, digits, _, - and ., begins with a letter, and has "
        "at most %(most)s characters."
    ),
    "decision_name_long": "A name here has at most %(most)s characters.",
    "decision_elsewhere": "The decision %(decision)s is already deployed from the file %(file)s.",
    # What a decision is made of
    "logic_missing": "The decision has no table. Draw one.",
    "literal_unsupported": (
        "Literal expressions are not supported. Make the decision a table with one rule."
    ),
    "logic_unsupported": "%(element)s is not supported. Make the decision a table.",
    "knowledge_unsupported": (
        "Business knowledge models are not supported. Make it a decision that is required."
    ),
    "language_unsupported": "The language %(language)s is not supported. Use FEEL.",
    "requirement_unknown": "It requires %(reference)s, which is not in the file.",
    "requirement_twice": "Two things that it requires are called %(name)s.",
    "decision_cycle": "The decisions require each other: %(decisions)s.",
    # Tables
    "policy_unknown": "The hit policy %(policy)s is not known.",
    "aggregation_unknown": "The aggregation %(aggregation)s is not known.",
    "aggregation_misplaced": "Only the hit policy COLLECT aggregates.",
    "aggregation_outputs": "A table that aggregates has exactly one output.",
    "aggregation_type": "%(aggregation)s is not possible with values of the type %(type)s.",
    "priority_missing": (
        "%(policy)s needs the allowed values of an output, listed from the most important to the "
        "least."
    ),
    "table_large": "%(element)s: there are %(count)s; at most %(most)s are allowed.",
    "output_missing": "The table has no output.",
    "output_unnamed": "Each of several outputs needs a name.",
    "output_twice": "Two outputs are called %(name)s.",
    "rule_missing": "The table has no rules.",
    "rule_uneven": "The rule does not have one cell for each column.",
    "input_empty": "Say what the column looks at.",
    "type_unknown": "The type %(type)s is not supported.",
    # Cells
    "cell_long": "The text is longer than %(most)s characters.",
    "cell_parts": "The expression has too many parts; at most %(most)s are allowed.",
    "cell_unreadable": "It can't be read from here on: %(text)s",
    "cell_unfinished": "Something is missing at the end.",
    "text_unclosed": "Texts stand between straight quotes: %(text)s",
    "feel_unsupported": (
        "%(word)s belongs to full FEEL. Tables here have values, lists, comparisons, ranges, "
        "not(…), and + - * / only."
    ),
    "equals_needless": "Write the value alone, or not(value), without %(sign)s.",
    "comparison_misplaced": (
        "A cell begins with %(sign)s: what stands left of it is the column itself."
    ),
    "literal_unreadable": "%(text)s is not a %(function)s that exists.",
    "name_unknown": "Nothing is called %(name)s here.",
    "name_in_allowed": "Allowed values are written values; %(name)s is a name.",
    # Types
    "type_differs": "This is of the type %(found)s; it should be of the type %(wanted)s.",
    "type_missing": "Give the column its type: its cells hold the type %(found)s.",
    "operand_untyped": (
        "What is computed or compared with the type %(type)s needs a type, too: give it one where "
        "it is drawn, or in its column."
    ),
    "type_unordered": "Values of the type %(type)s are only equal or not, never smaller or larger.",
    "type_uncomputed": "%(left)s %(sign)s %(right)s can't be computed.",
    "zone_mixed": "Write all moments of a column with a time zone, or all without.",
    "range_backwards": "The range ends before it begins.",
    "value_not_allowed": "%(value)s is not among the allowed values.",
    # Warnings
    "output_empty": "The cell is empty: the rule gives nothing here.",
    "rule_unmatchable": "Nothing can match the rule.",
    "rule_covered": "Whenever the rule matches, so do the rules %(rules)s, which come before it.",
    "rules_overlap": "The rules %(rules)s match at once: %(example)s",
    "rules_gap": "No rule matches: %(example)s",
    "coverage_partial": "There are more gaps or overlaps than are listed here.",
    "coverage_capped": "The table is too large to be searched for gaps and overlaps.",
    "coverage_unknown": (
        "Gaps and overlaps are not searched for: some cells compare with other data."
    ),
}
