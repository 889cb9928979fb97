//! The people of the demo, and how they act: through the door, as themselves, on the demo's clock.

use chrono::Duration;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::accounts::service::sessions::{Attempt, SignIn, fresh_token, open_session, stored_hash};
use crate::accounts::service::users::{Credential, NewAccount, create_user};
use crate::app::App;
use crate::enterprises::model::EnterpriseId;
use crate::error::AppError;
use crate::platform::actor::{Caller, TokenClaims, UserId};
use crate::platform::door::Cx;
use crate::platform::policy::{Action, Role};
use crate::platform::text::Lang;
use crate::platform::types::Stamp;

pub const PASSWORD: &str = "Laoshan-demo-2026";

pub struct Stage {
    pub app: App,
    password_hash: String,
}

/// Somebody who acts in the demo.
#[derive(Clone)]
pub struct Player {
    pub id: UserId,
    token: TokenClaims,
}

impl Stage {
    pub async fn new(app: App) -> Result<Self, AppError> {
        let password_hash = app.hasher.hash(PASSWORD).await?;
        Ok(Self { app, password_hash })
    }

    pub fn now(&self) -> Stamp {
        self.app.door.clock().now()
    }

    pub fn advance(&self, by: Duration) {
        self.app.door.clock().advance(by);
    }

    /// An account with the demo's password, signed in.
    pub async fn player(&self, email: &str, name: &str, role: Role) -> Result<Player, AppError> {
        let account = NewAccount {
            email: email.to_owned(),
            name: name.to_owned(),
            mobile: None,
            lang: Lang::Zh,
            roles: vec![role],
        };
        let (app, hash) = (self.app.clone(), self.password_hash.clone());
        self.app.door.system("demo", move |cx| create_user(cx, &app, &account, Credential::Password(&hash))).await?;
        self.sign_in(email).await
    }

    /// A session as everybody gets it; signed in again when the story has run for longer than a session lives.
    pub async fn sign_in(&self, email: &str) -> Result<Player, AppError> {
        let visitor = self.caller(None);
        let stored = {
            let email = email.to_owned();
            self.app.look(&visitor, Action::SessionOpen, move |cx| stored_hash(cx, &email)).await?
        };
        let attempt = Attempt {
            verdict: self.app.hasher.verify(PASSWORD, stored.as_deref()).await?,
            email: email.to_owned(),
            stored,
            rehashed: None,
            refresh_token: fresh_token(),
            address: "127.0.0.1".to_owned(),
            user_agent: "demo".to_owned(),
        };
        let app = self.app.clone();
        let opened = self.app.act(&visitor, Action::SessionOpen, move |cx| open_session(cx, &app, &attempt)).await?;
        match opened {
            SignIn::Opened(opened) => Ok(Player {
                id: opened.user_id.clone(),
                token: TokenClaims { user_id: opened.user_id, session_id: opened.session_id },
            }),
            SignIn::Refused => Err(AppError::internal(format!("{email} cannot sign in to the demo"))),
        }
    }

    fn caller(&self, player: Option<&Player>) -> Caller {
        Caller { token: player.map(|p| p.token.clone()), ..Caller::system(self.now()) }
    }

    pub async fn act<T, F>(&self, who: &Player, action: Action, f: F) -> Result<T, AppError>
    where
        F: Fn(&mut Cx) -> Result<T, AppError> + Send + 'static,
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        self.app.act(&self.caller(Some(who)), action, f).await
    }

    pub async fn look<T, F>(&self, who: &Player, action: Action, f: F) -> Result<T, AppError>
    where
        F: Fn(&mut Cx) -> Result<T, AppError> + Send + 'static,
        T: Send + 'static,
    {
        self.app.look(&self.caller(Some(who)), action, f).await
    }

    /// An edit of what was read at `version`.
    pub async fn edit<T, F>(&self, who: &Player, version: i64, action: Action, f: F) -> Result<T, AppError>
    where
        F: Fn(&mut Cx) -> Result<T, AppError> + Send + 'static,
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        let caller = Caller { if_match: Some(version), ..self.caller(Some(who)) };
        self.app.act(&caller, action, f).await
    }
}

/// A body as a client would send it, read as the server reads it.
pub fn body<T: DeserializeOwned>(json: Value) -> Result<T, AppError> {
    serde_json::from_value(json).map_err(AppError::internal)
}

/// A firm on record, with a person who acts for it.
#[derive(Clone)]
pub struct Applicant {
    pub firm: super::firms::Firm,
    pub enterprise: EnterpriseId,
    /// Of the person who acts for it.
    pub email: String,
}
