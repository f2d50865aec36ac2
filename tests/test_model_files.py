"""A model folder is read only when it is whole, and written whole or not at all."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import suppress
from hashlib import sha256
from itertools import pairwise

import joblib
import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given, settings
from hypothesis import strategies as st
from small_corpus import SMALL

import stance.publish
from stance.assessment import cross_validated
from stance.errors import FileError, ModelError
from stance.model import FORMAT, ArrayFile, read_model
from stance.predictor import load
from stance.publish import CANARIES, folder_bytes, publish
from stance.stored_arrays import array_bytes
from stance.text import TEXT_FORMAT
from stance.training import TrainingConfig, train
from stance.verify import verify_model

FILES = [
    *("README.md", "manifest.json", "metrics.json", "model.safetensors"),
    *("neighbours.jsonl", "neighbours.safetensors", "pipeline.joblib"),
]
NUMBERS = ["idf", "coefficients", "intercepts", "temperatures"]
RETRAIN = "Train the model again or fetch it again."


@pytest.fixture(scope="module")
def run():
    """Train and evaluate once: the two things that are published."""
    trained = train(SMALL, TrainingConfig(folds=3, grid=(4.0,)))
    return trained, cross_validated(trained, source="small", with_errors=False)


@pytest.fixture(scope="module")
def original(run, tmp_path_factory):
    """Publish the small model; not to be changed."""
    folder = tmp_path_factory.mktemp("models") / "small"
    publish(*run, folder, source="small")
    return folder


@pytest.fixture
def folder(original, tmp_path):
    """Copy the small model, to be damaged."""
    return shutil.copytree(original, tmp_path / "model")


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rewrite_manifest(folder, **changes):
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def rewrite_arrays(folder, **changes):
    """Replace arrays and record the new hash, as somebody would who trained such weights."""
    path = folder / "model.safetensors"
    content = safetensors.numpy.save(safetensors.numpy.load_file(path) | changes)
    path.write_bytes(content)
    rewrite_manifest(folder, sha256=sha256(content).hexdigest())


def with_number(folder, name, number):
    """Give an array of the model with one number replaced: of the term "talk", or of the first label."""
    array = safetensors.numpy.load_file(folder / "model.safetensors")[name].copy()
    terms, _, _ = load(str(folder)).weight_table("stance")
    array[{len(terms): terms.index("talk")}.get(len(array), 0)] = number
    return array


# Arrays


def test_arrays_are_those_that_safetensors_reads(original):
    """Our reader gives, for every array, the numbers and the type that the package's own reader gives."""
    path = original / "model.safetensors"
    expected = safetensors.numpy.load_file(path)
    ours = ArrayFile(str(path))
    names = "acts coefficients idf inside intercepts leading outside temperatures term_offsets terms word_offsets"
    assert sorted(expected) == sorted([*names.split(), "word_step", "words"])
    for name, array in expected.items():
        own = np.asarray(ours.array(name))
        assert own.dtype == array.dtype
        np.testing.assert_array_equal(own, array.ravel())


def test_the_hash_is_that_of_the_file(original):
    """The hash covers the whole file, header and data."""
    path = original / "model.safetensors"
    assert ArrayFile(str(path)).sha256() == sha256(path.read_bytes()).hexdigest()


DTYPES = st.sampled_from([np.uint8, np.int16, np.uint32, np.float32, np.float64])
ARRAYS = st.dictionaries(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=5).filter(lambda name: name != "__metadata__"),
    st.tuples(DTYPES, st.lists(st.integers(0, 255), max_size=4)).map(lambda drawn: np.array(drawn[1], drawn[0])),
    min_size=1,
    max_size=3,
)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """Give a file name for examples to write to, one after the other."""
    return tmp_path_factory.mktemp("scratch") / "model.safetensors"


@settings(max_examples=25, deadline=None)
@given(arrays=ARRAYS, metadata=st.none() | st.just({"made": "here"}))
def test_any_file_that_safetensors_writes_is_read(scratch, arrays, metadata):
    """Names, sizes (none at all too), types and metadata of the writer make no difference."""
    scratch.write_bytes(safetensors.numpy.save(arrays, metadata))
    ours = ArrayFile(str(scratch))
    for name, array in arrays.items():
        np.testing.assert_array_equal(np.asarray(ours.array(name)), array)


@settings(max_examples=10, deadline=None)
@given(arrays=ARRAYS)
def test_every_truncation_is_an_error(scratch, arrays):
    """A file cut short anywhere, or one byte too long, is refused when it is opened."""
    content = safetensors.numpy.save(arrays)
    for length in range(len(content)):
        scratch.write_bytes(content[:length])
        with pytest.raises(ModelError):
            ArrayFile(str(scratch))
    scratch.write_bytes(content + b"\0")
    with pytest.raises(ModelError) as error:
        ArrayFile(str(scratch))
    assert str(error.value) == f"{scratch}: is truncated or has been added to. Train it again or fetch it again."


def open_and_read(path, names):
    """Read all arrays; a :class:`ModelError` is the one thing that may stop it."""
    with suppress(ModelError):
        opened = ArrayFile(str(path))
        for name in names:
            bytes(opened.array(name))


HEADER = safetensors.numpy.save({"idf": np.ones(3, np.float32), "terms": np.arange(4, dtype=np.uint8)})


@settings(max_examples=300, deadline=None)
@given(changes=st.dictionaries(st.integers(0, len(HEADER) - 1), st.integers(1, 255), min_size=1, max_size=4))
def test_a_corrupt_header_raises_nothing_else(scratch, changes):
    """Whatever bytes are wrong, reading either works or fails with a sentence of ours."""
    damaged = bytes(byte ^ changes.get(place, 0) for place, byte in enumerate(HEADER))
    scratch.write_bytes(damaged)
    open_and_read(scratch, ["idf", "terms"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-20, 20) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["dtype", "data_offsets"]), inner),
    max_leaves=5,
)
ENTRIES = st.fixed_dictionaries(
    {}, optional={"dtype": st.sampled_from(["U8", "F32", "F64", "I64"]) | JSON, "data_offsets": JSON, "shape": JSON}
)


@settings(max_examples=300, deadline=None)
@given(header=st.dictionaries(st.sampled_from(["idf", "terms", "__metadata__"]), ENTRIES | JSON) | JSON)
def test_a_foreign_header_raises_nothing_else(scratch, header):
    """JSON of any other shape is no header, and said to be none."""
    encoded = json.dumps(header).encode()
    scratch.write_bytes(len(encoded).to_bytes(8, "little") + encoded + bytes(16))
    open_and_read(scratch, ["idf", "terms"])


OFFSETS = {
    "no end": [8],
    "words": ["0", "8"],
    "before the data": [-8, 0],
    "backwards": [8, 0],
    "half numbers": [0.5, 8],
    "no multiple of four": [1, 8],
}


@pytest.mark.parametrize("offsets", OFFSETS.values(), ids=OFFSETS.keys())
def test_offsets_that_cannot_be(scratch, offsets):
    """Offsets that name no stretch of the data give an error and never bytes of something else."""
    header = {"idf": {"dtype": "F32", "data_offsets": offsets}, "rest": {"dtype": "U8", "data_offsets": [0, 8]}}
    encoded = json.dumps(header).encode()
    scratch.write_bytes(len(encoded).to_bytes(8, "little") + encoded + bytes(8))
    with pytest.raises(ModelError):
        ArrayFile(str(scratch)).array("idf")


def test_an_array_that_is_not_there(original):
    """The error names the array."""
    path = original / "model.safetensors"
    with pytest.raises(ModelError) as error:
        ArrayFile(str(path)).array("vectors")
    assert str(error.value) == f'{path}: holds no usable array "vectors". Train it again or fetch it again.'


UNREADABLE = {
    "empty": (b"", "could not be read (the file is empty)"),
    "too short": (b"\0" * 7, "is truncated or no safetensors file"),
    "something else": (b"PK\x03\x04 this is a zip file", "is truncated or no safetensors file"),
    "no header": (b"\0" * 8, "is truncated or no safetensors file"),
}


@pytest.mark.parametrize(("content", "problem"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_file_that_is_no_array_file(scratch, content, problem):
    """The error says what is wrong with the file."""
    scratch.write_bytes(content)
    with pytest.raises(ModelError) as error:
        ArrayFile(str(scratch))
    assert str(error.value) == f"{scratch}: {problem}. Train it again or fetch it again."


def test_another_byte_order_is_refused(scratch, monkeypatch):
    """The file is little-endian; a machine that is not would read other numbers."""
    scratch.write_bytes(HEADER)
    monkeypatch.setattr("sys.byteorder", "big")
    with pytest.raises(ModelError) as error:
        ArrayFile(str(scratch))
    assert str(error.value) == (
        f"{scratch}: the file is little-endian, this machine is not. Use a little-endian machine."
    )


# Reading a folder


def sentence_of(folder):
    with pytest.raises(ModelError) as error:
        read_model(str(folder))
    return str(error.value)


def test_a_missing_folder(tmp_path):
    """The error names the folder and how to get one."""
    folder = tmp_path / "nowhere"
    assert sentence_of(folder) == (
        f"{folder}: no such model folder. Check the name, or train one: stance train --output FOLDER"
    )


@pytest.mark.parametrize(
    ("name", "remedy"), [("manifest.json", RETRAIN), ("model.safetensors", "Train it again or fetch it again.")]
)
def test_a_missing_file(folder, name, remedy):
    """The error names the file that a folder lacks."""
    (folder / name).unlink()
    assert sentence_of(folder) == f"{folder / name}: could not be read (no such file or directory). {remedy}"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"3", b"\xff\xfe\x00", b"[" * 100_000], ids=repr)
def test_a_manifest_that_is_no_json_object(folder, content):
    """Anything but a JSON object is no manifest."""
    (folder / "manifest.json").write_bytes(content)
    assert sentence_of(folder) == f"{folder / 'manifest.json'}: is no model manifest. {RETRAIN}"


@pytest.mark.parametrize("key", ["format", "text_format", "sha256", "heads"])
def test_a_manifest_that_lacks_a_key(folder, key):
    """Each of the keys that reading needs must be there."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    del manifest[key]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert sentence_of(folder) == f"{folder / 'manifest.json'}: is no model manifest. {RETRAIN}"


@pytest.mark.parametrize(
    ("key", "what", "own"), [("format", "model format", FORMAT), ("text_format", "text format", TEXT_FORMAT)]
)
def test_a_foreign_format(folder, key, what, own):
    """A model of another format number is refused, since its words could come apart differently."""
    rewrite_manifest(folder, **{key: 999})
    assert sentence_of(folder) == (
        f"{folder}: {what} 999, but this version of stance reads {own}. "
        "Train the model again with this version, or install the version that wrote it."
    )


def test_a_manifest_of_other_weights(folder):
    """Weights that are not those of the manifest are refused, however sound they are."""
    content = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert sentence_of(folder) == (
        f"{folder / 'model.safetensors'}: its SHA-256 is not the one in manifest.json, "
        "so the weights are not those that were trained. Train the model again or fetch it again."
    )


@settings(max_examples=50, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
def test_any_changed_byte_is_noticed(original, scratch, place, change):
    """One wrong byte anywhere in the file of arrays makes the model unreadable."""
    content = bytearray((original / "model.safetensors").read_bytes())
    content[int(place * len(content))] ^= change
    scratch.write_bytes(content)
    shutil.copy(original / "manifest.json", scratch.parent)
    assert sentence_of(scratch.parent)


HEADS = {
    "a label too few": {"stance": ["escalatory"], "sentiment": ["negative", "neutral", "positive"]},
    "a head too few": {"stance": ["escalatory", "diplomatic", "critical", "none", "a", "b", "c"]},
    "no heads": {},
    "a list": ["stance", "sentiment"],
    "numbers": {"stance": 4, "sentiment": 3},
}


@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS.keys())
def test_labels_that_do_not_fit_the_arrays(folder, heads):
    """The hash does not cover the manifest, so its labels are counted against the columns."""
    rewrite_manifest(folder, heads=heads)
    assert sentence_of(folder) == f"{folder}: manifest.json and model.safetensors do not fit together. {RETRAIN}"


# Numbers that are none


@pytest.mark.parametrize(
    ("name", "number"),
    [*((name, np.nan) for name in NUMBERS), ("idf", np.inf), ("coefficients", np.inf), ("intercepts", -np.inf)],
)
def test_weights_that_are_no_numbers_stop_a_prediction(folder, name, number):
    """NaN and infinity never become a label, one by one or in bulk."""
    rewrite_arrays(folder, **{name: with_number(folder, name, number)})
    predictor = load(str(folder))
    sentence = f"{folder}: the weights are not all finite numbers. Train it again or fetch it again."
    with pytest.raises(ModelError, match=f"^{re.escape(sentence)}$"):
        predictor.predict("talk")
    with pytest.raises(ModelError, match=f"^{re.escape(sentence)}$"):
        predictor.explain("talk", "stance", "none")


@pytest.mark.parametrize("number", [np.nan, np.inf])
@pytest.mark.parametrize("name", ["idf", "coefficients"])
def test_weights_that_are_no_numbers_stop_a_stream(folder, name, number):
    """So they do where many texts are scored together, and NumPy does not warn of it besides."""
    rewrite_arrays(folder, **{name: with_number(folder, name, number)})
    stream = load(str(folder)).predict_many(["Zzyzx"] * 256 + ["talk"])
    assert [next(stream).status for _ in range(256)] == ["undecided"] * 256
    with pytest.raises(ModelError, match="the weights are not all finite numbers"):
        next(stream)


def test_an_intercept_that_is_no_number_stops_every_prediction(folder):
    """A text without a known term has scores too."""
    rewrite_arrays(folder, intercepts=with_number(folder, "intercepts", np.nan))
    with pytest.raises(ModelError, match="the weights are not all finite numbers"):
        load(str(folder)).predict("")


@pytest.mark.parametrize("name", NUMBERS)
def test_verifying_names_the_array_that_is_not_finite(folder, name):
    """``verify`` looks at every number, whether a canary uses it or not."""
    rewrite_arrays(folder, **{name: with_number(folder, name, np.nan)})
    with pytest.raises(ModelError) as error:
        verify_model(str(folder))
    assert str(error.value) == (
        f'{folder / "model.safetensors"}: array "{name}" holds numbers that are not finite. '
        "Train it again or fetch it again."
    )


# Verifying


def test_a_sound_model_is_verified(original):
    """All seven canary texts get what they got."""
    assert verify_model(str(original)) == 7


def test_an_altered_canary_is_noticed(folder):
    """The sentence quotes the text and both sets of probabilities."""
    canaries = json.loads((folder / "manifest.json").read_text("utf-8"))["canaries"]
    canaries[2]["sentiment_probabilities"] = {"negative": 0.5, "neutral": 0.25, "positive": 0.25}
    rewrite_manifest(folder, canaries=canaries)
    with pytest.raises(ModelError) as error:
        verify_model(str(folder))
    text = "You have broken every promise you made to this Council."
    assert str(error.value).startswith(f'{folder}: "{text}" gets other probabilities of sentiment than recorded ({{')
    assert str(error.value).endswith(
        "}, not {'negative': 0.5, 'neutral': 0.25, 'positive': 0.25}). Train it again or fetch it again."
    )


WRONG = {
    "a thousandth": lambda p: p | {"none": p["none"] + 0.001},
    "a label too few": lambda p: {label: p[label] for label in ("escalatory", "diplomatic")},
    "other labels": lambda p: dict(zip("abcd", p.values(), strict=True)),
    "no number": lambda p: p | {"none": float("nan")},
    "nothing": lambda _: {},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_canaries_that_say_something_else(folder, wrong):
    """Other numbers, other labels and missing ones are all differences."""
    canaries = json.loads((folder / "manifest.json").read_text("utf-8"))["canaries"]
    canaries[0]["stance_probabilities"] = wrong(canaries[0]["stance_probabilities"])
    rewrite_manifest(folder, canaries=canaries)
    with pytest.raises(ModelError, match="gets other probabilities of stance than recorded"):
        verify_model(str(folder))


def test_rounding_is_no_difference(folder):
    """Recorded probabilities have six places; half a unit of the last one does not fail a verification."""
    canaries = json.loads((folder / "manifest.json").read_text("utf-8"))["canaries"]
    canaries[0]["stance_probabilities"]["none"] += 4e-7
    rewrite_manifest(folder, canaries=canaries)
    assert verify_model(str(folder)) == 7


@pytest.mark.parametrize("canaries", [[], None])
def test_a_model_without_canaries_cannot_be_verified(folder, canaries):
    """Nothing compared is not the same as nothing different."""
    rewrite_manifest(folder, canaries=canaries)
    with pytest.raises(ModelError) as error:
        verify_model(str(folder))
    assert str(error.value) == (
        f"{folder}: the manifest records no canary texts, so nothing can be compared. Train it again or fetch it again."
    )


# Writing a folder


def test_what_a_model_folder_holds(original, run):
    """Six files; the manifest says what was trained on what, and how."""
    manifest = json.loads((original / "manifest.json").read_text("utf-8"))
    assert sorted(contents(original)) == FILES
    assert list(manifest) == [
        *["format", "text_format", "sha256", "heads", "gate", "data", "parameters", "canaries", "confidence"],
        *["libraries", "neighbours"],
    ]
    assert manifest["heads"] == {
        "stance": ["escalatory", "diplomatic", "critical", "none"],
        "sentiment": ["negative", "neutral", "positive"],
    }
    assert manifest["data"] == {
        "source": "small",
        "fingerprint": SMALL.fingerprint,
        "statements": 50,
        "quotes": 0,
        "phrases": 6,
    }
    assert manifest["parameters"]["C"] == {"stance": 4.0, "sentiment": 4.0}
    assert manifest["parameters"]["terms"] == len(run[0].vocabulary)
    assert [canary["text"] for canary in manifest["canaries"]] == list(CANARIES)


def test_the_arrays_lie_as_documented(original):
    """Terms are sorted by their bytes; coefficients have one row a term and one column a label of each head."""
    arrays = safetensors.numpy.load_file(original / "model.safetensors")
    joined, offsets = arrays["terms"].tobytes(), arrays["term_offsets"].tolist()
    terms = [joined[a:b] for a, b in pairwise(offsets)]
    assert terms == sorted(set(terms))
    assert arrays["coefficients"].shape == (len(terms), 7)
    assert (arrays["intercepts"].shape, arrays["temperatures"].shape, arrays["idf"].shape) == (
        (7,),
        (2,),
        (len(terms),),
    )


def test_the_pipelines_work_in_scikit_learn(original):
    """``pipeline.joblib`` holds one pipeline a head that labels texts as the model does."""
    pipelines = joblib.load(original / "pipeline.joblib")
    predicted = load(str(original)).predict("We condemn the crime.")
    assert pipelines["stance"].predict(["We condemn the crime."]).tolist() == ["critical"] == [predicted.stance]
    assert pipelines["sentiment"].predict(["We condemn the crime."]).tolist() == ["negative"] == [predicted.sentiment]


def test_the_bytes_that_would_be_written(original, run):
    """``folder_bytes`` gives what ``publish`` writes, file by file."""
    assert folder_bytes(*run, source="small") == contents(original)
    assert array_bytes(run[0]) == (original / "model.safetensors").read_bytes()


def test_a_model_replaces_a_model(folder, run):
    """The new folder holds the new files only, and nothing is left beside it."""
    (folder / "stray.txt").write_text("left over")
    publish(*run, folder, source="another source")
    assert sorted(contents(folder)) == FILES
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["data"]["source"] == "another source"
    assert [path.name for path in folder.parent.iterdir()] == ["model"]


@pytest.mark.parametrize("failing", ["render_card", "canaries", "write_model"])
@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_failure_leaves_the_old_model(folder, run, monkeypatch, failing, error):
    """Whatever breaks while a model is written, Ctrl-C too, the old one stays to the byte and nothing else does."""

    def fail(*_, **__):
        raise error

    before = contents(folder)
    monkeypatch.setattr(stance.publish, failing, fail)
    with pytest.raises(error):
        publish(*run, folder, source="new")
    assert contents(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["model"]
    assert verify_model(str(folder)) == 7


def test_a_failure_where_no_model_was_leaves_nothing(run, monkeypatch, tmp_path):
    """Half a model is worse than none."""
    monkeypatch.setattr(stance.publish, "render_card", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(*run, tmp_path / "new", source="small")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_something_else_is_not_replaced(run, tmp_path):
    """A folder that is not empty and no model is somebody's work."""
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("In the beginning")
    with pytest.raises(FileError) as error:
        publish(*run, tmp_path / "thesis", source="small")
    assert str(error.value) == (
        f"{tmp_path / 'thesis'}: exists and is no model folder. Choose another place for the model with --output."
    )
    assert contents(tmp_path / "thesis") == {"chapter.txt": b"In the beginning"}


def test_a_folder_cannot_be_made_below_a_file(run, tmp_path):
    """A place that cannot be written is told before the work."""
    (tmp_path / "file").write_text("")
    with pytest.raises(FileError) as error:
        publish(*run, tmp_path / "file" / "model", source="small")
    assert str(error.value) == (
        f'{tmp_path / "file" / "model"}: nothing can be written in "{tmp_path / "file"}". '
        "Choose another place for the model with --output."
    )
