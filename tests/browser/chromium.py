"""Sees to it that the machine has a Chromium and Chinese letters; standard library only."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Return the path of the machine's Chromium; DUBAN_CHROMIUM may name another."""
    named = os.environ.get("DUBAN_CHROMIUM")
    return named or next((path for path in map(shutil.which, NAMES) if path), None)


def has_chinese_letters() -> bool:
    """Tell whether any font of the machine has Chinese letters."""
    if not shutil.which("fc-list"):
        return False
    fonts = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
    return bool(fonts.stdout.strip())


def missing_packages() -> list[str]:
    """Return Debian's packages that the browser tests need and the machine hasn't."""
    parts = {"chromium": find_chromium() is not None, "fonts-noto-cjk": has_chinese_letters()}
    return [package for package, there in parts.items() if not there]


def install(packages: list[str]) -> None:
    """Install Debian's packages, quietly."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", "--quiet=2", *words], env=quiet, check=True)


def main() -> int:
    """Install what is missing if we may; else say how."""
    missing = missing_packages()
    if not missing:
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"  … {' '.join(missing)}", flush=True)
        install(missing)
        return 0
    print("浏览器测试需要 Chromium 与中文字体。The browser tests need Chromium and a Chinese font:")
    print(f"  apt install {' '.join(missing)}    (DUBAN_CHROMIUM=…)")
    return 1


if __name__ == "__main__":
    sys.exit(main())
