//! The value of a context key that is an IP address: the ranges that the policies ask for are at hand, and of an address
//! it is said which of them it is in.

use std::net::IpAddr;

use admittance::Network;
use leptos::prelude::*;

use super::combobox::{Combobox, Offer};
use crate::state::{State, use_state};
use crate::workspace::{ContextRow, Id};

#[component]
pub fn AddressValue(
    id: Id,
    row: Memo<Option<ContextRow>>,
    on_input: impl Fn(String) + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let state = use_state();
    let text = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.text.clone()).unwrap_or_default()));
    let ranges = Memo::new(move |_| {
        let key = row.with(|row| row.as_ref().map(|row| row.key.clone()).unwrap_or_default());
        ranges(state, &key)
    });
    view! {
        <div class="context-address">
            <Combobox
                id=format!("context-address-{}", id.0)
                label="Value"
                placeholder="203.0.113.24"
                value=text
                on_input=on_input
                offers=move |typed: &str| ranges.with(|ranges| offers(typed, ranges))
            />
            <p class="context-type">{move || text.with(|text| ranges.with(|ranges| place(text, ranges)))}</p>
        </div>
    }
    .into_any()
}

/// The ranges in CIDR notation that conditions on a key ask for.
fn ranges(state: State, key: &str) -> Vec<String> {
    let is_asked = |own: &Option<String>| own.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(key.trim()));
    let found = state.of_result(|result| {
        let mut found = Vec::new();
        let elements = result.statements.iter().flat_map(|each| &each.elements);
        for text in elements.filter(|each| is_asked(&each.key)).flat_map(|each| &each.expected) {
            if Network::parse(text).is_some() && !found.contains(text) {
                found.push(text.clone());
            }
        }
        found
    });
    found.unwrap_or_default()
}

/// Of a range that is typed its ends; else an address in each range that the policies ask for.
fn offers(typed: &str, ranges: &[String]) -> Vec<Offer> {
    let offer = |address: IpAddr, note: String| Offer { text: address.to_string(), note, goes_on: false };
    if let Some(network) = Network::parse(typed).filter(|_| typed.contains('/')) {
        return vec![
            offer(network.first(), format!("the first of {typed}")),
            offer(network.last(), format!("the last of {typed}")),
        ];
    }
    let networks = ranges.iter().filter_map(|range| Some((range, Network::parse(range)?)));
    let addresses = networks.map(|(range, network)| offer(network.first(), format!("in {range}, of a policy")));
    addresses.filter(|offer| offer.text.starts_with(typed) && offer.text != typed).collect()
}

/// What a text is among the ranges of the policies.
fn place(text: &str, ranges: &[String]) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    let Ok(address) = text.parse::<IpAddr>() else {
        return match Network::parse(text) {
            Some(_) => "A range; a request comes from one address.".to_owned(),
            None => "No IPv4 or IPv6 address.".to_owned(),
        };
    };
    let is_in = |range: &&String| Network::parse(range).is_some_and(|network| network.contains(&address));
    let around: Vec<&str> = ranges.iter().filter(is_in).map(String::as_str).collect();
    match (around.is_empty(), ranges.is_empty()) {
        (false, _) => format!("In {}.", around.join(", ")),
        (true, false) => format!("Not in {}.", ranges.join(", ")),
        (true, true) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_the_ranges_of_the_policies() {
        let ranges = ["203.0.113.0/24", "2001:db8::/32", "198.51.100.7"].map(str::to_owned);
        for (text, wanted) in [
            ("", ""),
            ("203.0.113.24", "In 203.0.113.0/24."),
            ("198.51.100.7", "In 198.51.100.7."),
            ("192.0.2.1", "Not in 203.0.113.0/24, 2001:db8::/32, 198.51.100.7."),
            ("203.0.113.0/24", "A range; a request comes from one address."),
            ("office", "No IPv4 or IPv6 address."),
        ] {
            assert_eq!(place(text, &ranges), wanted);
        }
        assert_eq!(place("192.0.2.1", &[]), "");
        let offered = |typed| offers(typed, &ranges).into_iter().map(|each| each.text).collect::<Vec<_>>();
        assert_eq!(offered(""), ["203.0.113.0", "2001:db8::", "198.51.100.7"]);
        assert_eq!(offered("203"), ["203.0.113.0"]);
        assert_eq!(offered("10.1.2.3/8"), ["10.0.0.0", "10.255.255.255"]);
    }
}
