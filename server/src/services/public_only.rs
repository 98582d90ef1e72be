//! Which network addresses an address that a person typed may lead to: those of the public internet, no others.
//!
//! The check sits where names become numbers, at the very moment of connecting, so that a name which changes its mind
//! between a check and its use (DNS rebinding) gains nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// A name that leads into a network that is not public.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} leads into a network that is not public")]
pub struct NotPublicError(pub String);

/// Asks the system, and passes on public numbers only.
#[derive(Clone, Copy, Debug)]
pub struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<_> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let public: Addrs = Box::new(require_public(&host, found)?.into_iter());
            Ok(public)
        })
    }
}

/// The numbers of a name, if all of them are public. One private number among them is reason enough to refuse.
///
/// # Errors
/// [`NotPublicError`].
pub fn require_public(host: &str, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, NotPublicError> {
    if found.iter().all(|address| is_public(address.ip())) {
        Ok(found)
    } else {
        Err(NotPublicError(host.to_owned()))
    }
}

/// Whether a number is one of the public internet (IANA special-purpose registries; RFC 6890).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let special_purpose = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || first == 0
        || first >= 224
        || (first == 100 && (64..128).contains(&second))
        || (first == 192 && second == 0 && third == 0)
        || (first == 192 && second == 88 && third == 99)
        || (first == 198 && (second == 18 || second == 19));
    !special_purpose
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let low = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match parts {
        // Numbers of the old kind in new clothes: mapped, and translated by NAT64 (RFC 6052) or 6to4 (RFC 3056).
        [0, 0, 0, 0, 0, 0xffff, a, b] | [0x64, 0xff9b, 0, 0, 0, 0, a, b] | [0x2002, a, b, ..] => {
            is_public_v4(low(a, b))
        }
        // Teredo and other protocol assignments (2001::/23), documentation.
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_not_of_the_public_internet_are_refused() {
        for number in [
            "127.0.0.1",
            "127.8.8.8",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "0.1.2.3",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::1",
            "2001::1",
            "2001:db8::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "3fff::1",
        ] {
            assert!(!is_public(number.parse().unwrap()), "{number}");
        }
    }

    #[test]
    fn numbers_of_the_public_internet_pass() {
        for number in [
            "1.1.1.1",
            "172.15.0.1",
            "172.32.0.1",
            "100.128.0.1",
            "192.1.2.3",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
        ] {
            assert!(is_public(number.parse().unwrap()), "{number}");
        }
    }

    #[test]
    fn one_private_number_among_public_ones_is_enough_to_refuse() {
        let found = vec!["1.1.1.1:0".parse().unwrap(), "10.0.0.1:0".parse().unwrap()];
        assert_eq!(require_public("two.example", found), Err(NotPublicError("two.example".to_owned())));
    }
}
