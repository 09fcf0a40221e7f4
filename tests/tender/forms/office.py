"""LibreOffice as a bidder uses it: opens the form, types, recalculates, saves. Skips where it is not installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

Typed = Mapping[str, Mapping[str, str | float]]
"""What is typed, by sheet and cell: text as text, a number as a number."""

SCRIPT = """
import json, pathlib, subprocess, sys, time
import uno
from com.sun.star.beans import PropertyValue

def value(name, content):
    made = PropertyValue()
    made.Name, made.Value = name, content
    return made

jobs, profile, office = json.loads(sys.stdin.read()), sys.argv[1], sys.argv[2]
pipe = "valinta" + str(abs(hash(profile)))
program = subprocess.Popen([
    office, "--headless", "--norestore", "-env:UserInstallation=" + pathlib.Path(profile).as_uri(),
    "--accept=pipe,name=" + pipe + ";urp;",
])
context = uno.getComponentContext()
resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
for _ in range(120):
    try:
        remote = resolver.resolve("uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.5)
desktop = remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
answers = []
for job in jobs:
    book = desktop.loadComponentFromURL(
        pathlib.Path(job["source"]).as_uri(), "_blank", 0, (value("Hidden", True),)
    )
    for sheet, cells in job["typed"].items():
        for ref, content in cells.items():
            cell = book.Sheets.getByName(sheet).getCellRangeByName(ref)
            if isinstance(content, str):
                cell.String = content
            else:
                cell.Value = content
    book.calculateAll()
    shown = {}
    for sheet, ref in job["shown"]:
        cell = book.Sheets.getByName(sheet).getCellRangeByName(ref)
        shown[sheet + "!" + ref] = [cell.String, repr(cell.Value), cell.getError()]
    errors = []
    for sheet in (book.Sheets.getByName(name) for name in book.Sheets.ElementNames):
        formulas = sheet.queryContentCells(16)
        for at in (area for area in formulas.RangeAddresses):
            for row in range(at.StartRow, at.EndRow + 1):
                for column in range(at.StartColumn, at.EndColumn + 1):
                    if sheet.getCellByPosition(column, row).getError():
                        errors.append([sheet.Name, column, row])
    locked = [book.Sheets.getByName(name).isProtected() for name in book.Sheets.ElementNames]
    if job["target"]:
        book.storeToURL(
            pathlib.Path(job["target"]).as_uri(), (value("FilterName", "Calc MS Excel 2007 XML"),)
        )
    book.close(True)
    answers.append({"shown": shown, "errors": errors, "locked": locked})
print(json.dumps(answers))
try:
    desktop.terminate()
except Exception:
    pass
program.wait(30)
"""


class Office:
    """A LibreOffice that does jobs.

    Args:
        home: Folder for its profile and files.
    """

    def __init__(self, home: Path) -> None:
        """Find the programs, or skip."""
        self.home = home
        program, python = shutil.which("soffice"), shutil.which("python3", path=os.defpath)
        if program is None or python is None:
            pytest.skip("LibreOffice or the system's Python is not installed")
        if subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode:
            pytest.skip("the system's Python has no UNO (package python3-uno)")
        self._program, self._python = program, python
        self._jobs: list[dict[str, object]] = []

    def plan(self, data: bytes, typed: Typed, shown: list[tuple[str, str]], *, save: bool = True) -> int:
        """Put a job on the list: open `data`, type `typed`, look at `shown`; its number."""
        number = len(self._jobs)
        source = self.home / f"form{number}.xlsx"
        source.write_bytes(data)
        target = str(self.home / f"saved{number}.xlsx") if save else ""
        self._jobs.append({"source": str(source), "target": target, "typed": typed, "shown": shown})
        return number

    def work(self) -> list[dict[str, object]]:
        """Do all jobs in one session of the program; what was seen in each."""
        done = subprocess.run(
            [self._python, "-c", SCRIPT, str(self.home / "profile"), self._program],
            input=json.dumps(self._jobs),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        answers: list[dict[str, object]] = json.loads(done.stdout.splitlines()[-1])
        return answers

    def saved(self, number: int) -> bytes:
        """What the job with `number` saved."""
        return (self.home / f"saved{number}.xlsx").read_bytes()
