//! Adding, selecting, revealing.

use admittance::catalog::global_condition_key;
use admittance::scenario::DerivedKey;
use gloo::timers::callback::Timeout;
use gloo::utils::window;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{Reveal, State, StatementRef, Toast};
use crate::outcome::{Problem, Subject};
use crate::workspace::{Attachment, ContextRow, Document, Id, Request, ValueKind, Way, Workspace, attachment};

/// A policy type that can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewPolicy {
    Identity,
    Resource,
    AccessPoint,
    PermissionsBoundary,
    Session,
    ServiceControl,
    ResourceControl,
    VpcEndpoint,
}

impl NewPolicy {
    pub const ALL: [Self; 8] = [
        Self::Identity,
        Self::Resource,
        Self::AccessPoint,
        Self::PermissionsBoundary,
        Self::Session,
        Self::ServiceControl,
        Self::ResourceControl,
        Self::VpcEndpoint,
    ];

    /// The type of a document that is attached there.
    pub fn of(attachment: Attachment) -> Self {
        match attachment {
            Attachment::Identity => Self::Identity,
            Attachment::Resource => Self::Resource,
            Attachment::AccessPoint => Self::AccessPoint,
            Attachment::PermissionsBoundary => Self::PermissionsBoundary,
            Attachment::Session => Self::Session,
            Attachment::ServiceControl(_) => Self::ServiceControl,
            Attachment::ResourceControl(_) => Self::ResourceControl,
            Attachment::VpcEndpoint => Self::VpcEndpoint,
        }
    }

    /// Where such a document is attached; an SCP or RCP to the last node of its way.
    fn place(self, workspace: &mut Workspace) -> Attachment {
        let service_control = match self {
            Self::Identity => return Attachment::Identity,
            Self::Resource => return Attachment::Resource,
            Self::AccessPoint => return Attachment::AccessPoint,
            Self::PermissionsBoundary => return Attachment::PermissionsBoundary,
            Self::Session => return Attachment::Session,
            Self::VpcEndpoint => return Attachment::VpcEndpoint,
            Self::ServiceControl => true,
            Self::ResourceControl => false,
        };
        let last = workspace.organization.iter().rfind(|each| each.way.has(service_control)).map(|each| each.id);
        let node = last.unwrap_or_else(|| workspace.add_node(None));
        workspace.attach_at(node, service_control);
        attachment(service_control, node)
    }

    fn document(self, attachment: Attachment, name: String) -> Document {
        Document {
            id: Id::fresh(),
            attachment,
            name,
            attached_to: String::new(),
            kind: String::new(),
            text: self.template().trim_end().to_owned(),
            disabled: false,
        }
    }

    /// Its name in one or two words.
    pub fn short(self) -> &'static str {
        match self {
            Self::Identity => "identity-based",
            Self::Resource => "resource-based",
            Self::AccessPoint => "S3 access point",
            Self::PermissionsBoundary => "boundary",
            Self::Session => "session",
            Self::ServiceControl => "SCP",
            Self::ResourceControl => "RCP",
            Self::VpcEndpoint => "VPC endpoint",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Identity => "Identity-based policy",
            Self::Resource => "Resource-based policy",
            Self::AccessPoint => "S3 access point policy",
            Self::PermissionsBoundary => "Permissions boundary",
            Self::Session => "Session policy",
            Self::ServiceControl => "Service control policy (SCP)",
            Self::ResourceControl => "Resource control policy (RCP)",
            Self::VpcEndpoint => "VPC endpoint policy",
        }
    }

    /// The text that a new document of this type starts with.
    pub fn template(self) -> &'static str {
        match self {
            Self::Identity => include_str!("../../templates/identity.json"),
            Self::Resource => include_str!("../../templates/resource.json"),
            Self::AccessPoint => include_str!("../../templates/access-point.json"),
            Self::PermissionsBoundary => include_str!("../../templates/boundary.json"),
            Self::Session => include_str!("../../templates/session.json"),
            Self::ServiceControl => include_str!("../../templates/scp.json"),
            Self::ResourceControl => include_str!("../../templates/rcp.json"),
            Self::VpcEndpoint => include_str!("../../templates/vpc-endpoint.json"),
        }
    }
}

impl State {
    /// Whether there is room for another document of a type.
    pub fn can_add(self, new: NewPolicy) -> bool {
        let single = match new {
            NewPolicy::AccessPoint => Attachment::AccessPoint,
            NewPolicy::PermissionsBoundary => Attachment::PermissionsBoundary,
            NewPolicy::VpcEndpoint => Attachment::VpcEndpoint,
            _ => return true,
        };
        self.workspace.with(|now| now.attached(single).next().is_none())
    }

    /// Adds a document of a type and opens it.
    pub fn add_policy(self, new: NewPolicy) {
        let mut workspace = self.workspace.get_untracked();
        let attachment = new.place(&mut workspace);
        self.workspace.set(workspace);
        self.add_document(attachment, new);
    }

    /// Attaches a document where those of another type are.
    pub fn reattach(self, id: Id, new: NewPolicy) {
        self.change(format!("Attached as {}", new.label()), |now| {
            let attachment = new.place(now);
            // A level lets nothing pass without the policy that AWS attaches to each.
            let full_access = match new {
                NewPolicy::ServiceControl => Some("FullAWSAccess"),
                NewPolicy::ResourceControl => Some("RCPFullAWSAccess"),
                _ => None,
            };
            if let Some(name) = full_access.filter(|_| now.attached(attachment).next().is_none()) {
                now.documents.push(new.document(attachment, name.to_owned()));
            }
            if let Some(document) = now.document_mut(id) {
                // What it was attached to, and as what, belonged to the other type.
                let (attached_to, kind) = (String::new(), String::new());
                *document = Document { attachment, attached_to, kind, ..document.clone() };
            }
        });
    }

    /// Attaches a new SCP or RCP to a node of the organization and opens it.
    pub fn add_to_node(self, node: Id, service_control: bool) {
        let new = if service_control { NewPolicy::ServiceControl } else { NewPolicy::ResourceControl };
        self.workspace.update(|now| now.attach_at(node, service_control));
        self.add_document(attachment(service_control, node), new);
    }

    /// Adds a node of the organization below another one, with the policy that AWS attaches to each; gives it.
    pub fn add_ou(self, below: Option<Id>) -> Id {
        let mut workspace = self.workspace.get_untracked();
        let node = workspace.add_node(below);
        let way = workspace.node(node).map_or(Way::Both, |each| each.way);
        // A level counts only with a policy: the type that the organization uses, else SCPs.
        let uses =
            |service_control: bool| way.has(service_control) && workspace.levels(service_control).next().is_some();
        let service_control = uses(true) || (way.has(true) && !uses(false));
        self.workspace.set(workspace);
        self.add_to_node(node, service_control);
        node
    }

    fn add_document(self, attachment: Attachment, new: NewPolicy) {
        let document = new.document(attachment, self.unused_name(new));
        let id = document.id;
        if attachment.holds_one() {
            // A deleted document cannot come back to a place that is taken now.
            self.toast.set(None);
        }
        self.workspace.update(|now| now.documents.push(document));
        self.document.set(Some(id));
    }

    fn unused_name(self, new: NewPolicy) -> String {
        let base = match new {
            NewPolicy::Identity => "Policy",
            NewPolicy::Resource => "ResourcePolicy",
            NewPolicy::AccessPoint => "AccessPointPolicy",
            NewPolicy::PermissionsBoundary => "Boundary",
            NewPolicy::Session => "SessionPolicy",
            NewPolicy::ServiceControl => "SCP",
            NewPolicy::ResourceControl => "RCP",
            NewPolicy::VpcEndpoint => "EndpointPolicy",
        };
        self.workspace.with_untracked(|now| unused(base, &now.documents))
    }

    /// Adds a copy of a document below it and opens the copy.
    pub fn duplicate_document(self, id: Id) {
        let mut workspace = self.workspace.get_untracked();
        let Some(index) = workspace.documents.iter().position(|each| each.id == id) else { return };
        let Some(original) = workspace.documents.get(index) else { return };
        let name = unused(&original.name, &workspace.documents);
        let copy = Document { id: Id::fresh(), name, ..original.clone() };
        let id = copy.id;
        workspace.documents.insert(index + 1, copy);
        self.workspace.set(workspace);
        self.document.set(Some(id));
    }

    /// Adds an empty request and selects it.
    pub fn add_request(self) {
        self.push_request(Request::blank());
    }

    /// Adds a copy of the selected request and selects it.
    pub fn duplicate_request(self) {
        let Some(id) = self.request.get_untracked() else { return };
        let copy = self.workspace.with_untracked(|now| now.request(id).map(Request::duplicate));
        if let Some(mut copy) = copy {
            if !copy.name.is_empty() {
                copy.name.push_str(" (copy)");
            }
            self.push_request(copy);
        }
    }

    fn push_request(self, request: Request) {
        let id = request.id;
        self.workspace.update(|now| now.requests.push(request));
        self.request.set(Some(id));
    }

    /// Adds a row for a context key to the selected request.
    pub fn add_context_key(self, key: String) {
        let is_list = global_condition_key(&key).is_some_and(|key| key.multivalued());
        let kind = if is_list { ValueKind::List } else { ValueKind::Single };
        self.update_request(|request| request.context.push(ContextRow { kind, ..ContextRow::empty(key) }));
    }

    /// Adds a row for a derived key with its values, to be changed.
    pub fn override_key(self, key: &DerivedKey) {
        let kind = if key.values.len() == 1 { ValueKind::Single } else { ValueKind::List };
        let row = ContextRow { kind, text: key.values.join("\n"), ..ContextRow::empty(key.key.clone()) };
        self.update_request(|request| request.context.push(row));
    }

    /// Puts a text on the clipboard and says whether that worked.
    pub fn copy(self, text: String, done: &'static str) {
        spawn_local(async move {
            let copied = JsFuture::from(window().navigator().clipboard().write_text(&text)).await;
            let message = if copied.is_ok() { done } else { "The browser did not allow copying" };
            self.toast.set(Some(Toast::note(message)));
        });
    }

    /// Looks at a statement: opens its document and marks its text.
    pub fn select_statement(self, statement: StatementRef, from: u32, to: u32) {
        self.statement.set(Some(statement));
        self.reveal_text(Reveal { document: statement.document, from, to, focus: false });
    }

    /// Opens a document and scrolls to a range of its text.
    pub fn reveal_text(self, reveal: Reveal) {
        self.document.set(Some(reveal.document));
        self.reveal.update(|last| {
            let number = last.map_or(0, |(number, _)| number.wrapping_add(1));
            *last = Some((number, reveal));
        });
    }

    /// Goes to where a problem is.
    pub fn go_to(self, problem: &Problem) {
        match &problem.subject {
            Subject::Document(document) => {
                let (from, to) =
                    problem.diagnostic.range.map_or((0, 0), |range| (range.start.offset, range.end.offset));
                self.reveal_text(Reveal { document: *document, from, to, focus: true });
            }
            Subject::Request(request, field) => {
                self.request.set(Some(*request));
                focus_field(field);
            }
            Subject::Scenario => {}
        }
    }
}

/// Puts the cursor into the field of the request form that a place such as `principal.arn` is in.
fn focus_field(place: &str) {
    let field = place.split(['.', '[']).next().unwrap_or_default().to_owned();
    let focus = move || {
        let element = document().get_element_by_id(&format!("request-{field}"));
        if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // An element that cannot take the focus leaves it where it is.
            let _ = element.focus();
        }
    };
    // After the form shows the request.
    Timeout::new(0, focus).forget();
}

/// The name, with a number behind it if a document has that name already.
fn unused(base: &str, documents: &[Document]) -> String {
    let taken = |name: &str| documents.iter().any(|each| each.name == name);
    if base.is_empty() || !taken(base) {
        return base.to_owned();
    }
    (2u32..).map(|number| format!("{base}-{number}")).find(|name| !taken(name)).unwrap_or_default()
}
