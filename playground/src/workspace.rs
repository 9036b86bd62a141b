//! What the page edits: a scenario in the shape of forms, every part with an id.
//!
//! A scenario file has places ("the second identity-based policy"); an editor needs things that
//! stay the same when their place changes. `convert` goes from one to the other and back.

mod change;
mod convert;
mod organization;
mod request;

pub use convert::Placed;
pub use organization::{Node, Way, attachment};

use std::sync::atomic::{AtomicU32, Ordering};

use admittance::scenario::{Expectation, FurtherAction, Scenario, ScenarioPrincipal, ScenarioS3};

/// Identifies a document, an organization level, a request or a context row for as long as the page lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub u32);

impl Id {
    /// An id that nothing else has.
    pub fn fresh() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// A scenario being edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspace {
    pub name: String,
    pub description: String,
    /// What a scenario has besides, kept as it came: source, rules, options.
    pub rest: Scenario,
    pub documents: Vec<Document>,
    /// The nodes on both ways first, then those on the caller's, then those on the resource's, each from the root down.
    pub organization: Vec<Node>,
    pub requests: Vec<Request>,
}

/// A policy document and where it is attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub id: Id,
    pub attachment: Attachment,
    pub name: String,
    /// `user`, `role` or `group/NAME`; empty when the scenario does not say.
    pub attached_to: String,
    /// The kind of a resource-based policy, empty when the resource's ARN tells; of an endpoint; or `managed`, `inline`.
    pub kind: String,
    pub text: String,
    /// Kept, but not attached for the moment.
    pub disabled: bool,
}

/// The place in a scenario that a document is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attachment {
    Identity,
    Resource,
    AccessPoint,
    PermissionsBoundary,
    Session,
    ServiceControl(Id),
    ResourceControl(Id),
    VpcEndpoint,
}

/// A request being edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub id: Id,
    pub name: String,
    pub principal: ScenarioPrincipal,
    pub action: String,
    /// One ARN a line.
    pub resources: String,
    pub resource_account: String,
    pub resource_in_management_account: bool,
    pub aws_managed_key: bool,
    pub kms_grant_allows: bool,
    pub context: Vec<ContextRow>,
    /// Further actions that the same call needs.
    pub further: Vec<FurtherAction>,
    /// What S3 looks at beside the policies.
    pub s3: Option<ScenarioS3>,
    pub expect: Option<Expectation>,
}

/// A row of the context form. The text stays when the kind of value changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextRow {
    pub id: Id,
    pub key: String,
    pub kind: ValueKind,
    /// The value; for a list, one value a line.
    pub text: String,
}

/// How a context key is present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    Single,
    List,
    Absent,
    Unknown,
}

impl Workspace {
    /// A workspace with nothing in it but a place to type a request.
    pub fn blank() -> Self {
        Self { requests: vec![Request::blank()], ..Self::default() }
    }

    pub fn document(&self, id: Id) -> Option<&Document> {
        self.documents.iter().find(|each| each.id == id)
    }

    pub fn document_mut(&mut self, id: Id) -> Option<&mut Document> {
        self.documents.iter_mut().find(|each| each.id == id)
    }

    pub fn request(&self, id: Id) -> Option<&Request> {
        self.requests.iter().find(|each| each.id == id)
    }

    pub fn request_mut(&mut self, id: Id) -> Option<&mut Request> {
        self.requests.iter_mut().find(|each| each.id == id)
    }

    pub fn attached(&self, attachment: Attachment) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(move |each| each.attachment == attachment)
    }
}

impl Document {
    /// The name of its policy type, with that of a resource-based policy's kind where it is given.
    pub fn policy_type(&self) -> &'static str {
        match self.attachment {
            Attachment::Identity => "identity",
            Attachment::Resource => match self.kind.as_str() {
                "role-trust" => "role-trust",
                "kms-key" => "kms-key",
                _ => "resource",
            },
            Attachment::AccessPoint => "access-point",
            Attachment::PermissionsBoundary => "boundary",
            Attachment::Session => "session",
            Attachment::ServiceControl(_) => "scp",
            Attachment::ResourceControl(_) => "rcp",
            Attachment::VpcEndpoint => "vpce",
        }
    }
}

impl Attachment {
    /// Whether a scenario has only one such document.
    pub fn holds_one(self) -> bool {
        matches!(self, Self::AccessPoint | Self::PermissionsBoundary | Self::VpcEndpoint)
    }
}

impl Document {
    /// What to call the document: its name, or else the place where it is attached.
    pub fn title(&self) -> String {
        if self.name.is_empty() { crate::words::attachment(self.attachment).to_owned() } else { self.name.clone() }
    }

    /// As what it is attached, in short: `inline, group/admins`.
    pub fn attached_as(&self) -> String {
        match (self.attachment, self.kind.as_str()) {
            (Attachment::Identity, kind) if !kind.is_empty() => {
                format!("{kind}{}{}", if self.attached_to.is_empty() { "" } else { ", " }, self.attached_to)
            }
            _ => self.attached_to.clone(),
        }
    }
}

impl Request {
    /// An empty request.
    pub fn blank() -> Self {
        Self {
            id: Id::fresh(),
            name: String::new(),
            principal: ScenarioPrincipal::default(),
            action: String::new(),
            resources: String::new(),
            resource_account: String::new(),
            resource_in_management_account: false,
            aws_managed_key: false,
            kms_grant_allows: false,
            context: Vec::new(),
            further: Vec::new(),
            s3: None,
            expect: None,
        }
    }

    /// The same request as a new one.
    pub fn duplicate(&self) -> Self {
        let context = self.context.iter().map(|row| ContextRow { id: Id::fresh(), ..row.clone() }).collect();
        Self { id: Id::fresh(), context, ..self.clone() }
    }

    /// The rows that count: with a key, and of several with the same key the last.
    pub fn context_in_force(&self) -> impl Iterator<Item = &ContextRow> {
        let rows = self.context.iter().enumerate();
        let counts = |(at, row): &(usize, &ContextRow)| {
            !row.key.trim().is_empty() && !self.context.iter().skip(at + 1).any(|later| later.same_key(row))
        };
        rows.filter(counts).map(|(_, row)| row)
    }

    /// Whether a row further down has the same key as this one.
    pub fn is_overridden(&self, id: Id) -> bool {
        let named = self.context.iter().any(|row| row.id == id && !row.key.trim().is_empty());
        named && !self.context_in_force().any(|row| row.id == id)
    }

    /// Whether the context form has a row for the key; keys are compared without case.
    pub fn has_key(&self, key: &str) -> bool {
        self.context.iter().any(|row| row.key.eq_ignore_ascii_case(key))
    }
}

impl ContextRow {
    /// Whether the row is for the same key; keys are compared without case.
    fn same_key(&self, other: &Self) -> bool {
        self.key.trim().eq_ignore_ascii_case(other.key.trim())
    }

    /// A row for a key that has no value yet.
    pub fn empty(key: String) -> Self {
        Self { id: Id::fresh(), key, kind: ValueKind::Single, text: String::new() }
    }
}
