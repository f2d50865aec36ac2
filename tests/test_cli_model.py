"""``stance model show`` and ``stance model verify``: what a model is, and whether it still is that."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest
import safetensors.numpy

from stance.resources import default_model


@pytest.fixture
def edit(own_model):
    """Give a function that changes the manifest of the copied model."""

    def change(function):
        path = own_model / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8"))
        function(manifest)
        path.write_text(json.dumps(manifest), encoding="utf-8")

    return change


@pytest.fixture
def spoil(own_model, edit):
    """Give a function that replaces one array by one full of a value and records the new hash."""

    def replace(name, value):
        path = own_model / "model.safetensors"
        arrays = safetensors.numpy.load_file(path)
        arrays[name] = np.full_like(arrays[name], value)
        content = safetensors.numpy.save(arrays)
        path.write_bytes(content)
        edit(lambda manifest: manifest.update(sha256=hashlib.sha256(content).hexdigest()))

    return replace


# ---- show --------------------------------------------------------------------------------------------------


def test_show_tells_labels_data_parameters_and_provenance(run, tiny_model):
    """One table of facts for a person."""
    code, stdout, stderr = run("model", "show", tiny_model)
    assert (code, stderr) == (0, "")
    facts = dict(line.split("  ", 1) for line in stdout.splitlines())
    facts = {name: value.strip() for name, value in facts.items()}
    assert facts["model"] == str(tiny_model)
    assert facts["stance"] == "escalatory, diplomatic, none"
    assert facts["sentiment"] == "negative, neutral, positive"
    assert facts["data: source"] == "tiny.csv"
    assert facts["data: statements"] == "18"
    assert facts["parameters: folds"] == "3"
    assert facts["libraries: stance"] == "0.1.0"
    assert facts["format"] == "4 (text 3)"
    assert len(facts["SHA-256"]) == 64


def test_show_json_is_the_manifest(call, tiny_model):
    """For programs, the whole manifest."""
    code, stdout, stderr = call("model", "show", tiny_model, "--json")
    assert (code, stderr) == (0, "")
    assert json.loads(stdout) == json.loads((tiny_model / "manifest.json").read_text(encoding="utf-8"))


# ---- verify ------------------------------------------------------------------------------------------------


def test_sound_model_is_verified(run, tiny_model):
    """A model as it was written is sound."""
    assert run("model", "verify", tiny_model) == (
        0,
        f"{tiny_model}: sound. SHA-256 as recorded, all numbers finite, 7 canary texts as recorded.\n",
        "",
    )


def test_default_model_is_verified_without_being_named(run):
    """The model that comes along still gives what it gave."""
    code, stdout, stderr = run("model", "verify")
    assert (code, stderr) == (0, "")
    assert stdout.startswith(f"{default_model()}: sound. ")


def test_altered_canary_is_named(run, edit):
    """A canary text with other probabilities than recorded ends with exit code 1 and its text."""
    edit(lambda manifest: manifest["canaries"][3]["stance_probabilities"].update(none=0.123))
    code, stdout, stderr = run("model", "verify", "model")
    assert (code, stdout) == (1, "")
    assert stderr.startswith(
        'model: "The session will resume at 3 p.m. on Thursday." gets other probabilities of stance than recorded ('
    )
    assert stderr.endswith("'none': 0.123}). Train it again or fetch it again.\n")
    assert stderr.count("\n") == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest["canaries"][0]["sentiment_probabilities"].update(neutral=float("nan")),
        lambda manifest: manifest["canaries"][0]["sentiment_probabilities"].pop("neutral"),
        lambda manifest: manifest["canaries"][0].pop("sentiment_probabilities"),
    ],
)
def test_damaged_canary_is_no_match(call, edit, change):
    """A recorded probability that is no number, or is not there, agrees with nothing."""
    edit(change)
    code, stdout, stderr = call("model", "verify", "model")
    assert (code, stdout) == (1, "")
    assert stderr.startswith(
        'model: "We remain open to negotiations towards that goal." gets other probabilities of sentiment than recorded'
    )


@pytest.mark.parametrize(
    "change", [lambda manifest: manifest.pop("canaries"), lambda manifest: manifest["canaries"].clear()]
)
def test_model_without_canaries_is_not_called_sound(call, edit, change):
    """Where nothing was recorded, nothing was verified."""
    edit(change)
    assert call("model", "verify", "model") == (
        1,
        "",
        "model: the manifest records no canary texts, so nothing can be compared. Train it again or fetch it again.\n",
    )


@pytest.mark.parametrize("name", ["idf", "coefficients", "intercepts", "temperatures"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_weights_that_are_no_numbers_are_found(call, spoil, name, value):
    """Every array is looked at, even where the hash is right."""
    spoil(name, value)
    assert call("model", "verify", "model") == (
        1,
        "",
        (
            f'model/model.safetensors: array "{name}" holds numbers that are not finite. '
            "Train it again or fetch it again.\n"
        ),
    )


def test_other_weights_are_found_by_the_canaries(call, spoil):
    """A model with a right hash and other weights does not give what it gave."""
    spoil("coefficients", 0)
    code, _, stderr = call("model", "verify", "model")
    assert code == 1
    assert "gets other probabilities of stance than recorded" in stderr


# ---- folders that are no model, for every command that reads one -----------------------------------------------


def test_prediction_refuses_weights_that_are_no_numbers(call, spoil):
    """NaN never becomes a label."""
    spoil("coefficients", np.nan)
    assert call("predict", "--model", "model", "We offer peace talks") == (
        1,
        "",
        "model: the weights are not all finite numbers. Train it again or fetch it again.\n",
    )


@pytest.mark.parametrize("command", [("predict", "We offer peace", "--model"), ("model", "show"), ("model", "verify")])
def test_missing_folder_is_told(call, command):
    """Whatever reads a model says that there is none, and how to get one."""
    assert call(*command, "nosuch") == (
        1,
        "",
        "nosuch: no such model folder. Check the name, or train one: stance train --output FOLDER\n",
    )


def test_missing_folder_is_told_by_the_installed_command(run):
    """The installed command says the same as the one in this process."""
    assert run("predict", "We offer peace", "--model", "nosuch") == (
        1,
        "",
        "nosuch: no such model folder. Check the name, or train one: stance train --output FOLDER\n",
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            lambda manifest: manifest.update(format=2),
            "model: model format 2, but this version of stance reads 4. "
            "Train the model again with this version, or install the version that wrote it.\n",
            id="foreign format",
        ),
        pytest.param(
            lambda manifest: manifest.update(text_format=99),
            "model: text format 99, but this version of stance reads 3. "
            "Train the model again with this version, or install the version that wrote it.\n",
            id="foreign text format",
        ),
        pytest.param(
            lambda manifest: manifest.update(sha256="0" * 64),
            "model/model.safetensors: its SHA-256 is not the one in manifest.json, so the weights are not those that "
            "were trained. Train the model again or fetch it again.\n",
            id="hash mismatch",
        ),
        pytest.param(
            lambda manifest: manifest.pop("sha256"),
            "model/manifest.json: is no model manifest. Train the model again or fetch it again.\n",
            id="no hash",
        ),
        pytest.param(
            lambda manifest: manifest.pop("text_format"),
            "model/manifest.json: is no model manifest. Train the model again or fetch it again.\n",
            id="no text format",
        ),
        pytest.param(
            lambda manifest: manifest["heads"]["sentiment"].pop(),
            "model: manifest.json and model.safetensors do not fit together. "
            "Train the model again or fetch it again.\n",
            id="label missing",
        ),
        pytest.param(
            lambda manifest: manifest.update(heads=[]),
            "model: manifest.json and model.safetensors do not fit together. "
            "Train the model again or fetch it again.\n",
            id="heads of another kind",
        ),
    ],
)
def test_manifest_that_is_not_the_models_is_refused(call, edit, change, message):
    """Format numbers, hash and labels are checked before a single weight is used."""
    edit(change)
    assert call("predict", "--model", "model", "We offer peace") == (1, "", message)
    assert call("model", "verify", "model") == (1, "", message)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"null", b"\xff", b"[" * 100_000])
def test_manifest_that_is_no_manifest_is_told(call, own_model, content):
    """Whatever stands in manifest.json, the answer is a sentence."""
    (own_model / "manifest.json").write_bytes(content)
    assert call("model", "show", "model") == (
        1,
        "",
        "model/manifest.json: is no model manifest. Train the model again or fetch it again.\n",
    )


@pytest.mark.parametrize("name", ["manifest.json", "model.safetensors"])
def test_missing_file_of_a_model_is_told(call, own_model, name):
    """A folder without one of the two files is no model."""
    (own_model / name).unlink()
    code, stdout, stderr = call("predict", "--model", "model", "We offer peace")
    assert (code, stdout) == (1, "")
    assert stderr.startswith(f"model/{name}: could not be read (no such file or directory). Train ")


@pytest.mark.parametrize(
    ("share", "message"),
    [
        (0, "could not be read (the file is empty)"),
        (0.00001, "is truncated or no safetensors file"),
        (0.5, "is truncated or has been added to"),
        (0.999, "is truncated or has been added to"),
    ],
)
def test_truncated_weights_are_told(call, own_model, share, message):
    """A download that broke off is told as such, wherever it broke off."""
    path = own_model / "model.safetensors"
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert call("predict", "--model", "model", "We offer peace") == (
        1,
        "",
        f"model/model.safetensors: {message}. Train it again or fetch it again.\n",
    )


def test_weights_with_more_behind_them_are_told(call, own_model):
    """A file that was added to is not the one that was written."""
    with (own_model / "model.safetensors").open("ab") as stream:
        stream.write(b"more")
    assert call("predict", "--model", "model", "We offer peace").stderr == (
        "model/model.safetensors: is truncated or has been added to. Train it again or fetch it again.\n"
    )


def test_pickle_is_never_opened(call, own_model):
    """Reading a model executes nothing: the pipeline may be missing or malicious, prediction does not look."""
    (own_model / "pipeline.joblib").write_bytes(b"cos\nsystem\n(S'touch hacked'\ntR.")
    assert call("predict", "--model", "model", "We offer peace").code == 0
    assert call("model", "verify", "model").code == 0
    assert not (own_model.parent / "hacked").exists()
