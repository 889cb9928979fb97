//! The only place that reads the machine's time and randomness; everything else is handed values.

use chrono::{DateTime, Duration, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::{ContextV7, Timestamp, Uuid};

use super::types::Stamp;

/// The machine's clock plus a shift. Only the demo and the tests move it; `serve` never does.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Stands still here and moves only by the shift: deadlines can be tried to the microsecond.
    standing: Option<DateTime<Utc>>,
    shift_micros: Arc<AtomicI64>,
}

impl Clock {
    pub fn standing_at(at: DateTime<Utc>) -> Self {
        Self { standing: Some(at), ..Self::default() }
    }

    pub fn now(&self) -> Stamp {
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
        let base = self.standing.unwrap_or_else(Utc::now);
        Stamp::new(base + Duration::microseconds(self.shift_micros.load(Ordering::SeqCst)))
    }

    pub fn advance(&self, by: Duration) {
        self.shift_micros.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::SeqCst);
    }

    pub fn shift(&self) -> Duration {
        Duration::microseconds(self.shift_micros.load(Ordering::SeqCst))
    }

    pub fn set_shift(&self, shift: Duration) {
        self.shift_micros.store(shift.num_microseconds().unwrap_or(0), Ordering::SeqCst);
    }
}

/// Makes UUIDv7 ids: ordered by creation, also within one millisecond, so that "newest first" is the primary key backwards.
#[derive(Debug, Clone)]
pub struct Ids {
    context: Arc<std::sync::Mutex<ContextV7>>,
}

impl Default for Ids {
    fn default() -> Self {
        Self { context: Arc::new(std::sync::Mutex::new(ContextV7::new())) }
    }
}

impl Ids {
    pub fn next(&self, now: Stamp) -> Uuid {
        let micros = now.utc().timestamp_micros().max(0) as u64;
        let context = self.context.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        Uuid::new_v7(Timestamp::from_unix(&*context, micros / 1_000_000, (micros % 1_000_000) as u32 * 1_000))
    }
}

/// Secret randomness from the operating system.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0u8; N];
    #[expect(clippy::disallowed_methods, reason = "the one place that draws randomness")]
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}
