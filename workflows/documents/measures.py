"""The measures of GB/T 9704-2012, in millimetres and points."""

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, LEFT = 37.0, 28.0
TYPE_WIDTH, TYPE_HEIGHT = 156.0, 225.0
RIGHT, BOTTOM = PAGE_WIDTH - LEFT - TYPE_WIDTH, PAGE_HEIGHT - TOP - TYPE_HEIGHT
LINES, CHARACTERS = 22, 28

POINT = 25.4 / 72
"""How many millimetres a point is."""

TITLE, BODY, SMALL = 22.0, 16.0, 14.0
"""Sizes two, three and four (2号, 3号, 4号), in points."""

LINE = TYPE_HEIGHT / LINES / POINT
CHARACTER = TYPE_WIDTH / CHARACTERS / POINT
"""How far one line or character of the text stands from the next, in points."""

MARK_DROP = 35.0
SLIP_MARK_DROP = 0.0
"""A slip is the house's own form: it begins at the type area's top, to fit on one page."""
RULE_DROP = 4.0
PAGE_NUMBER_DROP = 7.0
THICK_RULE, THIN_RULE = 0.35, 0.25

HEAD_RULE = 0.7
"""The standard leaves open how thick the red rule is."""

LETTER_MARK_DROP = 30.0
LETTER_RULE_WIDTH = 170.0
LETTER_RULE_DROP = 4.0
LETTER_RULE_RISE = 20.0
LETTER_RULE_THICK, LETTER_RULE_THIN, LETTER_RULE_GAP = 0.53, 0.18, 0.35
SEVEN_EIGHTHS = BODY * 7 / 8
"""Measures of the letter's form 信函格式."""
