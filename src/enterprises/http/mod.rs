mod claims;
mod facts;
mod imports;
mod members;
mod metrics;
mod record;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    // Before the single record, whose path would swallow it.
    imports::routes(cfg);
    record::routes(cfg);
    members::routes(cfg);
    claims::routes(cfg);
    metrics::routes(cfg);
    facts::routes(cfg);
}
