//! The shapes of AWS's policy simulator: SimulateCustomPolicy requests in, its responses out (SPEC 7.4).
//!
//! [`crate::scenario::Scenario::parse`] reads a request in this shape as a scenario, and
//! [`simulate`] gives the results of any scenario in the shape of the simulator's response.
//!
//! The shapes are the simulator's, the decisions are IAM's. The simulator itself leaves some
//! policies aside (SPEC 5.16); here every policy takes part. In particular a role or a KMS key without
//! a `ResourcePolicy` refuses, as it does in AWS, where the simulator asks the identity-based policies alone.
//!
//! ```
//! let response = admittance::simulator::run(r#"{
//!   "PolicyInputList": ["{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:Get*\", \"Resource\": \"*\"}}"],
//!   "ActionNames": ["s3:GetObject"],
//!   "ResourceArns": ["arn:aws:s3:::photos/1.jpg"]
//! }"#);
//! assert!(response.contains(r#""EvalDecision": "allowed""#));
//! ```
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>

#[cfg(feature = "simulator")]
mod caller;
#[cfg(feature = "simulator")]
mod context;
mod outcome;
#[cfg(feature = "simulator")]
mod pairs;
#[cfg(feature = "simulator")]
pub(crate) mod request;
mod response;

pub use response::{Simulation, response, simulate};
#[cfg(feature = "simulator")]
pub use response::{run, simulate_text};

/// The name of the user that stands in for a caller that is not given.
const STAND_IN: &str = "simulated-caller";
