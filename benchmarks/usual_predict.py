"""The usual way to serve a text classifier: Typer, joblib, a scikit-learn pipeline."""

import sys
from pathlib import Path

import joblib
import typer

app = typer.Typer()


@app.command()
def main(folder: Path, text: str) -> None:
    """Load the pipelines and print both labels."""
    pipelines = joblib.load(folder / "pipeline.joblib")
    typer.echo(" ".join(str(pipeline.predict([text])[0]) for pipeline in pipelines.values()))


if __name__ == "__main__":
    sys.exit(app())
