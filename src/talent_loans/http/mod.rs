mod banks;
mod loans;
mod quotes;
mod rates;
mod schemes;
mod talents;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig) {
    talents::routes(cfg);
    banks::routes(cfg);
    schemes::routes(cfg);
    rates::routes(cfg);
    loans::routes(cfg);
    quotes::routes(cfg);
}
