//! From which address a call came.
//!
//! A proxy in front says it in `X-Forwarded-For`, and so can anybody else. It is believed from addresses alone that the operator
//! named (`trusted_proxies`), and read from its end, where the nearest proxy wrote: the first address there that is no trusted
//! proxy's is the client's.

use std::net::IpAddr;

use axum::http::HeaderMap;

use crate::config::TrustedProxies;

/// The client's address, or that of the peer where no trusted proxy says another one.
pub(super) fn client_address(
    trusted: &TrustedProxies,
    peer: Option<IpAddr>,
    headers: &HeaderMap,
) -> Option<IpAddr> {
    let mut address = peer?.to_canonical();
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).collect();
    for hop in hops.into_iter().rev() {
        if !trusted.contain(address) {
            break;
        }
        let Some(before) = read(hop.trim()) else { break };
        address = before.to_canonical();
    }
    Some(address)
}

/// An address, with a port or brackets around it where a proxy writes those.
fn read(hop: &str) -> Option<IpAddr> {
    let alone = hop.parse().ok();
    alone
        .or_else(|| hop.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip()))
        .or_else(|| hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn seen(trusted: &str, peer: &str, forwarded: &[&str]) -> String {
        let trusted = TrustedProxies::parse(trusted.split_whitespace()).unwrap();
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_str(value).unwrap());
        }
        client_address(&trusted, Some(peer.parse().unwrap()), &headers).unwrap().to_string()
    }

    #[test]
    fn nobody_can_say_another_address_than_their_own() {
        assert_eq!(seen("", "203.0.113.9", &["198.51.100.1"]), "203.0.113.9", "no proxy is trusted");
        assert_eq!(
            seen("127.0.0.1", "203.0.113.9", &["198.51.100.1"]),
            "203.0.113.9",
            "it came past the proxy"
        );
        assert_eq!(seen("127.0.0.1", "127.0.0.1", &["198.51.100.1, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", "127.0.0.1", &["198.51.100.1", "203.0.113.9"]), "203.0.113.9");
    }

    #[test]
    fn what_trusted_proxies_say_is_believed_through_all_of_them() {
        let all = "127.0.0.1 10.0.0.0/8 2001:db8::/32";
        assert_eq!(seen(all, "127.0.0.1", &["203.0.113.9, 10.1.2.3"]), "203.0.113.9");
        assert_eq!(seen(all, "::ffff:10.9.9.9", &["203.0.113.9:4711"]), "203.0.113.9");
        assert_eq!(seen(all, "2001:db8::1", &["[2001:db9::7]:443"]), "2001:db9::7");
        assert_eq!(seen(all, "127.0.0.1", &[]), "127.0.0.1");
        assert_eq!(seen(all, "127.0.0.1", &["unknown"]), "127.0.0.1");
    }
}
