//! Counters for Prometheus. Labels are route patterns, never paths: an id in a label would leak and never end.

use prometheus::{Encoder, HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, TextEncoder};
use std::time::Duration;

#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
}

impl Metrics {
    pub fn new() -> Self {
        let requests = IntCounterVec::new(
            Opts::new("laoshan_http_requests_total", "Requests answered, by method, route and status"),
            &["method", "route", "status"],
        )
        .expect("a constant description");
        let seconds = HistogramVec::new(
            HistogramOpts::new("laoshan_http_request_seconds", "Time to answer, in seconds")
                .buckets(vec![0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0]),
            &["method", "route"],
        )
        .expect("a constant description");
        let registry = Registry::new();
        registry.register(Box::new(requests.clone())).expect("registered once");
        registry.register(Box::new(seconds.clone())).expect("registered once");
        Self { registry, requests, seconds }
    }

    pub fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        self.requests.with_label_values(&[method, route, &status.to_string()]).inc();
        self.seconds.with_label_values(&[method, route]).observe(took.as_secs_f64());
    }

    /// Answers with status 500 so far; the tests insist on none.
    pub fn internal_errors(&self) -> u64 {
        let families = self.registry.gather();
        let requests = families.iter().filter(|f| f.name() == "laoshan_http_requests_total");
        requests
            .flat_map(|f| f.get_metric())
            .filter(|m| m.get_label().iter().any(|l| l.name() == "status" && l.value() == "500"))
            .map(|m| m.get_counter().get_value() as u64)
            .sum()
    }

    pub fn text(&self) -> String {
        let mut out = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut out).expect("writing to memory");
        String::from_utf8(out).expect("the text format is UTF-8")
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}
