"""Files and folders appear whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import errno
import io
import os
import tempfile

import pytest

from stance.atomic import check_target, restore_folder, write_file, write_folder
from stance.errors import FileError

NO_SPACE = OSError(errno.ENOSPC, "No space left on device")


class FullDisk(io.StringIO):
    """A stream on a disk without room."""

    def write(self, _):
        """Refuse."""
        raise NO_SPACE


def refuse(*_args, **_options):
    raise PermissionError(errno.EACCES, "Permission denied")


def interrupt(*_args, **_options):
    raise KeyboardInterrupt


def write_half_then(error, path, **options):
    with write_file(path, **options) as stream:
        stream.write("half")
        raise error


def fill_half_then(error, path):
    with write_folder(path) as folder:
        (folder / "part").write_text("half", encoding="utf-8")
        raise error


def fill(path, content="new"):
    with write_folder(path) as folder:
        (folder / "file").write_text(content, encoding="utf-8")


def names_in(folder):
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture
def old_file(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")
    return path


@pytest.fixture
def old_folder(tmp_path):
    path = tmp_path / "model"
    path.mkdir()
    (path / "file").write_text("old", encoding="utf-8")
    return path


@pytest.fixture
def group_umask():
    before = os.umask(0o027)
    yield
    os.umask(before)


def test_target_in_a_missing_folder_is_refused(tmp_path):
    """The folder of an output is not made up, as its name may be a slip."""
    with pytest.raises(FileError) as caught:
        check_target(tmp_path / "no" / "out.csv", force=False)
    assert str(caught.value) == (
        f'{tmp_path}/no/out.csv: the folder "{tmp_path}/no" does not exist. Create it or choose another place.'
    )


def test_target_that_is_a_folder_is_refused(tmp_path):
    """A folder is not replaced by a file, even by force."""
    with pytest.raises(FileError) as caught:
        check_target(tmp_path, force=True)
    assert str(caught.value) == f"{tmp_path}: is a folder, a file was expected. Give a file name."


def test_target_that_exists_is_refused(old_file):
    """Nobody loses a file without having said --force."""
    with pytest.raises(FileError) as caught:
        check_target(old_file, force=False)
    assert str(caught.value) == f"{old_file}: exists already. Choose another name, or add --force to replace it."


def test_target_in_a_folder_that_is_not_writable_is_refused(tmp_path, monkeypatch):
    """Rights are looked at before the work, not after it."""
    monkeypatch.setattr(os, "access", lambda path, mode: (path, mode) != (tmp_path, os.W_OK))
    with pytest.raises(FileError) as caught:
        check_target(tmp_path / "out.csv", force=False)
    assert str(caught.value) == (
        f'{tmp_path}/out.csv: the folder "{tmp_path}" is not writable. Choose another place or change its rights.'
    )


def test_good_target_passes_and_is_left_alone(old_file):
    """Checking writes nothing."""
    check_target(old_file, force=True)
    check_target(old_file.with_name("new.csv"), force=False)
    assert names_in(old_file.parent) == ["out.csv"]
    assert old_file.read_text("utf-8") == "old"


def test_file_appears_when_the_block_ends(tmp_path):
    """While the block runs, nobody sees the file under its name."""
    path = tmp_path / "out.txt"
    with write_file(path) as stream:
        stream.write("new")
        stream.flush()
        assert not path.exists()
    assert path.read_text("utf-8") == "new"
    assert names_in(tmp_path) == ["out.txt"]


def test_old_file_stands_until_the_block_ends(old_file):
    """A reader sees the old file or the new one."""
    with write_file(old_file) as stream:
        stream.write("new")
        stream.flush()
        assert old_file.read_text("utf-8") == "old"
    assert old_file.read_text("utf-8") == "new"


def test_text_is_utf8_with_line_ends_as_written(tmp_path):
    """No platform changes encoding or line ends."""
    with write_file(tmp_path / "out.txt") as stream:
        stream.write("é\n\r\n")
    assert (tmp_path / "out.txt").read_bytes() == b"\xc3\xa9\n\r\n"


def test_binary_file_takes_bytes(tmp_path):
    """Formats that are no text are written as they are."""
    with write_file(tmp_path / "out.bin", binary=True) as stream:
        stream.write(b"\x00\xff")
    assert (tmp_path / "out.bin").read_bytes() == b"\x00\xff"


@pytest.mark.usefixtures("group_umask")
def test_file_and_folder_have_the_rights_of_any_new_one(tmp_path):
    """Temporary files are private; the finished ones have the rights that the umask gives."""
    with write_file(tmp_path / "out.txt") as stream:
        stream.write("new")
    fill(tmp_path / "model")
    assert (tmp_path / "out.txt").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "model").stat().st_mode & 0o777 == 0o750


def test_full_disk_leaves_the_old_file(old_file, monkeypatch):
    """The system's refusal becomes a sentence; the old file stands and no temporary is left."""
    monkeypatch.setattr(os, "fdopen", lambda handle, *_args, **_options: (os.close(handle), FullDisk())[1])
    with pytest.raises(FileError) as caught:
        write_half_then(AssertionError("never reached"), old_file)
    assert str(caught.value) == (
        f"{old_file}: could not be written (no space left on device). "
        "Nothing was changed; make room or choose another place."
    )
    assert old_file.read_text("utf-8") == "old"
    assert names_in(old_file.parent) == ["out.csv"]


def test_folder_without_rights_leaves_the_old_file(old_file, monkeypatch):
    """Where not even a temporary can be made, the sentence says so."""
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(FileError, match=r"out\.csv: could not be written \(permission denied\)\. Nothing was changed"):
        write_half_then(AssertionError("never reached"), old_file)
    assert old_file.read_text("utf-8") == "old"


def test_refused_rename_leaves_the_old_file(old_file, monkeypatch):
    """The last step may fail too."""
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(FileError, match=r"out\.csv: could not be written \(permission denied\)"), write_file(old_file):
        pass
    assert old_file.read_text("utf-8") == "old"
    assert names_in(old_file.parent) == ["out.csv"]


def test_error_without_a_reason_of_the_system_is_told_by_its_text(old_file):
    """An OSError need not carry a number."""
    with pytest.raises(FileError, match=r"could not be written \(odd thing\)"):
        write_half_then(OSError("Odd thing"), old_file)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("bad row"), SystemExit(3)])
def test_any_exception_leaves_the_old_file(old_file, error):
    """Ctrl-C and errors of the caller pass through as they are; the old file stands and no temporary is left."""
    with pytest.raises(type(error)) as caught:
        write_half_then(error, old_file)
    assert caught.value is error
    assert old_file.read_text("utf-8") == "old"
    assert names_in(old_file.parent) == ["out.csv"]


def test_closed_pipe_is_not_blamed_on_the_file(old_file):
    """A reader of standard output that went away is not a disk that is full."""
    with pytest.raises(BrokenPipeError):
        write_half_then(BrokenPipeError(errno.EPIPE, "Broken pipe"), old_file)
    assert old_file.read_text("utf-8") == "old"
    assert names_in(old_file.parent) == ["out.csv"]


def test_folder_replaces_the_old_one_as_a_whole(old_folder):
    """Files of the old folder do not linger in the new one."""
    with write_folder(old_folder) as folder:
        (folder / "other").write_text("new", encoding="utf-8")
        assert names_in(old_folder) == ["file"]
    assert names_in(old_folder) == ["other"]
    assert names_in(old_folder.parent) == ["model"]


def test_folder_is_made_with_its_parents(tmp_path):
    """A model's place need not exist."""
    fill(tmp_path / "models" / "mine")
    assert (tmp_path / "models" / "mine" / "file").read_text("utf-8") == "new"


def test_full_disk_leaves_the_old_folder(old_folder):
    """The system's refusal becomes a sentence; the old folder stands and no temporary is left."""
    with pytest.raises(FileError) as caught:
        fill_half_then(NO_SPACE, old_folder)
    assert str(caught.value) == (
        f"{old_folder}: could not be written (no space left on device). "
        "Nothing was changed; make room or choose another place."
    )
    assert (old_folder / "file").read_text("utf-8") == "old"
    assert names_in(old_folder.parent) == ["model"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("bad model")])
def test_any_exception_leaves_the_old_folder(old_folder, error):
    """Ctrl-C and errors of the caller pass through as they are."""
    with pytest.raises(type(error)) as caught:
        fill_half_then(error, old_folder)
    assert caught.value is error
    assert (old_folder / "file").read_text("utf-8") == "old"
    assert names_in(old_folder.parent) == ["model"]


def test_parent_that_is_a_file_is_told(old_file):
    """A folder cannot be made below a file."""
    with pytest.raises(FileError, match=r"out\.csv/model: could not be written \((file exists|not a directory)\)"):
        fill(old_file / "model")
    assert old_file.read_text("utf-8") == "old"


def test_refused_second_rename_puts_the_old_folder_back(old_folder, monkeypatch):
    """Between the two renames nothing bears the name; a failure there restores what was."""
    steps = iter([os.replace, refuse, os.replace])
    monkeypatch.setattr(os, "replace", lambda *paths: next(steps)(*paths))
    with pytest.raises(FileError, match=r"model: could not be written \(permission denied\)\. Nothing was changed"):
        fill(old_folder)
    assert (old_folder / "file").read_text("utf-8") == "old"
    assert names_in(old_folder.parent) == ["model"]


def test_interrupt_between_the_renames_puts_the_old_folder_back(old_folder, monkeypatch):
    """Ctrl-C finds every instant."""
    steps = iter([os.replace, interrupt, os.replace])
    monkeypatch.setattr(os, "replace", lambda *paths: next(steps)(*paths))
    with pytest.raises(KeyboardInterrupt):
        fill(old_folder)
    assert (old_folder / "file").read_text("utf-8") == "old"
    assert names_in(old_folder.parent) == ["model"]


def test_folder_left_aside_by_a_killed_process_is_put_back(tmp_path):
    """A process killed between the renames leaves the old folder aside and the new one unfinished."""
    (tmp_path / ".model.old-123").mkdir()
    (tmp_path / ".model.old-123" / "file").write_text("old", encoding="utf-8")
    (tmp_path / ".model.new-abc").mkdir()
    restore_folder(tmp_path / "model")
    assert (tmp_path / "model" / "file").read_text("utf-8") == "old"
    assert names_in(tmp_path) == ["model"]


def test_folder_left_aside_after_the_work_is_removed(old_folder):
    """A process killed after the second rename leaves the folder that it had replaced."""
    (old_folder.parent / ".model.old-123").mkdir()
    restore_folder(old_folder)
    assert (old_folder / "file").read_text("utf-8") == "old"
    assert names_in(old_folder.parent) == ["model"]


def test_next_writing_cleans_up_after_a_killed_process(old_folder):
    """Leftovers are dealt with before the new folder is made."""
    (old_folder.parent / ".model.old-123").mkdir()
    (old_folder.parent / ".model.new-abc").mkdir()
    fill(old_folder)
    assert (old_folder / "file").read_text("utf-8") == "new"
    assert names_in(old_folder.parent) == ["model"]


def test_brackets_in_a_name_are_no_pattern(tmp_path):
    """The leftovers of another folder are none of ours, even when the name would match as a pattern."""
    (tmp_path / ".m1.old-123").mkdir()
    (tmp_path / ".m[1].old-123").mkdir()
    fill(tmp_path / "m[1]")
    assert names_in(tmp_path) == [".m1.old-123", "m[1]"]
