"""The least a Typer application can do: the yardstick for a cold start."""

import typer

app = typer.Typer()


@app.command()
def main(text: str) -> None:
    """Print one line."""
    typer.echo(text)


app()
