"""The running server's own description agrees with the contract: the names here are final."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

PATHS = {
    ("post", "/api/v1/ask"): "Answer",
    ("get", "/api/v1/search"): "Found",
    ("get", "/api/v1/documents"): "Documents",
    ("get", "/api/v1/documents/{id}"): "Document",
    ("get", "/api/v1/documents/{id}/clauses/{path}"): "ClauseDetail",
    ("get", "/api/v1/documents/{id}/source"): None,
    ("get", "/api/v1/documents/{id}/pages/{n}"): None,
    ("get", "/api/v1/assignments"): "Assignments",
    ("get", "/api/v1/agencies"): "Agencies",
    ("post", "/api/v1/documents"): "Job",
    ("delete", "/api/v1/documents/{id}"): None,
    ("post", "/api/v1/reindex"): "Job",
    ("get", "/api/v1/jobs/{id}"): "Job",
    ("get", "/api/v1/jobs/{id}/events"): None,
    ("get", "/feeds/{agency}.ics"): None,
    ("get", "/healthz"): "Alive",
    ("get", "/readyz"): "Ready",
    ("get", "/metrics"): None,
}

PARAMETERS = {
    "/api/v1/search": "q limit offset document type issuer agency date_from date_to due_from due_to",
    "/api/v1/documents": "q type issuer limit offset warnings",
    "/api/v1/documents/{id}/pages/{n}": "id n width",
    "/api/v1/assignments": "agency role document q due_from due_to status as_of limit offset format lang",
    "/api/v1/agencies": "q as_of limit offset",
    "/feeds/{agency}.ics": "agency lang",
}

DESCRIBED = "document_id document_number document_title document_date"
CITED = f"{DESCRIBED} issuer source page clause label quote url regions"
TASK = "agencies role task deadline_text due bound recurrence citation"

FIELDS = {
    "Citation": CITED,
    "Region": "page left top right bottom",
    "AskRequest": "question limit as_of filters",
    "Filters": "document type issuer agency date_from date_to due_from due_to",
    "Answer": (
        "question language answerable reason answer statements assignments citations nearest interpreted written"
        " took_ms"
    ),
    "Statement": "text citations",
    "Written": "sentences",
    "Sentence": "text citations",
    "Task": TASK,
    "Interpretation": "agencies document_numbers due_from due_to restored",
    "Found": "query total hits facets took_ms",
    "Hit": f"{CITED} score snippet",
    "Facets": "type issuer year agency",
    "Assignments": "total as_of agency counts due_dates assignments",
    "Assignment": f"id {TASK} status as succeeded_by",
    "Succession": "agency by since",
    "Counts": "overdue due_soon upcoming undated recurring",
    "DueDate": "due status count",
    "Body": "key name en registered names predecessors successor",
    "Agencies": "total as_of agencies",
    "Agency": (
        "key name en abbreviations aliases level valid_from valid_to successor predecessors registered names total"
        " counts"
    ),
    "Documents": "total documents",
    "DocumentSummary": f"{DESCRIBED} type issuer source warnings",
    "Document": (f"{DESCRIBED} type issuer source warnings signer addressees recipients references clauses"),
    "References": "out in",
    "Clause": "path label heading text page regions children",
    "ClauseDetail": ("path label heading text page regions children headings span assignments references citation"),
    "Job": "id kind made state progress result refused error",
    "Progress": "done total",
    "Outcome": "file outcome document_id",
    "RefusedFile": "file reason",
    "Problem": "type title status detail errors",
    "FieldError": "field value detail remedy",
}


@pytest.fixture
def described(client: TestClient) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/openapi.json").json()
    return document


def test_the_paths_are_those_of_the_contract(described: dict[str, Any]) -> None:
    """Every path with its method and the object it answers; none besides."""
    operations = {
        (method, path): next(answer for status, answer in operation["responses"].items() if status != "default")
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }
    assert operations.keys() == PATHS.keys()
    for (method, path), name in PATHS.items():
        schema = operations[method, path].get("content", {}).get("application/json", {}).get("schema")
        assert schema == (name and {"$ref": f"#/components/schemas/{name}"})


@pytest.mark.parametrize("path", PARAMETERS)
def test_the_parameters_are_those_of_the_contract(described: dict[str, Any], path: str) -> None:
    """Query parameters by name."""
    named = {one["name"] for one in described["paths"][path]["get"]["parameters"]}
    assert named == set(PARAMETERS[path].split())


@pytest.mark.parametrize("name", FIELDS)
def test_the_fields_are_those_of_the_contract(described: dict[str, Any], name: str) -> None:
    """Objects by their fields; an answered field is always there, null or not."""
    schema = described["components"]["schemas"][name]
    assert set(schema["properties"]) == set(FIELDS[name].split())


def test_every_refusal_is_a_problem(described: dict[str, Any]) -> None:
    """Nothing of the framework's own error format is left."""
    for methods in described["paths"].values():
        for operation in methods.values():
            assert set(operation["responses"]) in ({status, "default"} for status in ("200", "202", "204"))
            assert set(operation["responses"]["default"]["content"]) == {"application/problem+json"}
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_choices_are_spelled_out(described: dict[str, Any]) -> None:
    """The reasons, roles and statuses that callers switch on."""
    schemas = described["components"]["schemas"]
    assert set(schemas["Answer"]["properties"]["reason"]["anyOf"][0]["enum"]) == {
        "no_support",
        "unknown_agency",
        "unknown_document",
        "false_premise",
        "out_of_scope",
    }
    assert set(schemas["Assignment"]["properties"]["status"]["enum"]) == {
        "overdue",
        "due_soon",
        "upcoming",
        "undated",
        "recurring",
    }
    assert set(schemas["Task"]["properties"]["role"]["enum"]) == {"lead", "coordinate", "request"}
