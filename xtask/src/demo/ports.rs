//! Where the demo's three programs listen, and by which names they are reached.

use std::net::TcpListener;

use anyhow::{Context, Result, bail};

/// The demo's addresses, counted from its first port.
#[derive(Debug, Clone, Copy)]
pub struct Ports {
    pub(super) host: u16,
    pub(super) connect: u16,
    pub(super) provider: u16,
}

impl Ports {
    /// Three ports in a row.
    ///
    /// # Errors
    /// When the last would be above 65535.
    pub fn from_first(first: u16) -> Result<Self> {
        match (first.checked_add(1), first.checked_add(2)) {
            (Some(connect), Some(provider)) if first > 0 => Ok(Self { host: first, connect, provider }),
            _ => bail!("--port {first} leaves no room for three ports: take one from 1 to 65533"),
        }
    }

    pub(super) fn check_free(self) -> Result<()> {
        for port in [self.host, self.connect, self.provider] {
            TcpListener::bind(("127.0.0.1", port))
                .with_context(|| format!("port {port} is taken: choose three others with --port N"))?;
        }
        Ok(())
    }

    pub(super) fn host_url(self) -> String {
        format!("http://127.0.0.1:{}", self.host)
    }

    pub(super) fn connect_url(self) -> String {
        format!("http://connect.localhost:{}", self.connect)
    }

    pub(super) fn provider_url(self) -> String {
        format!("http://provider.localhost:{}", self.provider)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_ports_are_refused_with_what_would_be_right() {
        assert!(Ports::from_first(65534).unwrap_err().to_string().contains("1 to 65533"));
        assert!(Ports::from_first(0).is_err());
        assert!(Ports::from_first(65533).is_ok());
    }
}
