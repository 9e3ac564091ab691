"""Every form of element, event, position and mark, and what the gate says of it: one table.

Each form is a whole diagram in which the element in question is called ``x``; around it stand
user tasks, so that one can see where it leads. ``caught`` is reached by a boundary event, the
start of an event sub-process is followed by ``handle``, everything else by ``after``.
"""

from typing import Final

from tests.engine.forms.activities import activities
from tests.engine.forms.boundaries import boundaries
from tests.engine.forms.flows import flows, picture
from tests.engine.forms.form import PROCESS, SUB, Form
from tests.engine.forms.gateways import gateways
from tests.engine.forms.passing import in_the_flow
from tests.engine.forms.referred import referred
from tests.engine.forms.starts import starts
from tests.engine.forms.triggers import triggers

__all__ = ["FORMS", "PROCESS", "SUB", "Form"]

FORMS: Final = (
    *starts(),
    *triggers(),
    *boundaries(),
    *in_the_flow(),
    *activities(),
    *gateways(),
    *flows(),
    *picture(),
    *referred(),
)
