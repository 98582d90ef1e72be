//! The `[audit]` table, and `trusted_proxies`, which says whose word counts for where a call came from.

use std::net::IpAddr;

use super::reader::{ConfigError, Reader};

/// For how many days the audit is kept where nobody says it: a year, and a month to look back at it.
const USUAL_DAYS: u64 = 400;

/// How long the audit is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditSettings {
    /// After how many seconds a line is forgotten: 1 to 3650 days, 400 by default.
    pub kept_seconds: u64,
}

pub(super) fn read(reader: &mut Reader, problems: &mut Vec<ConfigError>) -> AuditSettings {
    let mut table = reader.table("audit", problems).unwrap_or_else(|| Reader::empty("audit"));
    let days = table.number("keep_days", 1..=3650, problems).unwrap_or(USUAL_DAYS);
    table.finish(problems);
    AuditSettings { kept_seconds: days * 24 * 60 * 60 }
}

/// The proxies in front of this server, by address or network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<(IpAddr, u8)>);

/// A text that is neither an address nor a network.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no address and no network, such as 127.0.0.1 or 10.0.0.0/8")]
pub struct NetworkError(String);

impl TrustedProxies {
    /// Reads addresses and networks.
    ///
    /// # Errors
    /// [`NetworkError`] of the first that is neither.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, NetworkError> {
        let network = |text: &str| {
            let (address, bits) =
                text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
            let address: IpAddr = address.parse().ok()?;
            let all = if address.is_ipv4() { 32 } else { 128 };
            let bits = bits.map_or(Some(all), |bits| bits.parse().ok()).filter(|bits| *bits <= all)?;
            Some((address, bits))
        };
        let networks =
            texts.into_iter().map(|text| network(text).ok_or_else(|| NetworkError(text.to_owned())));
        Ok(Self(networks.collect::<Result<_, _>>()?))
    }

    /// Whether an address is one of them.
    pub fn contain(&self, address: IpAddr) -> bool {
        self.0.iter().any(|(network, bits)| is_within(address, *network, *bits))
    }
}

fn is_within(address: IpAddr, network: IpAddr, bits: u8) -> bool {
    let bits = u32::from(bits);
    match (address, network) {
        (IpAddr::V4(address), IpAddr::V4(network)) => {
            let differs = u32::from(address) ^ u32::from(network);
            differs.checked_shr(32 - bits).unwrap_or(0) == 0
        }
        (IpAddr::V6(address), IpAddr::V6(network)) => {
            let differs = u128::from(address) ^ u128::from(network);
            differs.checked_shr(128 - bits).unwrap_or(0) == 0
        }
        _ => false,
    }
}

pub(super) fn read_proxies(reader: &mut Reader, problems: &mut Vec<ConfigError>) -> TrustedProxies {
    let texts = reader.texts("trusted_proxies", problems).unwrap_or_default();
    TrustedProxies::parse(texts.iter().map(String::as_str)).unwrap_or_else(|error| {
        problems.push(ConfigError::new("trusted_proxies", error.to_string()));
        TrustedProxies::default()
    })
}
