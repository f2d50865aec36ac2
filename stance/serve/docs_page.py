"""The OpenAPI document as a page to read, without a script and without anything from outside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from stance.report.elements import NOTHING, Markup, lines, tag


def render_docs(document: Mapping[str, Any]) -> str:
    """Give the page.

    Parameters
    ----------
    document : of OpenAPI 3.1, with examples
    """
    operations = [
        (method, path, operation) for path, own in document["paths"].items() for method, operation in own.items()
    ]
    info = document["info"]
    body = [
        tag(
            "header",
            tag("p", "HTTP interface, version ", info["version"], class_="kicker"),
            tag("h1", "The interface of ", info["title"]),
            tag("p", info["description"], class_="standfirst"),
            tag(
                "p",
                *("As OpenAPI 3.1: ", tag("a", "openapi.json", href="/openapi.json")),
                *(" · back to ", tag("a", "the page", href="/")),
            ),
        ),
        tag("nav", tag("ul", lines(*(_entry(*each) for each in operations)), class_="index"), aria_label="Operations"),
        tag("main", lines(*(_operation(*each) for each in operations), _shapes(document["components"]["schemas"]))),
    ]
    head = tag(
        "head",
        lines(
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("title", f"The interface of {info['title']}"),
            *(Markup(f'<link rel="stylesheet" href="/assets/{name}.css" />') for name in ("report", "app")),
        ),
    )
    return f"<!DOCTYPE html>\n{tag('html', head, tag('body', lines(*body), class_='docs'), lang='en')}\n"


def _entry(method: str, path: str, operation: Mapping[str, Any]) -> Markup:
    link = tag("a", f"{method.upper()} {path}", href=f"#{operation['operationId']}")
    return tag("li", tag("code", link), " ", tag("span", operation["summary"]))


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> Markup:
    asked = operation.get("requestBody", {}).get("content", {})
    return tag(
        "section",
        lines(
            tag("h2", tag("code", f"{method.upper()} {path}")),
            tag("p", operation["summary"]),
            *(_content("Request", kind, content) for kind, content in asked.items()),
            _curl(method, path, asked),
            *(_content("Answer", kind, content) for kind, content in operation["responses"]["200"]["content"].items()),
            tag("h3", "Problems"),
            tag("ul", lines(*(_problem(*each) for each in operation["responses"].items() if each[0] != "200"))),
        ),
        id=operation["operationId"],
        class_="level3",
    )


def _content(name: str, kind: str, content: Mapping[str, Any]) -> Markup:
    reference = content["schema"].get("$ref", "").rpartition("/")[2]
    shape = tag("span", ": ", tag("a", reference, href=f"#shape-{reference}")) if reference else NOTHING
    heading = tag("h3", f"{name}, ", tag("code", kind), shape)
    return lines(heading, _code(content["example"])) if "example" in content else heading


def _code(example: Any) -> Markup:
    shown = example if isinstance(example, str) else json.dumps(example, indent=2, ensure_ascii=False)
    return tag("pre", tag("code", shown), tabindex=0)


def _curl(method: str, path: str, asked: Mapping[str, Any]) -> Markup:
    example = asked.get("application/json", {}).get("example")
    if example is None:
        return NOTHING
    body = json.dumps(example, ensure_ascii=False).replace("'", "'\\''")
    command = f"curl -X {method.upper()} http://127.0.0.1:8000{path.replace('{name}', 'default')} \\\n"
    return tag("pre", tag("code", f"{command}  -H 'Content-Type: application/json' \\\n  -d '{body}'"), tabindex=0)


def _problem(status: str, response: Mapping[str, Any]) -> Markup:
    (content,) = response["content"].values()
    return tag("li", tag("b", status), " ", response["description"], " ", tag("q", content["example"]["detail"]))


def _shapes(schemas: Mapping[str, Any]) -> Markup:
    entries = [
        lines(tag("h3", name, id=f"shape-{name}"), tag("p", shape.get("description", "")), _code(shape))
        for name, shape in schemas.items()
    ]
    return tag("section", tag("h2", "Shapes"), lines(*entries), class_="level3")
