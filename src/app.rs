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
use crate::platform::files::Files;
use crate::platform::keys::{KeyRing, MasterKey};
use crate::platform::mail::Mailer;
use crate::platform::metrics::Metrics;
use crate::platform::passwords::Hasher;
use crate::platform::policy::Action;

#[derive(Clone)]
pub struct App(Arc<Parts>);

pub struct Parts {
    /// Made-up data and a clock that can be moved: `laoshan demo`, never `serve`.
    pub demo: bool,
    pub config: Config,
    pub door: Door,
    pub keys: KeyRing,
    pub hasher: Hasher,
    pub mailer: Mailer,
    pub files: Files,
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
    /// Brings the schema up to date (when configured), opens the database and the key ring, and sees that there are rules.
    pub async fn start(config: Config, clock: Clock) -> Result<Self, AppError> {
        Self::start_as(config, clock, false).await
    }

    /// [`App::start`] for the demo.
    pub async fn start_demo(config: Config, clock: Clock) -> Result<Self, AppError> {
        Self::start_as(config, clock, true).await
    }

    async fn start_as(config: Config, clock: Clock, demo: bool) -> Result<Self, AppError> {
        let target: Target = config.target();
        if config.database.migrate {
            let target = target.clone();
            tokio::task::spawn_blocking(move || crate::platform::migrate::run(&target))
                .await
                .map_err(AppError::internal)??;
        }
        let master = MasterKey::load(&config).map_err(AppError::internal)?;
        let door = Door::open(&config, &target, clock, crate::messages::service::telling::hear)?;
        let app = Self(Arc::new(Parts {
            demo,
            rates: RateLimits::new(&config.limits),
            metrics: Metrics::new(),
            keys: KeyRing::new(master),
            hasher: Hasher::new(&config.password).map_err(AppError::internal)?,
            files: Files::open(&config).map_err(AppError::internal)?,
            mailer: Mailer::new(&config).map_err(AppError::internal)?,
            door,
            config,
        }));
        app.reload_keys().await?;
        app.door.system("start", crate::programme::service::ensure_shipped).await?;
        app.door.system("start", crate::talent_loans::service::schemes::ship_scheme).await?;
        Ok(app)
    }

    /// Reads the key ring again: another process may have rotated it.
    pub async fn reload_keys(&self) -> Result<(), AppError> {
        let keys = self.keys.clone();
        self.door.system("keys.load", move |cx| keys.load(cx)).await
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
