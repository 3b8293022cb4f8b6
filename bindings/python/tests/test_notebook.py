"""The notebook among the examples is executed, and its page shows what it is about."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

NOTEBOOK = ROOT / "examples" / "month_run.ipynb"


def test_it_is_committed_without_outputs() -> None:
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)


@pytest.mark.filterwarnings("ignore")
def test_it_runs_and_its_page_unfolds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat: Any = importlib.import_module("nbformat")
    client: Any = importlib.import_module("nbclient").NotebookClient
    exporter: Any = importlib.import_module("nbconvert").HTMLExporter

    # The kernel is this interpreter, whatever others the machine knows.
    spec = tmp_path / "kernels" / "python3"
    spec.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel = {"argv": argv, "display_name": "Python 3", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(kernel), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))

    notebook: Any = nbformat.read(NOTEBOOK, as_version=4)
    where = {"metadata": {"path": str(NOTEBOOK.parent)}}
    client(notebook, timeout=120, kernel_name="python3", resources=where).execute()
    page, _ = exporter(exclude_anchor_links=True).from_notebook_node(notebook)
    for part in ("<details", "<summary>实发合计", "警衔津贴标准", "人薪发〔1995〕112号", "合计"):
        assert part in page
    assert page.count("<table") >= 8
    # The assessment: ranking with sheets, the trail of one officer, the change by other weights.
    for part in ("队伍建设", "第三条第一项", "E001", "90.10", "现总分"):
        assert part in page
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
