//! Between a scenario and a workspace.

use std::mem;

use admittance::scenario::{OrganizationLevel, Policies, PolicySource, Scenario};

use super::request::{request_from, request_to, some};
use super::{Attachment, Document, Id, Node, Request, Workspace, organization};

/// A scenario together with the ids of what stands at its places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    pub scenario: Scenario,
    /// Places such as `policies.identity[0]`, each with its document.
    pub documents: Vec<(String, Id)>,
    /// The requests in the scenario's order.
    pub requests: Vec<Id>,
}

impl Workspace {
    /// The workspace that shows a scenario.
    pub fn from_scenario(mut scenario: Scenario) -> Self {
        let policies = mem::take(&mut scenario.policies);
        let requests = mem::take(&mut scenario.requests);
        let mut workspace = Self {
            name: scenario.name.take().unwrap_or_default(),
            description: scenario.description.take().unwrap_or_default(),
            rest: scenario,
            ..Self::default()
        };
        workspace.add(Attachment::Identity, policies.identity);
        workspace.add(Attachment::Resource, policies.resource);
        workspace.add(Attachment::AccessPoint, policies.access_point);
        workspace.add(Attachment::PermissionsBoundary, policies.permissions_boundary);
        workspace.add(Attachment::Session, policies.session);
        workspace.add_levels(policies.service_control, policies.resource_control);
        workspace.add(Attachment::VpcEndpoint, policies.vpc_endpoint);
        workspace.requests = requests.into_iter().map(request_from).collect();
        if workspace.requests.is_empty() {
            workspace.requests.push(Request::blank());
        }
        workspace
    }

    fn add(&mut self, attachment: Attachment, sources: impl IntoIterator<Item = PolicySource>) {
        self.documents.extend(sources.into_iter().map(|source| Document::from_source(attachment, source)));
    }

    fn add_levels(&mut self, service: Option<Vec<OrganizationLevel>>, resource: Option<Vec<OrganizationLevel>>) {
        let lists = [(true, service.unwrap_or_default()), (false, resource.unwrap_or_default())];
        let [service, resource] = lists.each_ref().map(|(_, levels)| levels.iter().map(name_of).collect());
        self.organization = organization::joined(service, resource);
        for (service_control, levels) in lists {
            let ids: Vec<Id> = self.levels(service_control).map(|node| node.id).collect();
            for (id, level) in ids.into_iter().zip(levels) {
                self.add(organization::attachment(service_control, id), level.policies);
            }
        }
    }

    /// The scenario that the workspace stands for: what is disabled is not in it.
    pub fn to_scenario(&self) -> Placed {
        self.placed(false)
    }

    /// The scenario with what is disabled, to be kept: `disabled` of the documents gives which.
    pub fn to_whole_scenario(&self) -> Placed {
        self.placed(true)
    }

    /// The places of the disabled documents in the whole scenario.
    pub fn disabled(&self) -> Vec<String> {
        let places = self.places();
        self.off().into_iter().filter_map(|number| places.get(number).cloned()).collect()
    }

    /// The places of all documents in the whole scenario.
    pub fn places(&self) -> Vec<String> {
        self.to_whole_scenario().documents.into_iter().map(|(place, _)| place).collect()
    }

    /// Which of the places have disabled documents.
    pub fn off(&self) -> Vec<usize> {
        let is_disabled = |id: Id| self.document(id).is_some_and(|each| each.disabled);
        let placed = self.to_whole_scenario().documents.into_iter().enumerate();
        placed.filter(|(_, (_, id))| is_disabled(*id)).map(|(number, _)| number).collect()
    }

    /// The place of a document among those of the workspace that the whole scenario is shown as: what was added last
    /// stands at the end here, and with its like there.
    pub fn place_when_kept(&self, id: Id) -> Option<usize> {
        let levels = |service_control| {
            self.levels(service_control).map(move |node| organization::attachment(service_control, node.id))
        };
        let before = [
            Attachment::Identity,
            Attachment::Resource,
            Attachment::AccessPoint,
            Attachment::PermissionsBoundary,
            Attachment::Session,
        ];
        let order = before.into_iter().chain(levels(true)).chain(levels(false)).chain([Attachment::VpcEndpoint]);
        order.flat_map(|attachment| self.attached(attachment)).position(|each| each.id == id)
    }

    /// Disables the documents at places of the scenario that the workspace was made of.
    pub fn disable(&mut self, places: &[String]) {
        if places.is_empty() {
            return;
        }
        for (place, id) in self.to_whole_scenario().documents {
            if let Some(document) = self.document_mut(id).filter(|_| places.contains(&place)) {
                document.disabled = true;
            }
        }
    }

    fn placed(&self, whole: bool) -> Placed {
        let mut ids = Vec::new();
        let counts = |document: &&Document| whole || !document.disabled;
        let mut take = |attachment| -> Vec<PolicySource> {
            let attached = self.attached(attachment).filter(counts);
            attached
                .map(|document| {
                    ids.push(document.id);
                    source_from(document)
                })
                .collect()
        };
        let identity = take(Attachment::Identity);
        let resource = take(Attachment::Resource);
        let session = take(Attachment::Session);
        let mut levels = |service_control: bool| {
            let level = |node: &Node| {
                let policies = take(organization::attachment(service_control, node.id));
                OrganizationLevel { name: some(&node.name), policies }
            };
            let levels: Vec<_> = self.levels(service_control).map(level).collect();
            (!levels.is_empty()).then_some(levels)
        };
        let service_control = levels(true);
        let resource_control = levels(false);
        let mut one = |attachment| {
            let document = self.attached(attachment).find(counts)?;
            ids.push(document.id);
            Some(source_from(document))
        };
        let access_point = one(Attachment::AccessPoint);
        let permissions_boundary = one(Attachment::PermissionsBoundary);
        let vpc_endpoint = one(Attachment::VpcEndpoint);
        let scenario = Scenario {
            name: some(&self.name),
            description: some(&self.description),
            policies: Policies {
                identity,
                resource,
                access_point,
                permissions_boundary,
                session,
                service_control,
                resource_control,
                vpc_endpoint,
            },
            requests: self.requests.iter().map(request_to).collect(),
            ..self.rest.clone()
        };
        let places = self.sources(&scenario).into_iter().map(|(place, ..)| place);
        let documents = places.zip(ids).collect();
        Placed { scenario, documents, requests: self.requests.iter().map(|each| each.id).collect() }
    }

    /// Every document of a scenario with the levels of this workspace: its place in the scenario, and
    /// what it is attached to. In the order in which `to_scenario` collects them.
    pub(super) fn sources<'s>(&self, scenario: &'s Scenario) -> Vec<(String, Attachment, &'s PolicySource)> {
        let policies = &scenario.policies;
        let mut found = Vec::new();
        for (name, attachment, list) in [
            ("identity", Attachment::Identity, &policies.identity),
            ("resource", Attachment::Resource, &policies.resource),
            ("session", Attachment::Session, &policies.session),
        ] {
            let each = list.iter().enumerate();
            found.extend(each.map(|(at, source)| (format!("policies.{name}[{at}]"), attachment, source)));
        }
        for (name, service_control, given) in [
            ("serviceControl", true, &policies.service_control),
            ("resourceControl", false, &policies.resource_control),
        ] {
            for (index, (node, at)) in self.levels(service_control).zip(given.iter().flatten()).enumerate() {
                let attachment = organization::attachment(service_control, node.id);
                let place = |at| format!("policies.{name}[{index}].policies[{at}]");
                let each = at.policies.iter().enumerate();
                found.extend(each.map(|(at, source)| (place(at), attachment, source)));
            }
        }
        for (name, attachment, source) in [
            ("accessPoint", Attachment::AccessPoint, &policies.access_point),
            ("permissionsBoundary", Attachment::PermissionsBoundary, &policies.permissions_boundary),
            ("vpcEndpoint", Attachment::VpcEndpoint, &policies.vpc_endpoint),
        ] {
            found.extend(source.iter().map(|source| (format!("policies.{name}"), attachment, source)));
        }
        found
    }
}

impl Document {
    /// The document as a new one.
    pub(super) fn from_source(attachment: Attachment, source: PolicySource) -> Self {
        Self {
            id: Id::fresh(),
            attachment,
            name: source.name.unwrap_or_default(),
            attached_to: source.attached_to.unwrap_or_default(),
            kind: source.kind.unwrap_or_default(),
            text: dedented(one_kind_of_line_break(source.document)),
            disabled: false,
        }
    }
}

fn name_of(level: &OrganizationLevel) -> String {
    level.name.clone().unwrap_or_default()
}

/// The editor counts a line break as one unit, so that is what the engine must count, too.
fn one_kind_of_line_break(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// A document that was an object inside a scenario file has that file's indentation on every line but
/// its first. No JSON token spans lines, so taking the last line's indentation away changes nothing else.
fn dedented(text: String) -> String {
    let last = text.lines().next_back().unwrap_or_default();
    let blanks = last.len() - last.trim_start_matches(' ').len();
    let indent = " ".repeat(blanks);
    if blanks == 0 || !text.lines().skip(1).all(|line| line.is_empty() || line.starts_with(&indent)) {
        return text;
    }
    let lines = text.lines().enumerate();
    let shortened = lines.map(|(at, line)| if at == 0 { line } else { line.strip_prefix(&indent).unwrap_or(line) });
    shortened.collect::<Vec<_>>().join("\n")
}

fn source_from(document: &Document) -> PolicySource {
    PolicySource {
        name: some(&document.name),
        attached_to: some(&document.attached_to),
        kind: some(&document.kind),
        document: document.text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::examples;
    use crate::outcome::{Outcome, Subject};
    use crate::state::NewPolicy;

    /// What a workspace shows goes out as it came in, but for the indentation of documents.
    #[test]
    fn examples_survive_editing() {
        let examples = examples();
        assert!(examples.len() >= 11);
        for example in examples {
            let name = example.name.clone();
            let once = Workspace::from_scenario(example.clone()).to_scenario().scenario;
            let decided = |scenario: &Scenario| {
                let result = scenario.evaluate();
                assert!(result.valid, "{name:?}: {:?}", result.diagnostics);
                let decisions = result.results.into_iter().map(|each| (each.decision, each.passed));
                decisions.collect::<Vec<_>>()
            };
            assert_eq!(decided(&example), decided(&once), "{name:?}");
            let (read, diagnostics) = Scenario::parse(&once.to_json());
            assert_eq!(diagnostics, [], "{name:?}");
            assert_eq!(read, once, "{name:?}");
            assert_eq!(Workspace::from_scenario(read).to_scenario().scenario, once, "{name:?}");
        }
    }

    #[test]
    fn places_have_the_ids_of_what_stands_there() {
        let text = r#"{
            "policies": {
                "identity": ["{}", "{}"], "permissionsBoundary": "{}",
                "serviceControl": [{ "name": "Root", "policies": ["{}"] }, { "policies": ["{}", "{}"] }]
            },
            "requests": [{ "principal": "nobody", "action": "s3:GetObject" }]
        }"#;
        let workspace = Workspace::from_scenario(Scenario::parse(text).0);
        let outcome = Outcome::of(&workspace, None);
        for document in &workspace.documents {
            assert!(
                outcome.problems.iter().any(|each| each.subject == Subject::Document(document.id)),
                "no problem is found at {document:?}"
            );
        }
        let request = workspace.requests[0].id;
        assert!(outcome.problems.iter().any(|each| each.subject == Subject::Request(request, "principal".into())));
        assert!(!outcome.problems.iter().any(|each| each.subject == Subject::Scenario));
    }

    /// A disabled document is not in the scenario, and comes back with what is kept.
    #[test]
    fn what_is_disabled_is_kept_and_not_evaluated() {
        let text = r#"{
            "policies": {
                "identity": ["{\"a\": 1}", "{\"a\": 2}"], "permissionsBoundary": "{}",
                "serviceControl": [{ "name": "Root", "policies": ["{\"a\": 3}", "{\"a\": 4}"] }]
            },
            "requests": [{ "principal": "nobody", "action": "s3:GetObject" }]
        }"#;
        let mut workspace = Workspace::from_scenario(Scenario::parse(text).0);
        let places = ["policies.identity[0]", "policies.serviceControl[0].policies[1]", "policies.permissionsBoundary"];
        workspace.disable(&places.map(str::to_owned));
        assert_eq!(workspace.disabled(), places);
        let evaluated = workspace.to_scenario().scenario.policies;
        assert_eq!(evaluated.identity.len(), 1);
        assert_eq!(evaluated.identity[0].document, "{\"a\": 2}");
        assert_eq!(evaluated.service_control.unwrap()[0].policies[0].document, "{\"a\": 3}");
        assert_eq!(evaluated.permissions_boundary, None);
        let mut again = Workspace::from_scenario(workspace.to_whole_scenario().scenario);
        again.disable(&workspace.disabled());
        assert_eq!(again.to_scenario().scenario, workspace.to_scenario().scenario);
        assert_eq!(again.to_whole_scenario().scenario, workspace.to_whole_scenario().scenario);
    }

    #[test]
    fn a_document_is_found_again_in_what_was_kept() {
        let text = r#"{
            "policies": {
                "identity": ["1"], "resource": ["2"], "session": ["3"], "vpcEndpoint": "4", "permissionsBoundary": "5",
                "serviceControl": [{ "name": "Root", "policies": ["6"] }, { "name": "Account", "policies": ["7", "8"] }],
                "resourceControl": [{ "name": "Root", "policies": ["9"] }]
            },
            "requests": []
        }"#;
        let mut workspace = Workspace::from_scenario(Scenario::parse(text).0);
        // As if they had been added in another order.
        workspace.documents.reverse();
        let again = Workspace::from_scenario(workspace.to_whole_scenario().scenario);
        assert_eq!(again.documents.len(), 9);
        for document in &workspace.documents {
            let place = workspace.place_when_kept(document.id).unwrap();
            assert_eq!(again.documents[place].text, document.text);
        }
        assert_eq!(workspace.place_when_kept(Id::fresh()), None);
    }

    #[test]
    fn what_cannot_be_decided_keeps_the_last_decisions() {
        let first = examples().remove(0);
        let mut workspace = Workspace::from_scenario(first);
        let before = Outcome::of(&workspace, None);
        workspace.documents[0].text.push('{');
        let broken = Outcome::of(&workspace, Some(&before));
        assert!(broken.stale && !before.stale);
        assert_eq!(broken.decided, before.decided);
    }

    #[test]
    fn a_request_with_an_error_keeps_the_others_from_nothing() {
        let mut workspace = Workspace::from_scenario(examples().remove(0));
        let ids: Vec<_> = workspace.requests.iter().map(|each| each.id).collect();
        let before = Outcome::of(&workspace, None);
        workspace.requests[0].principal.arn = "ana".to_owned();
        workspace.documents.clear();
        let after = Outcome::of(&workspace, Some(&before));
        let seen = |outcome: &Outcome, at: usize| outcome.result(ids[at]).unwrap().decision.clone();
        assert_eq!([seen(&before, 0), seen(&before, 1)], ["Allow", "Allow"]);
        assert_eq!([seen(&after, 0), seen(&after, 1)], ["Allow", "ImplicitDeny"]);
        assert_eq!([after.stale, after.is_stale(ids[0]), after.is_stale(ids[1])], [false, true, false]);
        assert_eq!([after.errors_of(ids[0]).count(), after.errors_of(ids[1]).count()], [1, 0]);
        // A broken document makes the others old, too, and the first one's last decision outlives it.
        workspace.add(Attachment::Identity, [PolicySource { document: "{".to_owned(), ..PolicySource::default() }]);
        let broken = Outcome::of(&workspace, Some(&after));
        assert_eq!([seen(&broken, 0), seen(&broken, 1)], ["Allow", "ImplicitDeny"]);
        assert!(broken.is_stale(ids[1]));
        workspace.documents.clear();
        workspace.requests[0].principal = workspace.requests[1].principal.clone();
        let mended = Outcome::of(&workspace, Some(&broken));
        assert_eq!(seen(&mended, 0), "ImplicitDeny");
        assert!(!mended.is_stale(ids[0]));
        // What was never decided is said to be undecided, unless it is only not written yet.
        workspace.requests[0] = Request { action: "s3".to_owned(), ..workspace.requests[1].duplicate() };
        workspace.requests[1] = Request::blank();
        let new = Outcome::of(&workspace, Some(&mended));
        assert_eq!(new.result(workspace.requests[0].id).unwrap().decision, "Invalid");
        assert_eq!(new.result(workspace.requests[1].id), None);
        assert_eq!(seen(&new, 2), "ImplicitDeny");
    }

    #[test]
    fn templates_are_valid_where_they_are_offered() {
        for new in NewPolicy::ALL {
            let mut workspace = Workspace::from_scenario(examples().remove(0));
            let root = workspace.add_node(None);
            let attachment = match new {
                NewPolicy::Identity => Attachment::Identity,
                NewPolicy::Resource => Attachment::Resource,
                NewPolicy::AccessPoint => Attachment::AccessPoint,
                NewPolicy::PermissionsBoundary => Attachment::PermissionsBoundary,
                NewPolicy::Session => Attachment::Session,
                NewPolicy::ServiceControl => Attachment::ServiceControl(root),
                NewPolicy::ResourceControl => Attachment::ResourceControl(root),
                NewPolicy::VpcEndpoint => Attachment::VpcEndpoint,
            };
            workspace.documents.push(Document {
                id: Id::fresh(),
                attachment,
                name: String::new(),
                attached_to: String::new(),
                kind: String::new(),
                text: new.template().to_owned(),
                disabled: false,
            });
            match new {
                NewPolicy::ServiceControl => workspace.attach_at(root, true),
                NewPolicy::ResourceControl => workspace.attach_at(root, false),
                _ => {}
            }
            let outcome = Outcome::of(&workspace, None);
            assert_eq!(outcome.problems, [], "{new:?}");
        }
    }

    #[test]
    fn indentation_of_the_file_is_taken_off() {
        let cases = [
            ("{}", "{}"),
            ("{\n      \"a\": 1\n    }", "{\n  \"a\": 1\n}"),
            ("{\n\n      \"a\": 1\n    }", "{\n\n  \"a\": 1\n}"),
            ("{\n  \"a\": 1\n    }", "{\n  \"a\": 1\n    }"),
            ("", ""),
        ];
        for (given, wanted) in cases {
            assert_eq!(dedented(given.to_owned()), wanted);
        }
    }
}
