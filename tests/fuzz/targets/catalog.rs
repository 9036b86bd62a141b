//! The reader of the catalog's file on any bytes behind a checksum that fits.
#![no_main]

use std::hint::black_box;

use admittance::catalog::{Catalog, form};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|columns: &[u8]| {
    let Ok(catalog) = Catalog::decode(&form::seal(columns)) else { return };
    assert_eq!(catalog.services().map(|service| service.actions().len()).sum::<usize>(), catalog.metadata().actions);
    for action in catalog.expand("*") {
        assert_eq!(action.service().action(action.name()).map(|found| found.index()), Some(action.index()));
        assert!(action.all_condition_keys().len() <= catalog.metadata().condition_keys);
        assert!(action.dependent_actions().count() <= catalog.metadata().dependent_actions);
        for format in action.resources().flat_map(|resource| resource.resource_type().arn_formats()) {
            assert!(format.may_be_covered_by("*"));
            black_box(format.may_be_covered_by("arn:*:a?b/*"));
        }
    }
    assert!(catalog.complete("geto", 5).len() <= 5);
});
