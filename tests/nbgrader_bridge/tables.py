"""A whole gradebook as plain rows, comparable with another one: ids that nbgrader draws are replaced by names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, MetaData, Table, create_engine, select

# What tells a row from the others of its table; where an id of another row is among it, that row's own name.
NAMED_BY = {
    "assignment": ("name",),
    "notebook": ("assignment_id", "name"),
    "base_cell": ("notebook_id", "type", "name"),
    "source_cell": ("notebook_id", "name"),
    "submitted_assignment": ("assignment_id", "student_id"),
    "submitted_notebook": ("assignment_id", "notebook_id"),
    "grade": ("notebook_id", "cell_id"),
    "comment": ("notebook_id", "cell_id"),
}
Rows = dict[str, dict[str, Any]]


def contents(url: str) -> dict[str, list[dict[str, Any]]]:
    """Read every table of a gradebook, each in the order of its text."""
    engine = create_engine(url)
    try:
        return _contents(engine)
    finally:
        engine.dispose()


def _contents(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        rows = {name: list(connection.execute(select(t)).mappings()) for name, t in metadata.tables.items()}
    by_id = {name: {row["id"]: dict(row) for row in found} for name, found in rows.items() if name in NAMED_BY}

    def named(table: Table, row: dict[str, Any]) -> dict[str, Any]:
        said = dict(row)
        for column in table.columns:
            target = next((key.column.table.name for key in column.foreign_keys), "")
            if target in NAMED_BY and row[column.name] is not None:
                said[column.name] = name_of(target, row[column.name])
        if table.name in NAMED_BY:
            said["id"] = name_of(table.name, row["id"])
        return said

    def name_of(name: str, identity: str) -> str:
        said = {**by_id[name][identity], "id": ""}
        table = metadata.tables[name]
        targets = {c.name: next((k.column.table.name for k in c.foreign_keys), "") for c in table.columns}
        parts = (name_of(targets[p], said[p]) if targets[p] in NAMED_BY else str(said[p]) for p in NAMED_BY[name])
        return "/".join(parts)

    return {name: sorted((named(metadata.tables[name], row) for row in found), key=str) for name, found in rows.items()}
