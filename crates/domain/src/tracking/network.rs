//! Whose network an address belongs to, as far as a few published ranges tell.

use std::net::{IpAddr, Ipv4Addr};

use super::Network;

/// First address and prefix length.
type Range = ([u8; 4], u8);

/// Apple's own. The privacy proxy also leaves through content networks that other people use: its user agent tells.
const APPLE: &[Range] = &[([17, 0, 0, 0], 8)];
/// Gmail's picture proxy.
const GOOGLE: &[Range] = &[
    ([64, 233, 160, 0], 19),
    ([66, 102, 0, 0], 20),
    ([66, 249, 64, 0], 19),
    ([74, 125, 0, 0], 16),
    ([209, 85, 128, 0], 17),
];
/// Proofpoint, Mimecast, Barracuda, and the mail filters of Microsoft 365.
#[rustfmt::skip]
const SCANNERS: &[Range] = &[
    ([67, 231, 144, 0], 20), ([148, 163, 128, 0], 19), ([205, 220, 160, 0], 20),
    ([103, 13, 69, 0], 24), ([124, 47, 150, 0], 24), ([124, 47, 189, 0], 24), ([146, 101, 78, 0], 24),
    ([185, 58, 84, 0], 22), ([195, 130, 217, 0], 24), ([205, 139, 110, 0], 23), ([207, 211, 30, 0], 23),
    ([64, 235, 144, 0], 20), ([209, 222, 80, 0], 21),
    ([40, 92, 0, 0], 15), ([40, 107, 0, 0], 16), ([52, 100, 0, 0], 14), ([104, 47, 0, 0], 17),
];

impl Network {
    /// Whose network an address belongs to. What no list names is ordinary.
    pub fn of(address: IpAddr) -> Self {
        let IpAddr::V4(address) = address.to_canonical() else {
            return Self::Ordinary;
        };
        let within = |ranges: &[Range]| ranges.iter().any(|range| contains(*range, address));
        if within(SCANNERS) {
            Self::Scanner
        } else if within(GOOGLE) {
            Self::GoogleProxy
        } else if within(APPLE) {
            Self::ApplePrivacyProxy
        } else {
            Self::Ordinary
        }
    }
}

fn contains((first, prefix): Range, address: Ipv4Addr) -> bool {
    let shift = 32 - u32::from(prefix);
    u32::from(Ipv4Addr::from(first)) >> shift == u32::from(address) >> shift
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_networks_are_told_apart() {
        for (address, network) in [
            ("17.58.98.1", Network::ApplePrivacyProxy),
            ("66.249.84.33", Network::GoogleProxy),
            ("::ffff:66.102.8.7", Network::GoogleProxy),
            ("40.107.1.2", Network::Scanner),
            ("207.211.31.9", Network::Scanner),
            ("207.211.32.9", Network::Ordinary),
            ("203.0.113.7", Network::Ordinary),
            ("2001:db8::1", Network::Ordinary),
        ] {
            assert_eq!(Network::of(address.parse().expect("written right")), network, "{address}");
        }
    }
}
