"""The labelled statements in the model folder, and those of them that are nearest to a text."""

from __future__ import annotations

import json
from hashlib import sha256
from types import SimpleNamespace

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer
from small_corpus import SMALL

from stance.assessment import cross_validated
from stance.errors import ModelError
from stance.model import read_model
from stance.model.folder import StoredModel
from stance.model.neighbours import HIGHEST_STEPS, StoredStatement, neighbours_bytes, read_neighbours
from stance.neighbour_index import index_bytes
from stance.predictor import load
from stance.publish import publish
from stance.text import terms
from stance.training import TrainingConfig, train
from stance.verify import verify_model

WHOLE = [s for s in SMALL.statements if s.kind != "phrase"]
WORDS = sorted({word for s in SMALL.statements for word in s.text.split()})
HEADS = {"stance": ("a", "b"), "sentiment": ("x", "y", "z")}
RETRAIN = "Train the model again or fetch it again."


@pytest.fixture(scope="module")
def run():
    """Train and evaluate once."""
    trained = train(SMALL, TrainingConfig(folds=3, grid=(4.0,)))
    return trained, cross_validated(trained, source="small", with_errors=False)


@pytest.fixture
def folder(run, tmp_path):
    """Publish the small model, to be damaged."""
    publish(*run, tmp_path / "small", source="small")
    return tmp_path / "small"


@pytest.fixture(scope="module")
def predictor(run, tmp_path_factory):
    """Publish and open it, for reading only."""
    folder = tmp_path_factory.mktemp("models") / "small"
    publish(*run, folder, source="small")
    return load(str(folder))


def rewritten(folder, content):
    """Replace the statements and record their new hash."""
    (folder / "neighbours.jsonl").write_bytes(content)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["neighbours"]["neighbours.jsonl"] = sha256(content).hexdigest()
    path.write_text(json.dumps(manifest), "utf-8")


# The file


def test_file_holds_the_whole_statements(folder):
    """In the order of the data set, with their labels and where they stand; phrases are no statements."""
    expected = [StoredStatement(s.text, s.labels, s.source, s.line) for s in WHOLE]
    assert read_neighbours(read_model(str(folder))) == expected
    assert verify_model(str(folder)) == 7


def test_file_is_read_by_people(folder):
    """A line for the source, then one for each statement, letters of any script as they are."""
    lines = (folder / "neighbours.jsonl").read_text("utf-8").splitlines()
    assert lines[0] == '{"source":"small.jsonl"}'
    assert lines[1] == '[1,"We welcome the talks, and we will sign the peace agreement.",1,2]'
    assert any("会議" in line for line in lines)


TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
STATEMENTS = st.lists(
    st.builds(
        StoredStatement,
        TEXT,
        st.fixed_dictionaries({}, optional={head: st.sampled_from(names) for head, names in HEADS.items()}),
        TEXT,
        st.integers(1, 10_000),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(statements=STATEMENTS)
def test_any_statements_are_read_as_they_were_written(tmp_path_factory, statements):
    """Whatever characters, sources in whatever order, heads without a label."""
    folder = tmp_path_factory.mktemp("any")
    content = neighbours_bytes(statements, HEADS)
    (folder / "neighbours.jsonl").write_bytes(content)
    manifest = {"heads": HEADS, "neighbours": {"neighbours.jsonl": sha256(content).hexdigest()}}
    assert read_neighbours(StoredModel(str(folder), None, manifest)) == statements


def test_folder_without_statements_is_told(run, tmp_path):
    """As --no-neighbours leaves it, and as older versions did."""
    publish(*run, tmp_path / "small", source="small", with_neighbours=False)
    assert not list((tmp_path / "small").glob("neighbours.*"))
    predictor = load(str(tmp_path / "small"))
    assert not predictor.has_neighbours
    assert verify_model(predictor.path) == 7
    with pytest.raises(ModelError) as raised:
        predictor.nearest("We talk.")
    assert str(raised.value) == (
        f"{predictor.path}: holds no labelled statements, so none can be named as the nearest. "
        "Train it again, without --no-neighbours."
    )


FILES = ("neighbours.jsonl", "neighbours.safetensors")


@pytest.mark.parametrize("name", FILES)
def test_other_statements_than_those_of_the_manifest_are_refused(folder, name):
    """By the hash, when they are asked for and when the model is verified; predictions go on."""
    path = folder / name
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    predictor = load(str(folder))
    assert predictor.predict("We welcome the talks.").stance == "diplomatic"
    for ask in (lambda: predictor.nearest("We talk."), lambda: verify_model(str(folder))):
        with pytest.raises(ModelError) as raised:
            ask()
        assert str(raised.value) == f"{path}: its SHA-256 is not the one in manifest.json. {RETRAIN}"


@pytest.mark.parametrize("name", FILES)
def test_missing_file_is_told(folder, name):
    """The manifest says that there should be one."""
    (folder / name).unlink()
    with pytest.raises(ModelError) as raised:
        load(str(folder)).nearest("We talk.")
    assert str(raised.value) == f"{folder / name}: could not be read (no such file or directory). {RETRAIN}"


def test_index_of_other_statements_is_told(folder):
    """A statement fewer than the index knows, with its right hash."""
    lines = (folder / "neighbours.jsonl").read_bytes().splitlines(keepends=True)
    rewritten(folder, b"".join(lines[:-1]))
    with pytest.raises(ModelError) as raised:
        load(str(folder)).nearest("We talk.")
    path = folder / "neighbours.safetensors"
    assert str(raised.value) == f"{path}: does not fit to model.safetensors and neighbours.jsonl. {RETRAIN}"


@pytest.mark.parametrize(("rows", "type_of_numbers"), [(2**16, np.uint16), (2**16 + 1, np.uint32)])
def test_index_numbers_as_many_statements_as_there_are(rows, type_of_numbers):
    """In two bytes as long as they suffice; the last statement is found under the last number."""
    counted = csr_array(([3, 1, 2], ([0, rows - 1, rows - 1], [0, 0, 1])), shape=(rows, 2))
    choice = SimpleNamespace(kept=[0, 1], idf=np.array([2.0, 3.0]))
    trained = SimpleNamespace(features=SimpleNamespace(choice=choice), reading=SimpleNamespace(counted=counted))
    index = safetensors.numpy.load(index_bytes(trained, list(range(rows))))
    assert index["numbers"].dtype == type_of_numbers
    assert index["numbers"].tolist() == [0, rows - 1, rows - 1]
    assert index["times"].tolist() == [3, 1, 2]
    second = 3 * (1 + np.log(2))
    in_last = second / np.hypot(2, second)
    assert in_last <= index["highest"][1] / HIGHEST_STEPS < in_last + 1 / HIGHEST_STEPS
    assert index["highest"][0] == HIGHEST_STEPS


@pytest.mark.parametrize(
    "content", [b"[1]\n", b'[1,"We talk",9,0]\n', b'{"file":"x"}\n', b"\xff\n", b"7\n", b'[1,"We talk",0]\n', b"{\n"]
)
def test_content_of_another_kind_is_told(folder, content):
    """A file that somebody wrote with its hash, but not as this version reads it."""
    rewritten(folder, content)
    with pytest.raises(ModelError) as raised:
        load(str(folder)).nearest("We talk.")
    assert str(raised.value) == f"{folder / 'neighbours.jsonl'}: does not fit to manifest.json. {RETRAIN}"


# What is near


@settings(max_examples=40, deadline=None)
@given(text=st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join))
def test_nearest_are_those_of_scikit_learn(run, predictor, text):
    """The same cosines as its TF-IDF vectors give, the nearest first, and none that shares no term."""
    trained, _ = run
    vectoriser = TfidfVectorizer(analyzer=terms, sublinear_tf=True, vocabulary=trained.vocabulary)
    vectoriser.idf_ = trained.features.choice.idf
    cosines = (vectoriser.transform([s.text for s in WHOLE]) @ vectoriser.transform([text]).T).toarray().ravel()
    found = predictor.nearest(text, 7)
    assert len(found) == min(7, np.count_nonzero(cosines))
    assert [each.similarity for each in found] == pytest.approx(np.sort(cosines)[::-1][: len(found)], abs=1e-6)
    by_line = {s.line: cosine for s, cosine in zip(WHOLE, cosines, strict=True)}
    assert [each.similarity for each in found] == pytest.approx([by_line[each.line] for each in found], abs=1e-6)


def test_the_statement_itself_is_the_nearest(predictor):
    """With cosine one, its labels, and where it stands."""
    first, second = predictor.nearest("Twelve delegates sat in the hall.", 2)
    assert (first.text, first.source, first.line) == ("Twelve delegates sat in the hall.", "small.jsonl", 9)
    assert first.labels == {"stance": "none", "sentiment": "neutral"}
    assert first.similarity == pytest.approx(1.0)
    assert first.similarity <= 1.0
    assert second.similarity < 1.0
    assert first.as_dict() == {
        "text": "Twelve delegates sat in the hall.",
        "stance": "none",
        "sentiment": "neutral",
        "source": "small.jsonl",
        "line": 9,
        "similarity": 1.0,
    }


def test_equally_near_statements_stand_in_the_order_of_the_file(predictor):
    """So the answer is the same every time; without a shared term there is none."""
    assert predictor.nearest("We welcome the talks.") == load(predictor.path).nearest("We welcome the talks.")
    assert len(predictor.nearest("We welcome the talks.")) == 5
    assert predictor.nearest("zzyzx qwrtp.") == ()


def test_nearest_of_the_shipped_model_are_those_of_scikit_learn():
    """Among thousands of statements most are left out unseen, and none that is nearer."""
    predictor = load()
    names, idf, _ = predictor.weight_table("stance")
    vectoriser = TfidfVectorizer(analyzer=terms, sublinear_tf=True, vocabulary=names)
    vectoriser.idf_ = np.array(idf)
    statements = read_neighbours(predictor.model)
    matrix = vectoriser.transform([s.text for s in statements])
    for text in [*(s.text for s in statements[::400]), "the the the of to in a on by", "He is fed up with the talks."]:
        cosines = (matrix @ vectoriser.transform([text]).T).toarray().ravel()
        found = predictor.nearest(text)
        assert [each.similarity for each in found] == pytest.approx(np.sort(cosines)[::-1][:5], abs=1e-6)
