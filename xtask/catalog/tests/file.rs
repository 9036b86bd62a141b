//! The file: what is written is what is read, and nothing that is read can do harm.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use admittance::catalog::{Catalog, form};
use admittance_catalog::encode::encode;
use admittance_catalog::schema::{Action, ActionResource, ConditionKey, Facts, ResourceType, Service};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

const FILE: &[u8] = include_bytes!("../../../core/catalog/aws.bin");
/// The name, the version and the checksum.
const HEAD: usize = 13;

/// Names of all kinds: with verbs that are common, digits, punctuation, and letters beyond ASCII.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        (select(vec!["Get", "List", "Put", "BatchGet", ""]), "[A-Z][a-z0-9]{0,6}")
            .prop_map(|(verb, noun)| verb.to_owned() + &noun),
        "[a-z][a-z0-9-]{0,8}",
        "[A-Za-z0-9 ./é-]{1,6}",
    ]
}

fn arn(prefix: String) -> impl Strategy<Value = String> {
    let start = select(vec![
        "arn:${Partition}:P:${Region}:${Account}:",
        "arn:${Partition}:P::${Account}:",
        "arn:${Partition}:P:::",
        "arn:",
        "",
    ]);
    let part = prop_oneof![Just("${Name}".to_owned()), Just("${".to_owned()), Just("}".to_owned()), "[a-z/*:]{0,5}"];
    (start, vec(part, 0..4)).prop_map(move |(start, parts)| start.replace('P', &prefix) + &parts.concat())
}

/// A service with all that it lists, its names in order.
fn service(prefix: String) -> impl Strategy<Value = Service> {
    let keys = btree_map("[a-z]{1,5}(/\\$\\{TagKey\\})?", (any::<bool>(), 0..7_usize, any::<bool>()), 0..6);
    let arns = vec(vec(arn(prefix.clone()), 1..3), 4);
    (btree_set("[a-z*-]{1,6}", 0..4), keys, btree_set(name(), 0..12), arns, any::<bool>(), any::<String>())
        .prop_flat_map(move |(types, keys, actions, arns, supports_rcps, title)| {
            let prefix = prefix.clone();
            let title: String = title.chars().filter(|character| *character >= ' ').collect();
            let condition_keys: Vec<ConditionKey> = keys
                .into_iter()
                .map(|(name, (own, kind, multivalued))| ConditionKey {
                    name: format!("{}:{name}", if own { &prefix } else { "zz" }),
                    value_type: admittance::catalog::ValueType::ALL[kind].name().to_owned(),
                    multivalued,
                })
                .collect();
            let condition_keys = sorted(condition_keys, |key| key.name.clone());
            let key_names: Vec<String> = condition_keys.iter().map(|key| key.name.clone()).collect();
            let some_keys = move || {
                let all = key_names.len();
                subsequence(key_names.clone(), 0..=all)
            };
            let types: Vec<String> = types.into_iter().collect();
            let type_strategies: Vec<_> = types
                .iter()
                .zip(arns)
                .map(|(name, arn_formats)| {
                    let name = name.clone();
                    some_keys().prop_map(move |condition_keys| ResourceType {
                        name: name.clone(),
                        arn_formats: arn_formats.clone(),
                        condition_keys,
                    })
                })
                .collect();
            let count = types.len();
            let action_strategies: Vec<_> = actions
                .into_iter()
                .map(|name| {
                    let resources = subsequence(types.clone(), 0..=count);
                    let level = select(admittance::catalog::AccessLevel::ALL.to_vec());
                    (resources, level, some_keys(), some_keys(), any::<bool>()).prop_map(
                        move |(resources, level, keys, own_keys, required)| Action {
                            name: name.clone(),
                            access_level: level.name().to_owned(),
                            resources: resources
                                .into_iter()
                                .map(|resource_type| ActionResource {
                                    resource_type,
                                    required,
                                    condition_keys: keys.clone(),
                                })
                                .collect(),
                            condition_keys: own_keys,
                            dependent_actions: Vec::new(),
                        },
                    )
                })
                .collect();
            (type_strategies, action_strategies).prop_map(move |(resource_types, actions)| Service {
                prefix: prefix.clone(),
                name: title.clone(),
                supports_rcps,
                actions: sorted(actions, |action| action.name.clone()),
                resource_types: sorted(resource_types, |resource| resource.name.clone()),
                condition_keys: condition_keys.clone(),
            })
        })
}

/// In order, each name once, both without case.
fn sorted<T>(mut list: Vec<T>, name: impl Fn(&T) -> String) -> Vec<T> {
    list.sort_by_key(|item| name(item).to_ascii_lowercase());
    list.dedup_by_key(|item| name(item).to_ascii_lowercase());
    list
}

fn facts() -> impl Strategy<Value = Facts> {
    let services = btree_set("[a-y][a-z0-9-]{0,4}", 0..5)
        .prop_flat_map(|prefixes| prefixes.into_iter().map(service).collect::<Vec<_>>());
    (services, vec((any::<Index>(), vec(any::<Index>(), 0..3)), 0..6)).prop_map(|(services, dependents)| {
        let mut facts = Facts { source: "here".to_owned(), version: "1".to_owned(), date: String::new(), services };
        let names: Vec<String> = facts
            .services
            .iter()
            .flat_map(|service| service.actions.iter().map(|action| format!("{}:{}", service.prefix, action.name)))
            .collect();
        let mut actions: Vec<&mut Action> =
            facts.services.iter_mut().flat_map(|service| &mut service.actions).collect();
        for (action, others) in dependents.iter().filter(|_| !names.is_empty()) {
            let mut places: Vec<usize> = others.iter().map(|other| other.index(names.len())).collect();
            places.sort_unstable();
            places.dedup();
            let place = action.index(actions.len());
            actions[place].dependent_actions = places.into_iter().map(|place| names[place].clone()).collect();
        }
        facts
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_written_is_what_is_read(facts in facts()) {
        let bytes = encode(&facts).unwrap().bytes();
        prop_assert_eq!(Facts::of(&Catalog::decode(&bytes).unwrap()), facts);
    }

    // With a checksum that fits, so that the damage meets everything behind it.
    #[test]
    fn damage_is_an_error_or_another_catalog(facts in facts(), damage in vec((any::<Index>(), any::<u8>()), 1..4)) {
        let bytes = encode(&facts).unwrap().bytes();
        let mut body = bytes[HEAD..].to_vec();
        for (place, byte) in damage {
            let place = place.index(body.len());
            body[place] = byte;
        }
        use_all(&form::seal(&body));
        for end in 0..body.len() {
            use_all(&form::seal(&body[..end]));
            prop_assert!(Catalog::decode(&bytes[..HEAD + end]).is_err());
        }
    }
}

/// Reads bytes and, should they be a catalog, everything in it.
fn use_all(bytes: &[u8]) {
    if let Ok(catalog) = Catalog::decode(bytes) {
        let facts = Facts::of(&catalog);
        assert_eq!(facts.services.len(), catalog.metadata().services);
        for pattern in ["*", "a:*", "b:Get*"] {
            let keys = catalog.condition_keys_of(&catalog.expand(pattern));
            assert!(keys.len() <= catalog.metadata().condition_keys);
        }
        assert!(catalog.complete("get", 10).len() <= 10);
    }
}

#[test]
fn the_committed_file_with_any_part_missing_or_changed_is_an_error() {
    for end in (0..FILE.len()).step_by(4999).chain(0..64).chain([FILE.len() - 1]) {
        assert!(Catalog::decode(&FILE[..end]).is_err(), "{end}");
    }
    for place in (0..FILE.len()).step_by(4999).chain(0..64) {
        let mut bytes = FILE.to_vec();
        bytes[place] ^= 0x20;
        assert!(Catalog::decode(&bytes).is_err(), "{place}");
        // The same with a checksum that fits.
        if place >= HEAD {
            use_all(&form::seal(&bytes[HEAD..]));
        }
    }
    let longer = [FILE, b"\0"].concat();
    assert!(Catalog::decode(&longer).is_err());
    assert!(Catalog::decode(&form::seal(&longer[HEAD..])).is_err());
    assert_eq!(
        Catalog::decode(b"").err().map(|error| error.to_string()).as_deref(),
        Some("the catalog cannot be read: it does not begin as one of this version")
    );
}

#[test]
fn what_cannot_be_written_is_refused() {
    let mut facts = Facts::default();
    facts.services.push(Service { prefix: "a\nb".to_owned(), ..Service::default() });
    assert!(encode(&facts).is_err());
    facts.services[0].prefix = "a".to_owned();
    assert!(encode(&facts).is_ok());
    facts.services[0].actions.push(Action {
        name: "Get".to_owned(),
        access_level: "None".to_owned(),
        ..Action::default()
    });
    assert!(encode(&facts).is_err());
}
