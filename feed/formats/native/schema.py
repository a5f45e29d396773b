"""The JSON Schema of our own format, for those who write it."""

from __future__ import annotations

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import ModelSchema

from feed.formats.native.reader import SCHEMA


def native_schema() -> JsonSchemaValue:
    """Return the JSON Schema (2020-12) of one message of our own format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "nightdesk message",
        "description": (
            "One message of an election night. A .json file holds one message, a list of them "
            'or {"messages": […]}; a .jsonl file holds one on each line.'
        ),
        **_OfValues().generate(SCHEMA),
    }


class _OfValues(GenerateJsonSchema):
    """Describes values, which are no models of pydantic's own."""

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        """Return what a kind of value may say."""
        kind = schema["cls"]
        said = {"title": kind.__name__, "description": kind.__doc__, "additionalProperties": False}
        return {**self.generate_inner(schema["schema"]), **said}
