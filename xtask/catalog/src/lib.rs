//! Makes the catalog of AWS actions from the packages that publish it (`cargo xtask catalog`).
//!
//! The data is made at home: `core/catalog/aws.bin`, and what is in it in `core/catalog/aws.meta.json`. Each source
//! is brought into one schema, [`schema::Facts`], so that another one can take its place.

pub mod check;
pub mod encode;
pub mod schema;
pub mod sources;
