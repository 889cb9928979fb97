//! The letters of a long story: who was mailed what on which day.

use chrono::Duration;
use laoshan::messages::service::mailing;
use laoshan::platform::mail::deliver_due;
use std::collections::BTreeMap;

use super::{TestApp, TestUser};

/// Collected step by step as the clock moves.
#[derive(Default)]
pub struct Letters {
    seen: usize,
    by_address: BTreeMap<String, Vec<(String, String)>>,
}

impl Letters {
    /// Runs what is due, sends what is to be mailed, and notes it under the day it is in Shanghai.
    pub async fn run(&mut self, app: &TestApp) {
        laoshan::jobs::run_due(&app.app).await.expect("the jobs run");
        self.collect(app).await;
    }

    /// Without the jobs: sends what is to be mailed, and notes it.
    pub async fn collect(&mut self, app: &TestApp) {
        mailing::post(&app.app).await.expect("posted");
        while deliver_due(&app.app).await.expect("delivers") > 0 {}
        let day = (app.now() + Duration::hours(8)).date_naive().to_string();
        let sent = app.app.mailer.sent();
        for letter in &sent[self.seen..] {
            self.by_address.entry(letter.to.clone()).or_default().push((day.clone(), letter.template.clone()));
        }
        self.seen = sent.len();
    }

    /// Day and letter, oldest first.
    pub fn of(&self, person: &TestUser) -> Vec<(&str, &str)> {
        let own = self.by_address.get(&person.email).map(Vec::as_slice).unwrap_or_default();
        own.iter().map(|(day, letter)| (day.as_str(), letter.as_str())).collect()
    }
}
