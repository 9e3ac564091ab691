"""`run.py` before anything is installed: it must speak clearly to any machine."""

import ast
import os
import socket
import stat
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import run

SOURCE = Path(run.__file__)


def test_an_old_python_can_read_what_it_is_told() -> None:
    text = SOURCE.read_text()

    tree = ast.parse(text, feature_version=(3, 7))

    imports = {
        name.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    }
    assert imports <= set(run.sys.stdlib_module_names)


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"

    made, found = run.key_of(path), run.key_of(path)

    assert made == found
    assert len(made) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_halves_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(run.key_of, [path] * 8))

    assert keys == {path.read_text()}


def test_a_stop_during_the_set_up_ends_what_it_runs(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    sleep = f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    setting_up = "import run, sys; run.heed_stop(); run.run(sys.executable, '-c', sys.argv[1])"
    process = subprocess.Popen([run.sys.executable, "-c", setting_up, sleep], cwd=run.ROOT)
    while not (mark.exists() and mark.read_text()):
        time.sleep(0.05)
    child = int(mark.read_text())

    process.terminate()

    assert process.wait(10) == 143
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


@pytest.mark.parametrize("port", ["0", "-1", "65536", "x", "８０"])
def test_a_port_that_none_can_be_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run.read_options([f"--port={port}"])

    assert "1–65535" in capsys.readouterr().err


def test_a_taken_port_is_told_with_another_to_try() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(run.Failed, match=f"--port {port + 1}"):
            run.refuse_taken_port("127.0.0.1", port)


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    options = run.read_options(["--data", str(tmp_path / "file" / "var")])

    with pytest.raises(run.Failed, match="file/var"):
        run.settings_of(options)


def test_a_registry_out_of_reach_is_told_as_that() -> None:
    speak = "print('npm error code ENOTFOUND'); raise SystemExit(1)"

    with pytest.raises(run.Failed, match="registry can't be reached"):
        run.run(run.sys.executable, "-c", speak)


def test_a_part_is_made_again_only_when_what_it_is_made_from_changes(tmp_path: Path) -> None:
    made: list[int] = []
    source, stamp = tmp_path / "source", tmp_path / "stamp"

    for words in ("a", "a", "b"):
        source.write_text(words)
        run.once("part", stamp, run.digest([source]), lambda: made.append(1))

    assert len(made) == 2
