"""Sees to it that the machine has a Chromium and Chinese letters; standard library only."""

import os
import shutil
import subprocess
import sys

SHELL = "chromium-headless-shell"
"""The same engine without windows: a page costs it a third of what it costs the whole browser."""
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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


def wanted_packages() -> list[str]:
    """Return what to install: what is missing, and the shell beside a whole Chromium."""
    shell = [] if os.environ.get("DUBAN_CHROMIUM") or shutil.which(SHELL) else [SHELL]
    fonts = [] if has_chinese_letters() else ["fonts-noto-cjk"]
    return shell + fonts


def install(packages: list[str]) -> None:
    """Install Debian's packages, quietly, each by itself: an older Debian has no shell."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], *(["install", "--yes", each] for each in packages)):
        apt = ["apt-get", "--quiet=2", "--no-install-recommends", *words]
        subprocess.run(apt, env=quiet, check=False)


def main() -> int:
    """Install what is wanted if we may; say how to where something is still missing."""
    if os.geteuid() == 0 and shutil.which("apt-get") and (wanted := wanted_packages()):
        print(f"  … {' '.join(wanted)}", flush=True)
        install(wanted)
        if missing := missing_packages():
            install(missing)
    missing = missing_packages()
    if not missing:
        return 0
    print("浏览器测试需要 Chromium 与中文字体。The browser tests need Chromium and a Chinese font:")
    print(f"  apt install {' '.join(missing)}    (DUBAN_CHROMIUM=…)")
    return 1


if __name__ == "__main__":
    sys.exit(main())
