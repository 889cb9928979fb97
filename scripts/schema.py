#!/usr/bin/env python3
"""Writes src/schema.rs from migrations/sqlite/*/up.sql (CREATE TABLE and ALTER TABLE .. ADD COLUMN).

diesel's own `print-schema` needs its command line tool and a live database, and maps SQLite's types loosely; the migrations of
this house are plain enough to be read directly. A test compares the result with both real databases.
"""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
TYPES = {"TEXT": "Text", "TIMESTAMP": "Timestamp", "BIGINT": "BigInt", "INTEGER": "Integer", "DATE": "Date", "BOOLEAN": "Bool"}


def column(line):
    name, kind, *rest = line.split()
    rest = " ".join(rest)
    rust = TYPES[kind]
    if "NOT NULL" not in rest:
        rust = f"Nullable<{rust}>"
    refers = re.search(r"REFERENCES (\w+)", rest)
    return name, rust, "PRIMARY KEY" in rest, refers and refers.group(1)


def main():
    tables, joins = {}, []
    for path in sorted(ROOT.glob("migrations/sqlite/*/up.sql")):
        sql = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
        for statement in sql.split(";"):
            made = re.match(r"\s*CREATE TABLE (\w+) \((.*)\)\s*$", statement, re.S)
            added = re.match(r"\s*ALTER TABLE (\w+) ADD COLUMN (.*)$", statement.strip(), re.S)
            if made:
                name, body = made.groups()
                key, columns = "id", []
                for line in (part.strip().rstrip(",") for part in body.strip().split("\n")):
                    composite = re.match(r"PRIMARY KEY \((.*)\)", line)
                    if composite:
                        key = composite.group(1)
                    elif line and not re.match(r"(UNIQUE|CHECK|FOREIGN)", line):
                        c, rust, is_key, refers = column(line)
                        columns.append((c, rust))
                        key = c if is_key else key
                        if refers:
                            joins.append((name, refers, c))
                tables[name] = (key, columns)
            elif added:
                name, line = added.groups()
                c, rust, _, refers = column(line)
                tables[name][1].append((c, rust))
                if refers:
                    joins.append((name, refers, c))
    out = ["//! The tables, as the migrations of both databases make them (a test compares the three).", "//!",
           "//! Written by `scripts/schema.py`; run it after adding a migration.", ""]
    for name, (key, columns) in tables.items():
        out += ["diesel::table! {", f"    {name} ({key}) {{"]
        out += [f"        {c} -> {rust}," for c, rust in columns]
        out += ["    }", "}", ""]
    # Two tables that refer to each other twice cannot be `joinable`: such joins say their ON themselves.
    pairs = [(a, b) for a, b, _ in joins]
    out += [f"diesel::joinable!({a} -> {b} ({c}));" for a, b, c in joins if pairs.count((a, b)) == 1 and a != b]
    out += ["", "diesel::allow_tables_to_appear_in_same_query!("] + [f"    {name}," for name in tables] + [");", ""]
    (ROOT / "src/schema.rs").write_text("\n".join(out), encoding="utf-8")


main()
