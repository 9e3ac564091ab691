"""Where the tests keep their files: in memory if there is room; no commit waits for a disk."""

import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of the tests' own is made in it)
ROOM = 2 * 1024**3


def scratch(prefix: str) -> Path:
    """Make a folder for a while; whoever asks removes it."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if roomy else None))
