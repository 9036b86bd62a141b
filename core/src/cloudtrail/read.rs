//! From text to events, and from an event to its request.

use super::{Certainty, Draft, TrailEvent, action, context, identity, resource};
use crate::access_denied;
use crate::diagnostic::Diagnostic;
use crate::json::{self, Object, Value};
use crate::scenario::reader::{Reader, join, read};
use crate::scenario::{Expectation, LocatedDiagnostic};

pub(super) fn events(text: &str) -> (Vec<TrailEvent>, Vec<LocatedDiagnostic>) {
    read(text, |reader, tree| {
        reader.whole = "CloudTrail event";
        let mut events = Vec::new();
        collect(reader, "", tree, &mut events, 0);
        events
    })
}

/// An event, or one of the shapes that hold events.
fn collect(reader: &mut Reader<'_>, at: &str, value: &Value<'_>, events: &mut Vec<TrailEvent>, depth: usize) {
    // A list in a list in … is no shape of AWS's.
    if depth > 4 {
        reader.wrong_type(at, value, "a CloudTrail event");
        return;
    }
    let items = |reader: &mut Reader<'_>, at: &str, list: &[Value<'_>], events: &mut Vec<TrailEvent>| {
        for (number, item) in list.iter().enumerate() {
            collect(reader, &format!("{at}[{number}]"), item, events, depth + 1);
        }
    };
    let object = match value {
        Value::Array(array) => return items(reader, at, &array.elements, events),
        Value::Object(object) => object,
        _ => return reader.wrong_type(at, value, "a CloudTrail event, or a list of them"),
    };
    reader.duplicates(at, object);
    for key in ["Records", "Events"] {
        if let Some(property) = json::get(object, key) {
            let at = join(at, key);
            match &property.value {
                Value::Array(array) => items(reader, &at, &array.elements, events),
                other => reader.wrong_type(&at, other, "a list of events"),
            }
            return;
        }
    }
    if let Some(property) = json::get(object, "detail") {
        return collect(reader, &join(at, "detail"), &property.value, events, depth + 1);
    }
    // The output of lookup-events holds each event as text.
    if let Some(property) = json::get(object, "CloudTrailEvent") {
        let at = join(at, "CloudTrailEvent");
        match json::string(&property.value) {
            None => collect(reader, &at, &property.value, events, depth + 1),
            Some((text, span)) => match json::tree(text) {
                Some(Value::Object(inner)) => events.extend(event(&at, &inner, text)),
                _ => {
                    let message = "the text of the event is no JSON object";
                    let diagnostic = Diagnostic::error("CLOUDTRAIL_NO_EVENT", span, message);
                    reader.report(&at, diagnostic.help("give the output of aws cloudtrail lookup-events as it is"));
                }
            },
        }
        return;
    }
    let found = event(at, object, reader.text());
    match found {
        Some(event) => events.push(event),
        None => {
            let message = "this is no CloudTrail event: it has no eventSource and eventName";
            let diagnostic = Diagnostic::error("CLOUDTRAIL_NO_EVENT", json::span(value), message);
            reader.report(at, diagnostic.help("give an event, a log file with Records, or a list of events"));
        }
    }
}

/// A member that is text.
pub(super) fn text<'b>(object: &'b Object<'_>, key: &str) -> Option<&'b str> {
    json::string(&json::get(object, key)?.value).map(|(text, _)| text).filter(|text| !text.is_empty())
}

/// A member that is an object.
pub(super) fn inner<'b, 'a>(object: &'b Object<'a>, key: &str) -> Option<&'b Object<'a>> {
    json::get(object, key)?.value.as_object()
}

/// A member that is text, a number or a boolean, as text.
pub(super) fn scalar(facts: &Facts<'_, '_>, object: &Object<'_>, key: &str) -> Option<String> {
    scalar_of(facts, &json::get(object, key)?.value)
}

/// Text, a number or a boolean, as text.
pub(super) fn scalar_of(facts: &Facts<'_, '_>, value: &Value<'_>) -> Option<String> {
    match value {
        Value::String(text, _) => Some(text.clone().into_owned()),
        Value::Number(span) | Value::Boolean(_, span) => Some(span.of(facts.source).to_owned()),
        _ => None,
    }
}

fn event(at: &str, object: &Object<'_>, source_text: &str) -> Option<TrailEvent> {
    let (source, name) = (text(object, "eventSource")?, text(object, "eventName")?);
    let own = |key: &str| text(object, key).map(str::to_owned);
    let error_code = own("errorCode");
    let denied = error_code.as_deref().is_some_and(is_denial);
    let mut event = TrailEvent {
        location: at.to_owned(),
        event_id: own("eventID"),
        event_time: own("eventTime"),
        event_source: source.to_owned(),
        event_name: name.to_owned(),
        request: None,
        fields: Vec::new(),
        denied,
        error_message: own("errorMessage"),
        error_code,
    };
    let mut draft = Draft::default();
    let facts = Facts {
        source: source_text,
        object,
        identity: inner(object, "userIdentity"),
        parameters: inner(object, "requestParameters"),
    };
    if action::read(&mut draft, &facts, source, name) {
        identity::read(&mut draft, &facts);
        resource::read(&mut draft, &facts);
        context::read(&mut draft, &facts);
        draft.request.expect = expectation(&event);
        let id = event.event_id.as_deref().map(|id| format!(" ({id})")).unwrap_or_default();
        draft.request.name = Some(format!("{name}{id}"));
        event.request = Some(draft.request);
    }
    event.fields = draft.fields;
    Some(event)
}

/// An event, and the two members of it that most is read from.
pub(super) struct Facts<'b, 'a> {
    /// The text that the event was read from.
    pub source: &'b str,
    pub object: &'b Object<'a>,
    pub identity: Option<&'b Object<'a>>,
    pub parameters: Option<&'b Object<'a>>,
}

impl<'b> Facts<'b, '_> {
    /// A member of the event that is text.
    pub fn text(&self, key: &str) -> Option<&'b str> {
        text(self.object, key)
    }

    /// A request parameter that is text.
    pub fn parameter(&self, key: &str) -> Option<&'b str> {
        text(self.parameters?, key)
    }

    /// The account and partition that a resource without them is taken to be of: those that received the event.
    pub fn account(&self) -> Option<&'b str> {
        self.text("recipientAccountId").or_else(|| text(self.identity?, "accountId"))
    }

    /// The partition of the Region.
    pub fn partition(&self) -> &'static str {
        match self.text("awsRegion").unwrap_or_default() {
            region if region.starts_with("cn-") => "aws-cn",
            region if region.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        }
    }
}

/// Error codes that say that permission is lacking (SPEC 6.5).
fn is_denial(code: &str) -> bool {
    let code = code.rsplit('.').next().unwrap_or(code);
    ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "VpceAccessDenied", "UnauthorizedAccess"]
        .contains(&code)
}

/// What the event says of the decision: a call without an error was allowed; of a refusal the message tells whether
/// a Deny was the reason. Calls that failed otherwise say nothing.
fn expectation(event: &TrailEvent) -> Option<Expectation> {
    let decision = match (&event.error_code, event.denied) {
        (None, _) => "Allow",
        (Some(_), false) => return None,
        (Some(_), true) => match access_denied::parse(event.error_message.as_deref()?)?.explicit? {
            true => "ExplicitDeny",
            false => "ImplicitDeny",
        },
    };
    Some(Expectation { decision: decision.to_owned(), ..Expectation::default() })
}

/// How far something is known.
pub(super) fn certainty(exact: bool) -> Certainty {
    if exact { Certainty::Exact } else { Certainty::Inferred }
}
