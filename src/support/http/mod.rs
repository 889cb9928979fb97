mod deliveries;
mod departments;
mod figures;
mod items;
mod plans;
mod visits;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    departments::routes(cfg);
    plans::routes(cfg);
    items::routes(cfg);
    visits::routes(cfg);
    deliveries::routes(cfg);
    figures::routes(cfg);
}
