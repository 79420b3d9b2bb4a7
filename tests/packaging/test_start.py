"""The script that a person meets first says what it can do, in sentences that exist."""

import ast
import subprocess
import sys
from pathlib import Path

START = Path(__file__).resolve().parents[2] / "packaging" / "start.py"


def test_without_a_verb_it_says_how_it_is_used() -> None:
    done = subprocess.run([sys.executable, START], stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert "start.py demo | run | test | check | setup" in done.stdout


def test_everything_it_says_stands_in_its_table() -> None:
    tree = ast.parse(START.read_text(encoding="utf-8"))
    (table,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SAY"
    )
    sentences: dict[str, str] = ast.literal_eval(table)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    said = {
        ast.literal_eval(call.args[0])
        for call in calls
        if ast.unparse(call.func) == "say" and isinstance(call.args[0], ast.Constant)
    }
    said |= {
        ast.literal_eval(word.value)
        for call in calls
        for word in call.keywords
        if word.arg == "hint"
    }
    assert said | {"old_python"} == set(sentences)
    # A terminal in the C locale can show them.
    assert [sentence for sentence in sentences.values() if not sentence.isascii()] == []
