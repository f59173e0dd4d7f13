"""A module that is parsed piece by piece is the module that Python parses."""

from __future__ import annotations

import ast
import asyncio
import email
import logging
from pathlib import Path

import pytest

from flake8_launcher.semantic.reading import pieces
from flake8_launcher.semantic.reading.modules import Defined, Module

FILES = sorted(
    path
    for package in (asyncio, email, logging)
    for path in Path(package.__path__[0]).glob("*.py")
)

TEXTS = {
    "empty": "",
    "no break at the end": "def f(): pass",
    "decorators": "@a\n@b(\n    1\n)\n# why\n\n@c\nasync def f(\n    x,\n):\n    pass\nx = 1\n",
    "class": "class A(\n    B,\n):\n    x = 1\n\n    def f(self): ...\n\n\nclass C: pass\ny = 2\n",
    "condition": "if x:\n    def f(): pass\nelse:\n    def f(): pass\n",
    "failure": "try:\n    import a\nexcept E:\n    def a(): pass\nx = 1\n",
    "comment at the margin": "def f():\n    x = 1\n# no\n    return x\n",
    "text of several lines": 'def f():\n    return """\ndef g(): pass\n"""\n\n\ndef h(): pass\n',
    "text at the top": '"""Use it so:\n\ndef f():\n    pass\n"""\ndef g(): pass\n',
    "text in text": "x = '''\n\"\"\"\ndef f(): pass\n\"\"\"\n'''\ndef g(): pass\n",
    "arguments at the margin": "def f(a,\nb):\n    return g(\na)\nx = 1\n",
    "continued line": "def f():\n    x = 1 + \\\n2\n    return x\ny = 1\n",
    "several in one line": "def f(): x = 1; y = 2\nx = 1; y = 2\n",
    "form feed": "def f():\n    pass\n\f\ndef g():\n    pass\n",
    "match": "match x:\n    case 1:\n        def f(): pass\n",
}


def dump(tree: ast.Module) -> str:
    return ast.dump(tree, include_attributes=True)


def module(folder: Path, text: str) -> Module:
    path = folder / "module.py"
    path.write_text(text, encoding="utf-8")
    return Module("module", str(path), "")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_same_tree(tmp_path: Path, text: str) -> None:
    assert dump(module(tmp_path, text).tree) == dump(ast.parse(text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_the_same_tree_of_a_library(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert dump(Module("module", str(path), "").tree) == dump(ast.parse(text))


def test_what_is_not_asked_for_is_not_parsed(tmp_path: Path) -> None:
    text = "import a\n\n\ndef f():\n    return 1\n\n\n@a.b\ndef g():\n    return 2\n"
    divided = pieces.split(text)
    assert divided is not None
    definitions, rest = divided
    assert [(piece.name, piece.line) for piece in definitions] == [("f", 4), ("g", 8)]
    assert rest == "import a\n" + "\n" * 9
    (binding,) = module(tmp_path, text).bindings["g"]
    assert isinstance(binding, Defined)
    assert isinstance(binding.piece, pieces.Piece)
    assert "node" not in vars(binding.piece)
    assert binding.node is not None
    assert (binding.node.lineno, binding.node.decorator_list[0].lineno) == (9, 8)


def test_a_broken_definition_is_none_and_leaves_the_others(tmp_path: Path) -> None:
    found = module(tmp_path, "def f():\n    print 'x'\n\n\ndef g():\n    return 1\n")
    (first,), (second,) = found.bindings["f"], found.bindings["g"]
    assert isinstance(first, Defined)
    assert first.node is None
    assert isinstance(second, Defined)
    assert isinstance(second.node, ast.FunctionDef)
    assert found.tree.body == []


def test_names_that_a_function_makes_global(tmp_path: Path) -> None:
    text = (
        "def f():\n    global a\n    a = 1\n\n"
        "if x:\n    def g():\n        global b\n        b = 2\n"
    )
    assert set(module(tmp_path, text).bindings) == {"a", "b", "f", "g"}
