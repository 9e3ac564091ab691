"""`python3 run.py bench NAME …`: one module per bench."""

import sys

from tests.bench import engine, step
from tests.bench.peers import comparing

BENCHES = {"step": step.main, "engine": engine.main, "peers": comparing.main}


def main(arguments: list[str]) -> int:
    """Run the bench that is named."""
    name, *rest = arguments or [""]
    if name not in BENCHES:
        print(f"run.py bench {' | '.join(BENCHES)}")
        return 2
    return BENCHES[name](rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
