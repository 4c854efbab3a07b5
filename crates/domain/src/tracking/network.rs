//! Whose network an address belongs to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Network;
use super::ranges::{APPLE, APPLE_V6, GOOGLE, GOOGLE_V6, HOSTING, HOSTING_V6, SCANNERS, SCANNERS_V6, V4, V6};

impl Network {
    /// Whose network an address belongs to. What no list names is ordinary.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => {
                let within = |ranges: &[V4]| ranges.iter().any(|range| contains_v4(*range, address));
                first(within, [SCANNERS, GOOGLE, APPLE, HOSTING])
            }
            IpAddr::V6(address) => {
                let within = |ranges: &[V6]| ranges.iter().any(|range| contains_v6(*range, address));
                first(within, [SCANNERS_V6, GOOGLE_V6, APPLE_V6, HOSTING_V6])
            }
        }
    }
}

fn first<R>(within: impl Fn(&[R]) -> bool, [scanners, google, apple, hosting]: [&[R]; 4]) -> Network {
    if within(scanners) {
        Network::Scanner
    } else if within(google) {
        Network::GoogleProxy
    } else if within(apple) {
        Network::ApplePrivacyProxy
    } else if within(hosting) {
        Network::DataCentre
    } else {
        Network::Ordinary
    }
}

fn contains_v4((first, prefix): V4, address: Ipv4Addr) -> bool {
    let shift = 32 - u32::from(prefix);
    u32::from(Ipv4Addr::from(first)) >> shift == u32::from(address) >> shift
}

fn contains_v6((first, prefix): V6, address: Ipv6Addr) -> bool {
    let first = first.iter().fold(0_u64, |bits, part| (bits << 16) | u64::from(*part));
    let upper = u64::try_from(u128::from(address) >> 64).unwrap_or(0);
    let shift = 64 - u32::from(prefix);
    first >> shift == upper >> shift
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_networks_are_told_apart() {
        for (address, network) in [
            ("17.58.98.1", Network::ApplePrivacyProxy),
            ("2620:149:aff::1", Network::ApplePrivacyProxy),
            ("66.249.84.33", Network::GoogleProxy),
            ("::ffff:66.102.8.7", Network::GoogleProxy),
            ("192.178.4.1", Network::GoogleProxy),
            ("2a00:1450:4864:20::32e", Network::GoogleProxy),
            ("40.107.1.2", Network::Scanner),
            ("2a01:111:f403:c100::1", Network::Scanner),
            ("2a01:111:f404::1", Network::Ordinary),
            ("207.211.31.9", Network::Scanner),
            ("207.211.32.9", Network::Ordinary),
            ("52.100.3.4", Network::Scanner),
            ("91.207.213.5", Network::Scanner),
            ("205.220.177.32", Network::Scanner),
            ("208.84.65.1", Network::Scanner),
            ("208.86.201.1", Network::Scanner),
            ("41.74.200.1", Network::Scanner),
            ("91.220.42.9", Network::Scanner),
            ("170.10.145.3", Network::Scanner),
            ("194.104.109.7", Network::Scanner),
            ("216.145.221.4", Network::Scanner),
            ("64.235.153.2", Network::Scanner),
            ("139.138.46.121", Network::Scanner),
            ("139.138.61.252", Network::Scanner),
            ("207.54.90.47", Network::Scanner),
            ("216.71.153.144", Network::Scanner),
            ("150.70.180.1", Network::Scanner),
            // Mimecast's, Barracuda's, Broadcom's and Trend Micro's once; today routes lead elsewhere or nowhere.
            ("207.211.31.200", Network::Ordinary),
            ("64.235.148.2", Network::Ordinary),
            ("216.82.254.227", Network::Ordinary),
            ("150.70.100.1", Network::Ordinary),
            ("52.64.3.4", Network::DataCentre),
            ("23.20.0.1", Network::DataCentre),
            ("40.94.1.1", Network::DataCentre),
            ("52.96.1.1", Network::DataCentre),
            ("104.47.200.1", Network::DataCentre),
            ("34.130.0.1", Network::DataCentre),
            ("206.189.0.1", Network::DataCentre),
            ("51.254.0.1", Network::DataCentre),
            ("65.109.0.1", Network::DataCentre),
            ("45.79.0.1", Network::DataCentre),
            ("2600:1f18::1", Network::DataCentre),
            ("2607:5300::1", Network::DataCentre),
            ("2600:3c03::1", Network::DataCentre),
            // Next to Amazon's and Microsoft's, but of companies whose people read mail there: Merck and DXC.
            ("54.98.1.1", Network::Ordinary),
            ("20.137.70.1", Network::Ordinary),
            // Cloudflare, through which Apple's relay and many people come.
            ("104.28.1.1", Network::Ordinary),
            ("203.0.113.7", Network::Ordinary),
            ("2001:db8::1", Network::Ordinary),
        ] {
            assert_eq!(Network::of(address.parse().expect("written right")), network, "{address}");
        }
    }

    #[test]
    fn ranges_are_written_from_their_first_address() {
        for (first, prefix) in [APPLE, GOOGLE, SCANNERS, HOSTING].concat() {
            let bits = u32::from(Ipv4Addr::from(first));
            assert_eq!(bits.checked_shl(u32::from(prefix)).unwrap_or(0), 0, "{first:?}/{prefix}");
        }
        for (first, prefix) in [APPLE_V6, GOOGLE_V6, SCANNERS_V6, HOSTING_V6].concat() {
            let bits = first.iter().fold(0_u64, |bits, part| (bits << 16) | u64::from(*part));
            assert_eq!(bits << u32::from(prefix), 0, "{first:?}/{prefix}");
        }
    }
}
