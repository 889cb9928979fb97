pub mod me;
pub mod passwords;
pub mod registrations;
pub mod sessions;
pub mod users;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    registrations::routes(cfg);
    sessions::routes(cfg);
    passwords::routes(cfg);
    me::routes(cfg);
    users::routes(cfg);
}
