pub mod mails;
pub mod templates;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    mails::routes(cfg);
    templates::routes(cfg);
}
