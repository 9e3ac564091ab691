"""``python -m web.cli``: the command line."""

import sys

from web.cli import main

sys.exit(main())
