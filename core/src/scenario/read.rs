//! Reading a scenario file: every problem with its place, nothing skipped.

use super::reader::{Reader, join, read};
use super::{
    ContextValue, Expectation, FurtherAction, LocatedDiagnostic, OrganizationLevel, Policies, PolicySource, Scenario,
    ScenarioBlockPublicAccess, ScenarioPrincipal, ScenarioRequest, ScenarioS3,
};
use crate::diagnostic::Diagnostic;
use crate::json;
use crate::json::{Object, Value};
use crate::options::EvaluationOptions;
use crate::result::Gate;
#[cfg(feature = "simulator")]
use crate::simulator;

/// What a text holds.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// A scenario file.
    Whole,
    /// The policies of a scenario.
    Policies,
    /// One of its requests.
    Request,
}

/// Reads a scenario, or a part of one into a scenario with nothing else in it.
pub(super) fn scenario(text: &str, part: Part) -> (Scenario, Vec<LocatedDiagnostic>) {
    read(text, |reader, tree| match part {
        #[cfg(feature = "simulator")]
        Part::Whole if simulator::request::is_request(tree) => simulator::request::scenario(reader, tree),
        Part::Whole => reader.scenario(tree),
        Part::Policies => Scenario { policies: reader.policies(tree), ..Scenario::default() },
        Part::Request => Scenario { requests: vec![reader.request("request", tree)], ..Scenario::default() },
    })
}

impl Reader<'_> {
    fn scenario(&mut self, tree: &Value<'_>) -> Scenario {
        let known = ["$schema", "name", "description", "source", "rules", "options", "policies", "requests"];
        let Some(object) = self.object("", tree, &known) else { return Scenario::default() };
        let mut scenario = Scenario {
            name: self.optional("", object, "name"),
            description: self.optional("", object, "description"),
            source: self.optional("", object, "source"),
            rules: self.rules(object),
            options: self.options(object),
            ..Scenario::default()
        };
        if let Some(policies) = self.required("", object, "policies", "write \"policies\": { \"identity\": [ … ] }") {
            scenario.policies = self.policies(policies);
        }
        match self.required("", object, "requests", "write \"requests\": [ { \"principal\": …, \"action\": … } ]") {
            Some(Value::Array(array)) => {
                let requests = array.elements.iter().enumerate();
                scenario.requests =
                    requests.map(|(index, item)| self.request(&format!("requests[{index}]"), item)).collect();
            }
            Some(other) => self.wrong_type("requests", other, "a list"),
            None => {}
        }
        scenario
    }

    fn rules(&mut self, scenario: &Object<'_>) -> Vec<String> {
        match json::get(scenario, "rules").map(|property| &property.value) {
            Some(Value::Array(_)) => self.strings("", scenario, "rules"),
            Some(other) => {
                self.wrong_type("rules", other, "a list of strings");
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn options(&mut self, scenario: &Object<'_>) -> Vec<(String, bool)> {
        let Some(property) = json::get(scenario, "options") else { return Vec::new() };
        let known: Vec<&str> = EvaluationOptions::NAMES.into_iter().chain(["legacyDuplicateKeys"]).collect();
        let Some(object) = self.object("options", &property.value, &known) else { return Vec::new() };
        let names = known.iter().filter(|name| json::get(object, name).is_some());
        names.map(|name| ((*name).to_owned(), self.flag("options", object, name))).collect()
    }

    fn policies(&mut self, value: &Value<'_>) -> Policies {
        let known = [
            "identity",
            "resource",
            "accessPoint",
            "permissionsBoundary",
            "session",
            "serviceControl",
            "resourceControl",
            "vpcEndpoint",
        ];
        let Some(object) = self.object("policies", value, &known) else { return Policies::default() };
        Policies {
            identity: self.policy_list(object, "identity"),
            resource: self.policy_list(object, "resource"),
            access_point: self.policy(object, "accessPoint"),
            permissions_boundary: self.policy(object, "permissionsBoundary"),
            session: self.policy_list(object, "session"),
            service_control: self.levels(object, "serviceControl"),
            resource_control: self.levels(object, "resourceControl"),
            vpc_endpoint: self.policy(object, "vpcEndpoint"),
        }
    }

    fn policy(&mut self, object: &Object<'_>, key: &str) -> Option<PolicySource> {
        let property = json::get(object, key)?;
        self.policy_source(&format!("policies.{key}"), &property.value)
    }

    fn policy_list(&mut self, object: &Object<'_>, key: &str) -> Vec<PolicySource> {
        let Some(property) = json::get(object, key) else { return Vec::new() };
        self.sources(&format!("policies.{key}"), &property.value)
    }

    fn sources(&mut self, at: &str, value: &Value<'_>) -> Vec<PolicySource> {
        let items = Self::items(value).into_iter().enumerate();
        items.filter_map(|(index, item)| self.policy_source(&format!("{at}[{index}]"), item)).collect()
    }

    fn levels(&mut self, object: &Object<'_>, key: &str) -> Option<Vec<OrganizationLevel>> {
        let property = json::get(object, key)?;
        let Value::Array(array) = &property.value else {
            self.wrong_type(&format!("policies.{key}"), &property.value, "a list of levels, root first");
            return None;
        };
        let mut levels = Vec::new();
        for (index, item) in array.elements.iter().enumerate() {
            let at = format!("policies.{key}[{index}]");
            let Some(level) = self.object(&at, item, &["name", "policies"]) else { continue };
            let policies = self.required(&at, level, "policies", "list the policies attached at this level");
            levels.push(OrganizationLevel {
                name: self.optional(&at, level, "name"),
                policies: policies.map(|value| self.sources(&format!("{at}.policies"), value)).unwrap_or_default(),
            });
        }
        Some(levels)
    }

    /// A document as an object or as text, or either of them with a name and where it is attached.
    fn policy_source(&mut self, at: &str, value: &Value<'_>) -> Option<PolicySource> {
        let wrapper = value.as_object().filter(|object| json::get(object, "document").is_some());
        let Some(object) = wrapper else {
            return Some(PolicySource { document: self.document(at, value)?, ..PolicySource::default() });
        };
        self.object(at, value, &["name", "attachedTo", "kind", "document"]);
        let kind = self.optional(at, object, "kind");
        let (of, kinds): (_, &[&str]) = if at == "policies.vpcEndpoint" {
            ("VPC endpoint", &["gateway", "interface"])
        } else if at.starts_with("policies.identity") {
            ("identity-based policy", &["managed", "inline"])
        } else {
            ("resource-based policy", &["general", "role-trust", "kms-key"])
        };
        if let (Some(kind), Some(property)) = (&kind, json::get(object, "kind"))
            && !kinds.contains(&kind.as_str())
        {
            let diagnostic = Diagnostic::error(
                "SCENARIO_INVALID_VALUE",
                json::span(&property.value),
                format!("`{kind}` is no kind of {of}"),
            );
            self.report(at, diagnostic.help(format!("write {}", kinds.join(" or "))));
        }
        let property = json::get(object, "document")?;
        Some(PolicySource {
            name: self.optional(at, object, "name"),
            attached_to: self.optional(at, object, "attachedTo"),
            kind,
            document: self.document(at, &property.value)?,
        })
    }

    fn request(&mut self, at: &str, value: &Value<'_>) -> ScenarioRequest {
        let known = [
            "name",
            "principal",
            "action",
            "resource",
            "resourceAccount",
            "resourceInManagementAccount",
            "awsManagedKey",
            "kmsGrantAllows",
            "s3",
            "context",
            "unknown",
            "further",
            "expect",
        ];
        let Some(object) = self.object(at, value, &known) else { return ScenarioRequest::default() };
        let principal = self.required(
            at,
            object,
            "principal",
            "write an ARN, a service such as lambda.amazonaws.com, or anonymous",
        );
        let principal = principal.map(|value| self.principal(&join(at, "principal"), value)).unwrap_or_default();
        let action = self.required(at, object, "action", "write \"action\": \"service:Name\"");
        let action = action.and_then(|value| self.string(&join(at, "action"), value)).unwrap_or_default();
        ScenarioRequest {
            name: self.optional(at, object, "name"),
            principal,
            action,
            resources: self.resources(at, object),
            resource_account: self.optional(at, object, "resourceAccount"),
            resource_in_management_account: self.flag(at, object, "resourceInManagementAccount"),
            aws_managed_key: self.flag(at, object, "awsManagedKey"),
            kms_grant_allows: self.flag(at, object, "kmsGrantAllows"),
            s3: json::get(object, "s3").and_then(|property| self.s3(&join(at, "s3"), &property.value)),
            context: self.context(&join(at, "context"), object),
            unknown: self.strings(at, object, "unknown"),
            further: self.further(at, object),
            expect: json::get(object, "expect")
                .and_then(|property| self.expectation(&join(at, "expect"), &property.value)),
        }
    }

    /// An empty list would be taken for `*`, which is another question.
    fn resources(&mut self, at: &str, object: &Object<'_>) -> Vec<String> {
        let resources = self.strings(at, object, "resource");
        if let Some(property) = json::get(object, "resource")
            && Self::items(&property.value).is_empty()
        {
            let span = json::span(&property.value);
            let diagnostic = Diagnostic::error("SCENARIO_INVALID_VALUE", span, "there is no resource in the list");
            self.report(
                &join(at, "resource"),
                diagnostic.help("write an ARN, or leave resource out if the action has none"),
            );
        }
        resources
    }

    fn further(&mut self, at: &str, request: &Object<'_>) -> Vec<FurtherAction> {
        let Some(property) = json::get(request, "further") else { return Vec::new() };
        let mut further = Vec::new();
        for (index, item) in Self::items(&property.value).into_iter().enumerate() {
            let at = format!("{at}.further[{index}]");
            let known = ["action", "resource", "resourceAccount", "context"];
            let Some(object) = self.object(&at, item, &known) else { continue };
            let action = self.required(&at, object, "action", "write \"action\": \"service:Name\"");
            further.push(FurtherAction {
                action: action.and_then(|value| self.string(&join(&at, "action"), value)).unwrap_or_default(),
                resources: self.resources(&at, object),
                resource_account: self.optional(&at, object, "resourceAccount"),
                context: self.context(&join(&at, "context"), object),
            });
        }
        further
    }

    fn principal(&mut self, at: &str, value: &Value<'_>) -> ScenarioPrincipal {
        if let Some((text, _)) = json::string(value) {
            return ScenarioPrincipal { arn: text.to_owned(), ..ScenarioPrincipal::default() };
        }
        let known = [
            "arn",
            "roleArn",
            "sessionName",
            "federatingUserArn",
            "canonicalUserId",
            "getSessionToken",
            "serviceLinkedRole",
            "inManagementAccount",
        ];
        let Some(object) = self.object(at, value, &known) else { return ScenarioPrincipal::default() };
        let arn = self.required(
            at,
            object,
            "arn",
            "write the caller's ARN, a service such as lambda.amazonaws.com, or anonymous",
        );
        ScenarioPrincipal {
            arn: arn.and_then(|value| self.string(&join(at, "arn"), value)).unwrap_or_default(),
            role_arn: self.optional(at, object, "roleArn"),
            session_name: self.optional(at, object, "sessionName"),
            federating_user_arn: self.optional(at, object, "federatingUserArn"),
            canonical_user_id: self.optional(at, object, "canonicalUserId"),
            get_session_token: self.flag(at, object, "getSessionToken"),
            service_linked_role: self.flag(at, object, "serviceLinkedRole"),
            in_management_account: self.flag(at, object, "inManagementAccount"),
        }
    }

    fn s3(&mut self, at: &str, value: &Value<'_>) -> Option<ScenarioS3> {
        let known = ["blockPublicAccess", "bucket", "bucketOwner", "objectOwner", "objectAcl"];
        let object = self.object(at, value, &known)?;
        let settings = json::get(object, "blockPublicAccess")
            .and_then(|property| self.block_public_access(&join(at, "blockPublicAccess"), &property.value));
        Some(ScenarioS3 {
            block_public_access: settings,
            bucket: self.optional(at, object, "bucket"),
            bucket_owner: self.optional(at, object, "bucketOwner"),
            object_owner: self.optional(at, object, "objectOwner"),
            object_acl: self.optional(at, object, "objectAcl"),
        })
    }

    fn block_public_access(&mut self, at: &str, value: &Value<'_>) -> Option<ScenarioBlockPublicAccess> {
        let known = ["restrictPublicBuckets", "ignorePublicAcls", "blockPublicAcls", "blockPublicPolicy"];
        let object = self.object(at, value, &known)?;
        Some(ScenarioBlockPublicAccess {
            restrict_public_buckets: self.flag(at, object, "restrictPublicBuckets"),
            ignore_public_acls: self.flag(at, object, "ignorePublicAcls"),
            block_public_acls: self.flag(at, object, "blockPublicAcls"),
            block_public_policy: self.flag(at, object, "blockPublicPolicy"),
        })
    }

    fn context(&mut self, at: &str, request: &Object<'_>) -> Vec<(String, ContextValue)> {
        let Some(property) = json::get(request, "context") else { return Vec::new() };
        let Value::Object(object) = &property.value else {
            self.wrong_type(at, &property.value, "an object of condition keys");
            return Vec::new();
        };
        self.duplicates(at, object);
        let mut context: Vec<(String, ContextValue)> = Vec::new();
        let again = json::in_other_case(object);
        for (index, property) in object.properties.iter().enumerate() {
            let (key, span) = json::name(property);
            // AWS says that such tags can deny unexpectedly, but not how they are compared (SPEC 1.3): our choice.
            if again.get(index) == Some(&true) {
                let message = format!("`{key}` stands twice, in two spellings of case; the first one counts");
                self.report(
                    at,
                    Diagnostic::warning("DUPLICATE_KEYS_WITH_DIFFERENT_CASE", span, message).help("remove one"),
                );
                continue;
            }
            let value = match &property.value {
                Value::Null(_) => ContextValue::Absent,
                Value::Array(array) => {
                    ContextValue::Multiple(array.elements.iter().filter_map(|item| self.scalar(at, item)).collect())
                }
                single => match self.scalar(at, single) {
                    Some(value) => ContextValue::Single(value),
                    None => continue,
                },
            };
            context.push((key.to_owned(), value));
        }
        context
    }

    fn scalar(&mut self, at: &str, value: &Value<'_>) -> Option<String> {
        match value {
            Value::String(text, _) => Some(text.clone().into_owned()),
            Value::Number(_) | Value::Boolean(..) => Some(self.raw(value)),
            _ => {
                self.wrong_type(at, value, "a string, a number, a boolean, a list of these, or null");
                None
            }
        }
    }

    fn expectation(&mut self, at: &str, value: &Value<'_>) -> Option<Expectation> {
        let object = self.object(at, value, &["decision", "decidedBy", "statement", "dependsOn"])?;
        let decision =
            self.required(at, object, "decision", "write Allow, ExplicitDeny, ImplicitDeny, Depends or Invalid")?;
        let text = self.string(&join(at, "decision"), decision)?;
        if !["Allow", "ExplicitDeny", "ImplicitDeny", "Depends", "Invalid"].contains(&text.as_str()) {
            let diagnostic =
                Diagnostic::error("SCENARIO_INVALID_VALUE", json::span(decision), format!("`{text}` is no decision"));
            self.report(at, diagnostic.help("write Allow, ExplicitDeny, ImplicitDeny, Depends or Invalid"));
        }
        let decided_by = self.optional(at, object, "decidedBy");
        if let (Some(gate), Some(property)) = (&decided_by, json::get(object, "decidedBy"))
            && !Gate::ALL.iter().any(|known| known.as_str() == gate)
        {
            let names: Vec<&str> = Gate::ALL.into_iter().map(Gate::as_str).collect();
            let message = format!("`{gate}` is no gate that decides");
            let diagnostic = Diagnostic::error("SCENARIO_INVALID_VALUE", json::span(&property.value), message);
            self.report(at, diagnostic.help(format!("write one of {}", names.join(", "))));
        }
        let statement = self.optional(at, object, "statement");
        let depends_on = self.strings(at, object, "dependsOn");
        if let Some(property) = json::get(object, "dependsOn")
            && text != "Depends"
        {
            let message = format!("keys to depend on, but the expected decision is {text}");
            let diagnostic = Diagnostic::error("SCENARIO_INVALID_VALUE", json::span(&property.value), message);
            self.report(at, diagnostic.help("expect Depends, or leave dependsOn out"));
        }
        Some(Expectation { decision: text, decided_by, statement, depends_on })
    }
}
