//! Admittance decides AWS IAM requests as AWS documents it, and explains the decision.
//!
//! The semantics are those of the IAM User Guide and the guides of the services that extend it.
//! Rules carry ids (`D-10`, `M-22`) which ARCHITECTURE.md explains; where AWS is silent or
//! contradicts itself, the doc comment of the rule says which reading was taken.
//!
//! Evaluation is a function: no clock, no I/O, no globals, no panic on any input. Parsing gives a
//! document and diagnostics; what has an error is never evaluated.
//!
//! The modules in reading order, which is the order of the data: [`policy`] (text to document),
//! [`CompiledPolicy`], [`Request`], [`evaluate()`], [`Evaluation`], [`explain`], and [`scenario`], the JSON
//! wire format.
#![forbid(unsafe_code)]
// Debug formatting writes nothing in the builds that browsers download.
#![cfg_attr(not(test), deny(clippy::use_debug))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod span;

mod diagnostic;

mod lower_case;

mod seen;

mod json;

pub mod policy;

mod glob;

#[cfg(any(feature = "summary", feature = "validate"))]
mod never;

mod arn;

mod value;

mod context;

mod request;

mod options;

mod compile;

mod evaluate;

mod result;

pub mod unknown;

pub mod explain;

pub mod access_denied;

#[cfg(feature = "catalog")]
pub mod assist;

#[cfg(feature = "catalog")]
pub mod catalog;

#[cfg(feature = "serde")]
pub mod scenario;

#[cfg(feature = "simulated")]
pub mod simulator;

#[cfg(feature = "shapes")]
pub mod shape;

#[cfg(feature = "serde")]
pub mod suggest;

#[cfg(feature = "account")]
pub mod account;

#[cfg(feature = "cloudtrail")]
pub mod cloudtrail;

#[cfg(feature = "summary")]
pub mod summary;

#[cfg(feature = "validate")]
pub mod validate;

pub use arn::{Arn, is_account_id};
pub use compile::CompiledPolicy;
pub use context::{ContextEntry, KeyName, RequestContext};
pub use diagnostic::{Diagnostic, MAX_DIAGNOSTICS, Severity};
pub use evaluate::{
    ElementKind, ElementMatch, ElementTrace, Elements, PolicySet, PrincipalClass, RCP_SERVICES, Truth, ValueTrace,
    compared, decide, decide_many, decide_under, elements, evaluate, resource_policy_kind, ruling,
};
pub use options::EvaluationOptions;
pub use policy::{Effect, PolicyDocument, PolicyType, ResourcePolicyKind, Version};
pub use request::{
    BlockPublicAccess, MAX_REQUEST_VALUE_BYTES, ObjectAcl, Principal, PrincipalError, Request, RequestError, S3Facts,
};
pub use result::{Decision, Evaluation, Gate, GateOutcome, GateTrace, Note, Ruling, StatementRef, StatementTrace};
pub use span::{LineIndex, Position, Span};
pub use value::Network;
