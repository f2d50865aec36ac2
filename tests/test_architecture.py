"""The import table of the design: who may know whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import stance

PACKAGE = Path(stance.__file__).parent
ROOT = PACKAGE.parent

LEARNING = ["sklearn", "scipy", "joblib", "pandas"]
MAKING = [
    "stance.training",
    "stance.dataset",
    "stance.evaluation",
    "stance.report",
    "stance.assessment",
    "stance.publish",
    "stance.pipelines",
    "stance.stored_arrays",
    "stance.neighbour_index",
]
SCREEN = ["typer", "rich", "click", "stance.cli"]

#: Modules (as patterns of paths) and what they must not import, at module level or inside a function.
FORBIDDEN = {
    "errors.py": ["stance", "numpy", *LEARNING, *SCREEN],
    "labels.py": ["stance", "numpy", *LEARNING, *SCREEN],
    "records.py": ["stance", "numpy", *LEARNING, *SCREEN],
    "resources.py": ["stance", "numpy", *LEARNING, *SCREEN],
    "atomic.py": ["numpy", *LEARNING, *MAKING, *SCREEN],
    "text/*.py": ["numpy", *LEARNING, *MAKING, *SCREEN],
    "quotes/*.py": ["numpy", *LEARNING, *MAKING, *SCREEN],
    "tables/*.py": ["numpy", *LEARNING, *MAKING, *SCREEN],
    "model/*.py": ["numpy", *LEARNING, *MAKING, *SCREEN],
    "predictor.py": ["numpy", *LEARNING, *MAKING, *SCREEN],
    "vocabulary.py": ["numpy", *LEARNING, *MAKING, *SCREEN],
    "weights.py": ["numpy", *LEARNING, *MAKING, *SCREEN],
    "bulk/*.py": [*LEARNING, *MAKING, *SCREEN],
    "article/*.py": ["numpy", *LEARNING, *MAKING, *SCREEN],
    "article_page/*.py": [
        *["numpy", *LEARNING, "stance.model", "stance.training", "stance.dataset", "stance.evaluation"],
        *["stance.assessment", "stance.publish", *SCREEN],
    ],
    "explaining/*.py": ["numpy", *LEARNING, *MAKING, *SCREEN],
    "confidence/*.py": ["numpy", *LEARNING, *MAKING, *SCREEN],
    "additions.py": ["numpy", *LEARNING, *MAKING, *SCREEN],
    "batch.py": ["numpy", *LEARNING, *MAKING, *SCREEN],
    "verify.py": ["numpy", *LEARNING, *MAKING, *SCREEN],
    "dataset/*.py": ["numpy", *LEARNING, "stance.model", "stance.predictor", "stance.training", *SCREEN],
    "training/*.py": ["pandas", "stance.model", "stance.predictor", "stance.report", *SCREEN],
    "evaluation/*.py": ["sklearn", "stance.model", "stance.predictor", "stance.training", "stance.report", *SCREEN],
    "report/*.py": [
        "numpy",
        *LEARNING,
        "stance.model",
        "stance.predictor",
        "stance.training",
        "stance.dataset",
        *SCREEN,
    ],
    "assessment/*.py": ["stance.report", *SCREEN],
    "publish.py": SCREEN,
    "pipelines.py": ["stance.model", "stance.predictor", "stance.report", *SCREEN],
    "neighbour_index.py": ["sklearn", "stance.predictor", "stance.report", *SCREEN],
    "stored_arrays.py": ["sklearn", "stance.model", "stance.predictor", "stance.report", *SCREEN],
    "serve/**/*.py": [
        *["numpy", *LEARNING, "stance.training", "stance.dataset", "stance.evaluation", "stance.assessment"],
        *["stance.publish", *SCREEN],
    ],
}

#: Modules and all that they may import of the package.
ALLOWED = {
    "text/*.py": ["stance.text"],
    "quotes/*.py": ["stance.quotes", "stance.records"],
    "tables/*.py": ["stance.tables", "stance.errors", "stance.atomic"],
    "atomic.py": ["stance.errors"],
    "model/*.py": ["stance.model", "stance.errors", "stance.text"],
    "additions.py": ["stance.errors", "stance.records"],
    "dataset/*.py": [
        *["stance.dataset", "stance.errors", "stance.labels", "stance.quotes", "stance.records"],
        *["stance.tables", "stance.text"],
    ],
}


def matching(pattern):
    return sorted(PACKAGE.glob(pattern))


def imports_of(source):
    """Give every module and name that a source imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"import_module", "__import__"}:
            found |= {argument.value for argument in node.args if isinstance(argument, ast.Constant)}
    return found


def within(name, prefixes):
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def loaded_by(statement):
    """Give the modules that a statement brings into a fresh interpreter."""
    program = f"import sys; before = set(sys.modules); {statement}; print(*set(sys.modules) - before, sep='\\n')"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(run.stdout.split())


@pytest.mark.parametrize(
    ("path", "forbidden"),
    [(path, names) for pattern, names in FORBIDDEN.items() for path in matching(pattern)],
    ids=lambda value: str(value.relative_to(PACKAGE)) if isinstance(value, Path) else "",
)
def test_module_imports_nothing_that_it_must_not_know(path, forbidden):
    """Prediction knows no training, the report no models, nobody but the command line the screen."""
    assert {name for name in imports_of(path.read_text("utf-8")) if within(name, forbidden)} == set()


@pytest.mark.parametrize(
    ("path", "allowed"),
    [(path, names) for pattern, names in ALLOWED.items() for path in matching(pattern)],
    ids=lambda value: str(value.relative_to(PACKAGE)) if isinstance(value, Path) else "",
)
def test_lower_module_imports_nothing_above_it(path, allowed):
    """What stands low in the table knows only what stands lower."""
    own = {name for name in imports_of(path.read_text("utf-8")) if within(name, ["stance"])} - {
        "stance",
        "stance.atomic",
    }
    assert {name for name in own if not within(name, allowed)} == set()


@pytest.mark.parametrize("path", matching("**/*.py"), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_are_absolute(path):
    """A dot hides from the reader, and from this file, what is imported."""
    assert [name for name in imports_of(path.read_text("utf-8")) if name.startswith(".")] == []


@pytest.mark.parametrize(
    "pattern",
    [
        *["errors.py", "labels.py", "records.py", "resources.py", "atomic.py", "predictor.py"],
        *["explaining/*.py", "confidence/*.py", "additions.py"],
        *["text/*.py", "quotes/*.py", "tables/*.py", "model/arrays.py", "model/folder.py"],
        *["article/*.py", "article_page/*.py", "serve/**/*.py"],
        *["dataset/*.py", "training/*.py", "evaluation/*.py", "report/*.py"],
    ],
)
def test_design_table_speaks_of_modules_that_exist(pattern):
    """A rule for a module that was renamed would hold nothing."""
    assert matching(pattern) != []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import numpy", {"numpy"}),
        ("import numpy.random as r, json", {"numpy.random", "json"}),
        ("from numpy.random import default_rng", {"numpy.random", "numpy.random.default_rng"}),
        ("from stance import training", {"stance", "stance.training"}),
        ("from . import training", {".", "..training"}),
        ("def f():\n    import numpy", {"numpy"}),
        ("if TYPE_CHECKING:\n    import numpy", {"numpy"}),
        ("try:\n    import numpy\nexcept ImportError:\n    pass", {"numpy"}),
        ("import_module('numpy')", {"numpy"}),
        ("importlib.import_module('numpy')", {"numpy"}),
        ("__import__('numpy')", {"numpy"}),
        ("numpy = 'import numpy'", set()),
    ],
)
def test_every_way_of_importing_is_seen(source, expected):
    """The check above is only as good as its eyes."""
    assert imports_of(source) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("stance", True), ("stance.text", True), ("stances", False), ("other.stance", False)]
)
def test_prefix_is_a_package_and_not_a_beginning(name, expected):
    """A package whose name begins alike is another one."""
    assert within(name, ["stance"]) is expected


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import stance", ["numpy", *LEARNING, "pyarrow", *SCREEN]),
        ("import stance.predictor", ["numpy", *LEARNING, *MAKING, "stance.explaining", "pyarrow", *SCREEN]),
        ("import stance.explaining.reasons", ["numpy", *LEARNING, *MAKING, "pyarrow", *SCREEN]),
        ("import stance.explaining.neighbours", ["numpy", *LEARNING, *MAKING, "pyarrow", *SCREEN]),
        ("import stance.confidence", ["numpy", *LEARNING, *MAKING, "pyarrow", *SCREEN]),
        ("import stance.article", ["numpy", *LEARNING, *MAKING, "pyarrow", "trafilatura", *SCREEN]),
        ("import stance.article_page", ["numpy", *LEARNING, "stance.training", "stance.evaluation", *SCREEN]),
        ("import stance.quotes, stance.text", ["numpy", *LEARNING, *MAKING, "stance.labels", *SCREEN]),
        (
            "import stance.serve.run",
            ["numpy", *LEARNING, *MAKING[:3], "typer", "stance.cli"],
        ),
        ("import stance.tables", ["numpy", *LEARNING, *MAKING, "pyarrow", "stance.labels", *SCREEN]),
        ("import stance.dataset", ["numpy", *LEARNING, "stance.training", "stance.model", "pyarrow", *SCREEN]),
        ("import stance.evaluation", ["sklearn", "stance.training", "stance.model", "stance.predictor", *SCREEN]),
        ("import stance.report", ["numpy", *LEARNING, "stance.training", "stance.model", *SCREEN]),
    ],
)
def test_fresh_interpreter_loads_nothing_heavy(statement, forbidden):
    """What the imports say is what happens, whatever is imported on the way."""
    loaded = loaded_by(statement)
    assert "stance" in loaded
    assert {name for name in loaded if within(name, forbidden)} == set()


def test_importing_the_package_loads_none_of_its_modules():
    """``import stance`` costs nothing."""
    assert {name for name in loaded_by("import stance") if name.startswith("stance.")} == set()


def test_public_names_are_few_sorted_and_real():
    """``__all__`` is what there is, in alphabetical order, and no more than ten names."""
    assert stance.__all__ == sorted(stance.__all__)
    assert len(stance.__all__) <= 10
    assert [name for name in stance.__all__ if getattr(stance, name).__module__.partition(".")[0] != "stance"] == []
    assert set(stance.__all__) <= set(dir(stance))


def test_public_name_that_does_not_exist_is_told():
    """In the words of Python's own error."""
    with pytest.raises(AttributeError, match=r"^module 'stance' has no attribute 'predict'$"):
        _ = stance.predict
