"""The JSON Schema of our own format, for editors and for whoever writes a feed."""

from __future__ import annotations

from pydantic.json_schema import JsonSchemaValue

from feed.formats.native.reader import NATIVE


def native_schema() -> JsonSchemaValue:
    """Return the JSON Schema (2020-12) of one message of our own format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "nightdesk message",
        "description": (
            "One message of an election night. A .json file holds one message, a list of them "
            'or {"messages": […]}; a .jsonl file holds one on each line.'
        ),
        **NATIVE.json_schema(),
    }
