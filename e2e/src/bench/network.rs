//! What travelled, by the browser's own account: the events of the `DevTools` network domain, as chromedriver logs them.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::browser::Browser;
use crate::error::Outcome;

/// Everything that travelled for a page, headers included, as it travelled: compressed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Traffic {
    /// Bytes on the wire, headers included, compressed as they travelled.
    pub bytes: f64,
    /// Requests that left the browser; what came from its cache is none.
    pub requests: f64,
}

#[derive(Debug, Default)]
struct Request {
    began: f64,
    bytes: f64,
    cached: bool,
}

/// What was asked for before the moment `visible` (milliseconds after the navigation's start), since the log was last
/// read. What was asked for later is not on the way to the picker.
///
/// # Errors
/// [`crate::JourneyError::Driver`].
pub async fn read(browser: &Browser, visible: f64) -> Outcome<Traffic> {
    Ok(sum(&browser.network_log().await?, visible))
}

fn sum(events: &[Value], visible: f64) -> Traffic {
    let mut requests: BTreeMap<String, Request> = BTreeMap::new();
    let mut start = None;
    for event in events {
        let of = &event["params"];
        let Some(id) = of["requestId"].as_str() else { continue };
        let method = event["method"].as_str().unwrap_or_default();
        let moment = of["timestamp"].as_f64().unwrap_or_default();
        match method {
            "Network.requestWillBeSent" => {
                let address = of["request"]["url"].as_str().unwrap_or_default();
                if !address.starts_with("http") {
                    continue;
                }
                start.get_or_insert(moment);
                requests.entry(id.to_owned()).or_insert(Request { began: moment, ..Request::default() });
            }
            "Network.requestServedFromCache" => {
                requests.entry(id.to_owned()).and_modify(|one| one.cached = true);
            }
            "Network.responseReceived" => {
                let response = &of["response"];
                let cached = response["fromDiskCache"] == true;
                let headers = response["encodedDataLength"].as_f64().unwrap_or_default();
                requests.entry(id.to_owned()).and_modify(|one| {
                    one.cached |= cached;
                    one.bytes = one.bytes.max(headers);
                });
            }
            "Network.loadingFinished" => {
                let all = of["encodedDataLength"].as_f64().unwrap_or_default();
                requests.entry(id.to_owned()).and_modify(|one| one.bytes = one.bytes.max(all));
            }
            _ => {}
        }
    }
    let end = start.unwrap_or_default() + visible / 1000.0;
    let mut traffic = Traffic::default();
    for request in requests.values().filter(|one| !one.cached && one.began <= end) {
        traffic.bytes += request.bytes;
        traffic.requests += 1.0;
    }
    traffic
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sent(id: &str, at: f64, address: &str) -> Value {
        json!({ "method": "Network.requestWillBeSent",
            "params": { "requestId": id, "timestamp": at, "request": { "url": address } } })
    }

    fn finished(id: &str, bytes: u32) -> Value {
        json!({ "method": "Network.loadingFinished", "params": { "requestId": id, "encodedDataLength": bytes } })
    }

    fn received(id: &str, headers: u32, cached: bool) -> Value {
        json!({ "method": "Network.responseReceived", "params": { "requestId": id,
            "response": { "encodedDataLength": headers, "fromDiskCache": cached } } })
    }

    #[test]
    fn what_travelled_before_the_picker_is_summed_with_headers_and_preflights() {
        let events = [
            sent("page", 10.0, "http://host/"),
            received("page", 100, false),
            finished("page", 500),
            sent("preflight", 10.1, "http://server/widget"),
            received("preflight", 70, false),
            sent("icon", 10.1, "data:,"),
            finished("icon", 9),
            sent("later", 10.9, "http://server/later"),
            finished("later", 4000),
        ];
        assert_eq!(sum(&events, 300.0), Traffic { bytes: 570.0, requests: 2.0 });
    }

    #[test]
    fn what_came_from_the_browsers_cache_did_not_travel() {
        let events = [
            sent("page", 10.0, "http://host/"),
            finished("page", 500),
            sent("engine", 10.0, "http://server/engine"),
            received("engine", 300, true),
            sent("image", 10.0, "http://server/image"),
            json!({ "method": "Network.requestServedFromCache", "params": { "requestId": "image" } }),
            finished("image", 0),
        ];
        assert_eq!(sum(&events, 1000.0), Traffic { bytes: 500.0, requests: 1.0 });
    }
}
