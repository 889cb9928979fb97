//! The three statements of the schema agree: SQLite's migrations, PostgreSQL's migrations, src/schema.rs.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Bool, Text};
use laoshan::platform::conn::{Conn, Target};
use std::collections::BTreeMap;

use crate::support::postgres;

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

#[derive(QueryableByName)]
struct Index {
    #[diesel(sql_type = Text)]
    name: String,
}

type Shape = BTreeMap<(String, String), (String, bool)>;

fn shape(columns: Vec<Column>) -> Shape {
    let known = |kind: String| match kind.to_lowercase().as_str() {
        "timestamp without time zone" => "timestamp".to_owned(),
        other => other.to_owned(),
    };
    columns.into_iter().map(|c| ((c.table_name, c.column_name), (known(c.kind), c.nullable))).collect()
}

fn sqlite() -> (Shape, Vec<String>) {
    let dir = tempfile::tempdir().expect("a folder");
    let target = Target::Sqlite(dir.path().join("schema.sqlite"));
    laoshan::platform::migrate::run(&target).expect("migrations run");
    let mut conn = target.connect().expect("opens");
    let columns = sql_query(
        "SELECT m.name AS table_name, c.name AS column_name, c.type AS kind, NOT c.\"notnull\" AS nullable
         FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '__diesel_schema_migrations'",
    );
    let indexes = sql_query("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name");
    let Conn::Sqlite(c) = &mut conn else { unreachable!("a SQLite target") };
    let columns = shape(columns.load(c).expect("columns"));
    let indexes = indexes.load::<Index>(c).expect("indexes").into_iter().map(|i| i.name).collect();
    laoshan::platform::migrate::undo_all(&target).expect("every down.sql works");
    (columns, indexes)
}

fn postgres() -> (Shape, Vec<String>) {
    let cluster = postgres::cluster();
    let template = cluster.template("empty", |_| {});
    let database = cluster.create_database_from(&template);
    let target = Target::parse(&database.url).expect("a URL");
    laoshan::platform::migrate::run(&target).expect("migrations run");
    let mut conn = target.connect().expect("opens");
    let columns = sql_query(
        "SELECT table_name::text, column_name::text, data_type::text AS kind, is_nullable = 'YES' AS nullable
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '__diesel_schema_migrations'",
    );
    let indexes = sql_query(
        "SELECT indexname::text AS name FROM pg_indexes WHERE schemaname = 'public'
         AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key' ORDER BY 1",
    );
    let Conn::Pg(c) = &mut conn else { unreachable!("a PostgreSQL target") };
    let columns = shape(columns.load(c).expect("columns"));
    let indexes = indexes.load::<Index>(c).expect("indexes").into_iter().map(|i| i.name).collect();
    drop(conn);
    laoshan::platform::migrate::undo_all(&target).expect("every down.sql works");
    (columns, indexes)
}

#[test]
fn both_databases_have_the_same_tables_columns_and_indexes() {
    let ((sqlite_columns, mut sqlite_indexes), (pg_columns, mut pg_indexes)) = (sqlite(), postgres());
    assert_eq!(sqlite_columns, pg_columns);
    sqlite_indexes.sort();
    pg_indexes.sort();
    assert_eq!(sqlite_indexes, pg_indexes);
}

#[test]
fn the_schema_of_the_code_is_that_of_the_migrations() {
    let code = include_str!("../../src/schema.rs");
    let mut table = String::new();
    let mut columns = Shape::new();
    for line in code.lines().map(str::trim) {
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            table = name.to_owned();
        } else if let Some((name, kind)) = line.trim_end_matches(',').split_once(" -> ").filter(|_| line.ends_with(','))
        {
            let inner = kind.strip_prefix("Nullable<").and_then(|k| k.strip_suffix('>'));
            let sql = match inner.unwrap_or(kind) {
                "Bool" => "boolean".to_owned(),
                other => other.to_lowercase(),
            };
            columns.insert((table.clone(), name.to_owned()), (sql, inner.is_some()));
        }
    }
    assert_eq!(columns, sqlite().0);
}
