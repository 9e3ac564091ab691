"""Key projects 重点项目: what they cost month by month, their milestones, and who looks at them.

``progress`` is the arithmetic and knows no database; ``lights`` works out from which day a
project's own plan turns its light; ``registering``, ``money``, ``milestones``, ``supervision``,
``photographs`` and ``meetings`` are what people do; ``overview`` is what the pages read.
"""
