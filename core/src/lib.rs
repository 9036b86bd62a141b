//! AWS IAM policy evaluation that decides as AWS documents it, and explains why.
#![forbid(unsafe_code)]

pub mod scenario;
