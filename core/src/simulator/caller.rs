//! Who calls in a simulation, and whose the resources are.

use super::STAND_IN;
use crate::arn::Arn;
use crate::diagnostic::Diagnostic;
use crate::json;
use crate::json::Object;
use crate::scenario::reader::Reader;

/// The account of callers and resources of which no ARN names the account: AWS's example account.
const EXAMPLE_ACCOUNT: &str = "123456789012";

/// The simulated caller.
pub(super) enum Caller {
    /// An IAM user or role.
    Arn { arn: String, account: String },
    /// Some member of a group.
    Group { partition: String, account: String },
    /// Nobody in particular.
    Unnamed,
}

impl Caller {
    /// The caller's ARN in a request about a resource that the account `owner` owns.
    pub fn principal(&self, resource: &str, owner: Option<&str>) -> String {
        let (partition, account) = match self {
            Self::Arn { arn, .. } => return arn.clone(),
            Self::Group { partition, account } => (partition.as_str(), account.as_str()),
            Self::Unnamed => {
                (Arn::parse(resource).map_or("aws", |arn| arn.partition), owner.unwrap_or(EXAMPLE_ACCOUNT))
            }
        };
        format!("arn:{partition}:iam::{account}:user/{STAND_IN}")
    }

    /// The caller's account, if it is known.
    pub fn account(&self) -> Option<&str> {
        match self {
            Self::Arn { account, .. } | Self::Group { account, .. } => Some(account),
            Self::Unnamed => None,
        }
    }

    /// The context keys that would be derived from the stand-in: they are absent, since the request
    /// does not say whose they are.
    pub fn absent_keys(&self) -> &'static [&'static str] {
        match self {
            Self::Arn { .. } => &[],
            Self::Group { .. } => &["aws:PrincipalArn", "aws:username"],
            Self::Unnamed => &["aws:PrincipalArn", "aws:username", "aws:PrincipalAccount", "aws:PrincipalType"],
        }
    }
}

/// Reads `CallerArn`. Without one the caller is an unnamed user of the account that owns each resource.
pub(super) fn caller(reader: &mut Reader<'_>, request: &Object<'_>) -> Caller {
    let Some(property) = json::get(request, "CallerArn") else {
        if let Some(policy) = json::get(request, "ResourcePolicy") {
            let diagnostic = Diagnostic::error(
                "SCENARIO_MISSING_FIELD",
                json::name(policy).1,
                "a ResourcePolicy needs a \"CallerArn\" that its Principal elements can be compared with",
            );
            reader.report("", diagnostic.help("write \"CallerArn\": \"arn:aws:iam::111122223333:user/NAME\""));
        }
        return Caller::Unnamed;
    };
    let Some(text) = reader.string("CallerArn", &property.value) else { return Caller::Unnamed };
    let arn = Arn::parse(&text).filter(|arn| arn.service == "iam");
    let parts = arn.and_then(|arn| Some((arn, arn.account_id()?, arn.resource.split_once('/')?)));
    match parts {
        Some((_, account, (kind @ ("user" | "role"), name))) if !name.is_empty() => {
            if kind == "role" && json::get(request, "ResourcePolicy").is_some() {
                let message =
                    "AWS's simulator leaves a ResourcePolicy aside if the caller is a role; here it takes part";
                let diagnostic = Diagnostic::warning("SIMULATOR_DIFFERS", json::span(&property.value), message);
                reader.report("CallerArn", diagnostic);
            }
            Caller::Arn { account: account.to_owned(), arn: text }
        }
        Some((arn, account, ("group", name))) if !name.is_empty() => {
            Caller::Group { partition: arn.partition.to_owned(), account: account.to_owned() }
        }
        _ => {
            let message = format!("`{text}` is not the ARN of a user, a group or a role, which alone can be simulated");
            let diagnostic = Diagnostic::error("SCENARIO_INVALID_VALUE", json::span(&property.value), message);
            reader.report("CallerArn", diagnostic.help("write arn:aws:iam::111122223333:user/NAME"));
            Caller::Unnamed
        }
    }
}

/// Reads `ResourceOwner`, the ARN of an account: the owner of resources whose ARN names none.
pub(super) fn owner(reader: &mut Reader<'_>, request: &Object<'_>) -> Option<String> {
    let property = json::get(request, "ResourceOwner")?;
    let text = reader.string("ResourceOwner", &property.value)?;
    let arn = Arn::parse(&text).filter(|arn| arn.service == "iam" && arn.resource == "root");
    let account = arn.and_then(|arn| arn.account_id());
    if account.is_none() {
        let message = format!("`{text}` is not the ARN of an account");
        let diagnostic = Diagnostic::error("SCENARIO_INVALID_VALUE", json::span(&property.value), message);
        reader.report("ResourceOwner", diagnostic.help("write arn:aws:iam::111122223333:root"));
    }
    account.map(str::to_owned)
}
