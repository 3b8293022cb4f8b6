"""Writes the docstrings of the native classes into their stub, or checks that they are there.

The docs are written once, in the Rust source, where ``help()`` finds them. The stub is what an
editor shows, so it carries the same text.

Usage: ``python tools/stub_docs.py [--check]``
"""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from zhenggong import _native

STUB = Path(__file__).parent.parent / "python" / "zhenggong" / "_native.pyi"
Node = ast.ClassDef | ast.FunctionDef


def node_name(node: ast.stmt) -> str:
    """Return the name of a class or function, and no text for another statement."""
    return node.name if isinstance(node, Node) else ""


def described(tree: ast.Module) -> Iterator[tuple[Node, str | None]]:
    """Yield each class and function of the stub with the docstring that it has at run time."""

    def visit(owner: object, body: list[ast.stmt]) -> Iterator[tuple[Node, str | None]]:
        for node in body:
            # The stub has protocols of its own, which do not exist at run time.
            own = owner is _native and node_name(node).startswith("_")
            if isinstance(node, Node) and not node.name.startswith("__") and not own:
                found = getattr(owner, node.name)
                yield node, inspect.getdoc(found)
                if isinstance(node, ast.ClassDef):
                    yield from visit(found, node.body)

    return visit(_native, tree.body)


def write() -> None:
    """Replace every docstring of the stub by the one of the run time."""
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    for node, doc in list(described(tree)):
        if ast.get_docstring(node) is not None:
            del node.body[0]
        if doc is not None:
            pad = " " * (node.col_offset + 4)
            text = doc.replace("\n", f"\n{pad}").replace(f"\n{pad}\n", "\n\n")
            if "\n" in text:
                text += f"\n{pad}"
            node.body.insert(0, ast.Expr(ast.Constant(text)))
        if isinstance(node, ast.FunctionDef):
            node.body = node.body[:1] or [ast.Expr(ast.Constant(...))]
    STUB.write_text(ast.unparse(tree) + "\n", encoding="utf-8")
    subprocess.run(["ruff", "check", "--quiet", "--select=I", "--fix", str(STUB)], check=True)
    subprocess.run(["ruff", "format", "--quiet", str(STUB)], check=True)


def differing() -> list[str]:
    """Return the names whose docstring in the stub is not the one of the run time."""
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    return [node.name for node, doc in described(tree) if ast.get_docstring(node) != doc]


if __name__ == "__main__":
    if "--check" not in sys.argv:
        write()
    if wrong := differing():
        sys.exit(f"docstrings differ; run python tools/stub_docs.py: {', '.join(wrong)}")
