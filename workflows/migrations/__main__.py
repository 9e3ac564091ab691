"""`python -m workflows.migrations "what changes"`: writes the next revision, to be read over."""

import sys
import tempfile

from engine import Registry, open_database
from workflows.migrations import revisions, upgrade, write_revision

with tempfile.TemporaryDirectory() as folder:
    database = open_database(f"sqlite:///{folder}/empty.sqlite", Registry())
    if revisions():
        upgrade(database)
    with database.sql.connect() as connection:
        write_revision(connection, sys.argv[1])
    database.sql.dispose()
