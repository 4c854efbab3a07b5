use std::net::IpAddr;
use std::str::FromStr;

use anyhow::{Context, ensure};

/// The proxies in front of this server: only they may say for whom they call.
#[derive(Debug, Clone)]
pub struct TrustedProxies(Vec<Block>);

/// Addresses with a common beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block {
    first: IpAddr,
    prefix: u8,
}

impl Default for TrustedProxies {
    /// A proxy on this machine.
    fn default() -> Self {
        let block = |first: IpAddr, prefix| Block { first, prefix };
        Self(vec![block(IpAddr::from([127, 0, 0, 0]), 8), block(IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]), 128)])
    }
}

impl TrustedProxies {
    /// From `OVERTURE_TRUSTED_PROXIES`: addresses and blocks such as `10.0.0.0/8`, with commas between them.
    ///
    /// # Errors
    /// When it holds something else.
    pub fn from_environment() -> anyhow::Result<Self> {
        std::env::var("OVERTURE_TRUSTED_PROXIES").map_or_else(|_| Ok(Self::default()), |list| list.parse())
    }

    /// The caller's address: the last one in `X-Forwarded-For` that isn't a proxy of ours, if a proxy of ours calls.
    /// Those before it are whatever the caller sent.
    pub fn caller(&self, peer: IpAddr, forwarded_for: &str) -> IpAddr {
        let mut caller = peer;
        for entry in forwarded_for.rsplit(',') {
            if !self.holds(caller) {
                break;
            }
            let Ok(address) = entry.trim().parse() else { break };
            caller = address;
        }
        caller
    }

    fn holds(&self, address: IpAddr) -> bool {
        self.0.iter().any(|block| block.holds(address.to_canonical()))
    }
}

impl FromStr for TrustedProxies {
    type Err = anyhow::Error;

    fn from_str(list: &str) -> anyhow::Result<Self> {
        let blocks = list.split(',').map(str::trim).filter(|entry| !entry.is_empty()).map(|entry| {
            let wrong =
                || format!("OVERTURE_TRUSTED_PROXIES: {entry} is no address like 10.0.0.1 or 10.0.0.0/8");
            let (first, prefix) = entry.split_once('/').unwrap_or((entry, ""));
            let first: IpAddr = first.parse().with_context(wrong)?;
            let longest = if first.is_ipv4() { 32 } else { 128 };
            let prefix: u8 = if prefix.is_empty() { longest } else { prefix.parse().with_context(wrong)? };
            ensure!(prefix <= longest, wrong());
            Ok(Block { first, prefix })
        });
        Ok(Self(blocks.collect::<anyhow::Result<_>>()?))
    }
}

impl Block {
    fn holds(self, address: IpAddr) -> bool {
        let same = |one: u128, other: u128, bits: u32| {
            let shift = bits - u32::from(self.prefix);
            one.checked_shr(shift).unwrap_or(0) == other.checked_shr(shift).unwrap_or(0)
        };
        match (self.first, address) {
            (IpAddr::V4(first), IpAddr::V4(address)) => {
                same(u32::from(first).into(), u32::from(address).into(), 32)
            }
            (IpAddr::V6(first), IpAddr::V6(address)) => same(first.into(), address.into(), 128),
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_proxies_of_ours_are_believed() {
        let ours: TrustedProxies = "10.0.0.0/8, 2001:db8::/32, 192.0.2.7".parse().expect("written right");
        for (peer, header, expected) in [
            ("10.0.0.3", "198.51.100.1, 17.58.98.1", "17.58.98.1"),
            ("10.0.0.3", "17.58.98.1, 10.1.1.1", "17.58.98.1"),
            ("::ffff:10.0.0.3", "17.58.98.1", "17.58.98.1"),
            ("2001:db8::5", "2620:149::1", "2620:149::1"),
            ("192.0.2.7", "17.58.98.1", "17.58.98.1"),
            ("192.0.2.8", "17.58.98.1", "192.0.2.8"),
            ("203.0.113.9", "17.58.98.1", "203.0.113.9"),
            ("127.0.0.1", "17.58.98.1", "127.0.0.1"),
            ("10.0.0.3", "", "10.0.0.3"),
            ("10.0.0.3", "17.58.98.1, nonsense", "10.0.0.3"),
        ] {
            let caller = ours.caller(peer.parse().expect("written right"), header);
            assert_eq!(caller.to_string(), expected, "{peer} {header}");
        }
        let own_machine = TrustedProxies::default();
        assert_eq!(own_machine.caller([127, 0, 0, 1].into(), "17.58.98.1").to_string(), "17.58.98.1");
        assert_eq!(own_machine.caller([10, 0, 0, 1].into(), "17.58.98.1").to_string(), "10.0.0.1");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for list in ["proxy.example", "10.0.0.0/33", "10.0.0.0/x"] {
            assert!(list.parse::<TrustedProxies>().is_err(), "{list}");
        }
    }
}
