use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::openapi::schema::{Array, Schema};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::Tier;
use crate::programme::figures::Figures;

/// The figures of one enterprise, with `tiers` beside them. Read in two steps: serde can either flatten or refuse
/// unknown keys with their place, not both.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct SelfCheckBody(pub Map<String, Value>);

impl ToSchema for SelfCheckBody {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((Tier::name().into(), Tier::schema()));
        Figures::schemas(schemas);
    }
}

impl PartialSchema for SelfCheckBody {
    fn schema() -> RefOr<Schema> {
        let mut schema = Figures::schema();
        if let RefOr::T(Schema::Object(object)) = &mut schema {
            object.description =
                Some("The figures of one enterprise, and the tiers to check: all when left out.".into());
            let tiers = Array::new(Ref::from_schema_name(Tier::name()));
            object.properties.insert("tiers".into(), RefOr::T(tiers.into()));
        }
        schema
    }
}
