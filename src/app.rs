//! What a running process holds: configuration, the door, keys. Cheap to clone, handed to every handler and job.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ops::Deref;
use std::sync::Arc;

use crate::error::AppError;
use crate::platform::actor::Caller;
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::conn::Target;
use crate::platform::door::{Cx, Door};
use crate::platform::edge::RateLimits;
use crate::platform::keys::{KeyRing, MasterKey};
use crate::platform::metrics::Metrics;
use crate::platform::policy::Action;

#[derive(Clone)]
pub struct App(Arc<Parts>);

pub struct Parts {
    pub config: Config,
    pub door: Door,
    pub keys: KeyRing,
    pub rates: RateLimits,
    pub metrics: Metrics,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Brings the schema up to date (when configured), opens the database and the key ring.
    pub async fn start(config: Config, clock: Clock) -> Result<Self, AppError> {
        let target: Target = config.target();
        if config.database.migrate {
            let target = target.clone();
            tokio::task::spawn_blocking(move || crate::platform::migrate::run(&target))
                .await
                .map_err(AppError::internal)??;
        }
        let master = MasterKey::load(&config).map_err(AppError::internal)?;
        let door = Door::open(&config, &target, clock)?;
        let keys = KeyRing::new(master);
        let app = Self(Arc::new(Parts {
            rates: RateLimits::new(&config.limits),
            metrics: Metrics::new(),
            keys: keys.clone(),
            door,
            config,
        }));
        app.door.system("start", move |cx| keys.load(cx)).await?;
        app.door.system("start", crate::talent_loans::service::schemes::ship_scheme).await?;
        Ok(app)
    }

    /// See [`Door::act`].
    pub async fn act<T, F>(&self, caller: &Caller, action: Action, f: F) -> Result<T, AppError>
    where
        F: Fn(&mut Cx) -> Result<T, AppError> + Send + 'static,
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        self.door.act(caller, action, f).await
    }

    /// See [`Door::look`].
    pub async fn look<T, F>(&self, caller: &Caller, action: Action, f: F) -> Result<T, AppError>
    where
        F: Fn(&mut Cx) -> Result<T, AppError> + Send + 'static,
        T: Send + 'static,
    {
        self.door.look(caller, action, f).await
    }
}
