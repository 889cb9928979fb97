pub mod inbox;
pub mod mails;
pub mod templates;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    inbox::routes(cfg);
    mails::routes(cfg);
    templates::routes(cfg);
}
