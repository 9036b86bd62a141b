//! Networks in CIDR notation (SPEC 4.5).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A range of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// The address as written; its host bits mean nothing.
    address: IpAddr,
    /// How many leading bits the addresses of the range share.
    pub prefix: u8,
}

impl Network {
    /// Reads `address/prefix`; an address alone is a range of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().ok()?;
        let (most_digits, longest) = if address.is_ipv4() { (2, 32) } else { (3, 128) };
        let prefix = match prefix {
            None => longest,
            Some(digits) if digits.len() <= most_digits && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().ok()?
            }
            Some(_) => return None,
        };
        (prefix <= longest).then_some(Self { address, prefix })
    }

    /// Whether an address is in the range.
    #[must_use]
    pub fn contains(&self, address: &IpAddr) -> bool {
        address.is_ipv4() == self.address.is_ipv4() && self.masked(*address, false) == self.first()
    }

    /// The first address of the range.
    #[must_use]
    pub fn first(&self) -> IpAddr {
        self.masked(self.address, false)
    }

    /// The last address of the range.
    #[must_use]
    pub fn last(&self) -> IpAddr {
        self.masked(self.address, true)
    }

    /// The address with all its host bits 0, or 1.
    fn masked(&self, address: IpAddr, ones: bool) -> IpAddr {
        match address {
            IpAddr::V4(address) => {
                let host = u32::MAX.checked_shr(self.prefix.into()).unwrap_or(0);
                let network = u32::from(address) & !host;
                IpAddr::V4(Ipv4Addr::from(if ones { network | host } else { network }))
            }
            IpAddr::V6(address) => {
                let host = u128::MAX.checked_shr(self.prefix.into()).unwrap_or(0);
                let network = u128::from(address) & !host;
                IpAddr::V6(Ipv6Addr::from(if ones { network | host } else { network }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Network;

    #[test]
    fn ranges() {
        for (text, first, last) in [
            ("203.0.113.77/24", "203.0.113.0", "203.0.113.255"),
            ("203.0.113.77", "203.0.113.77", "203.0.113.77"),
            ("203.0.113.77/08", "203.0.0.0", "203.255.255.255"),
            ("0.0.0.0/0", "0.0.0.0", "255.255.255.255"),
            ("2001:db8::1/33", "2001:db8::", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff"),
            ("2001:DB8::/128", "2001:db8::", "2001:db8::"),
            ("::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ] {
            let network = Network::parse(text).unwrap();
            assert_eq!(
                (network.first().to_string(), network.last().to_string()),
                (first.into(), last.into()),
                "{text}"
            );
            assert!(network.contains(&network.first()) && network.contains(&network.last()), "{text}");
        }
        let contains = |network, address: &str| Network::parse(network).unwrap().contains(&address.parse().unwrap());
        assert!(!contains("203.0.113.0/24", "203.0.114.0"));
        assert!(!contains("203.0.113.0/24", "203.0.112.255"));
        assert!(!contains("0.0.0.0/0", "::1"));
        assert!(!contains("::/0", "203.0.113.1"));
        for wrong in [
            "",
            "/",
            "10.0.0.0/",
            "10.0.0.0/33",
            "10.0.0.0/+8",
            "10.0.0.0/008",
            "10.0.0.0/8/8",
            "10.0.0/8",
            "010.0.0.0/8",
            "10.0.0.0 /8",
            "::/129",
            "::/0128",
            "2001:db8/32",
            "10.0.0.256",
            "fe80::1%eth0/64",
        ] {
            assert_eq!(Network::parse(wrong), None, "{wrong}");
        }
    }
}
