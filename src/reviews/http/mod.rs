mod pool;
mod tasks;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    pool::routes(cfg);
    tasks::routes(cfg);
}
