//! Requests from CloudTrail events (feature `cloudtrail`).
//!
//! An event does not tell all that AWS looked at: each field of the request says whether the event gives it exactly,
//! whether it is inferred, or whether it is missing. Condition keys that events never hold are unknown in the
//! request, so that a decision that depends on them says so.
//!
//! A text may hold one event, a list of events, a log file (`Records`), the output of `aws cloudtrail lookup-events`
//! (`Events`), or events as EventBridge delivers them (`detail`).
//!
//! ```
//! let (events, problems) = admittance::cloudtrail::parse(r#"{
//!   "eventVersion": "1.11", "eventTime": "2026-11-22T08:00:00Z", "eventSource": "s3.amazonaws.com",
//!   "eventName": "HeadObject", "awsRegion": "eu-west-1", "sourceIPAddress": "192.0.2.7",
//!   "userIdentity": { "type": "IAMUser", "principalId": "AIDAEXAMPLE", "userName": "ana",
//!     "accountId": "111122223333", "arn": "arn:aws:iam::111122223333:user/ana" },
//!   "requestParameters": { "bucketName": "photos", "key": "1.jpg" }
//! }"#);
//! assert!(problems.is_empty());
//! let request = events[0].request.as_ref().unwrap();
//! assert_eq!((request.action.as_str(), request.resources[0].as_str()), ("s3:GetObject", "arn:aws:s3:::photos/1.jpg"));
//! ```
//!
//! Source: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>

mod action;
mod context;
mod identity;
mod read;
mod resource;

use crate::scenario::{LocatedDiagnostic, ScenarioRequest};
use serde::Serialize;

/// An event, and the request that it tells of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TrailEvent {
    /// Where the event stands in the text, such as `Records[0]`; empty if it is the whole text.
    pub location: String,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<String>,
    /// When it happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_time: Option<String>,
    /// The service, such as `s3.amazonaws.com`, and the API operation, such as `GetObject`.
    pub event_source: String,
    /// The API operation.
    pub event_name: String,
    /// The request; nothing for events that are no request which policies decide on, such as console sign-ins. The
    /// event's outcome is what is expected of it, where it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<ScenarioRequest>,
    /// Each field of the request, and how far the event gives it.
    pub fields: Vec<TrailField>,
    /// The error code, if the call failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// The error message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// Whether AWS refused the call for lack of permission.
    pub denied: bool,
}

/// A field of a request, and how far an event gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TrailField {
    /// `principal`, `action`, `resource`, `resourceAccount`, or the name of a condition key.
    pub field: String,
    /// How far the event gives it.
    pub certainty: Certainty,
    /// The event's member that it comes from, such as `userIdentity.arn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Why it is not exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How far an event gives a field of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Certainty {
    /// The event holds it.
    Exact,
    /// It follows from what the event holds, and may be otherwise.
    Inferred,
    /// The event does not hold it.
    Missing,
}

/// Reads events.
#[must_use]
pub fn parse(text: &str) -> (Vec<TrailEvent>, Vec<LocatedDiagnostic>) {
    read::events(text)
}

/// A request in the making.
#[derive(Default)]
struct Draft {
    request: ScenarioRequest,
    fields: Vec<TrailField>,
}

impl Draft {
    fn field(&mut self, field: &str, certainty: Certainty, source: &str, note: &str) {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        self.fields.push(TrailField { field: field.to_owned(), certainty, source: some(source), note: some(note) });
    }

    fn exact(&mut self, field: &str, source: &str) {
        self.field(field, Certainty::Exact, source, "");
    }

    fn inferred(&mut self, field: &str, source: &str, note: &str) {
        self.field(field, Certainty::Inferred, source, note);
    }

    fn missing(&mut self, field: &str, note: &str) {
        self.field(field, Certainty::Missing, "", note);
    }
}
