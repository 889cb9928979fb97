mod claims;
mod money;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    claims::routes(cfg);
    money::routes(cfg);
}
