//! The parts of the ARNs in `Resource` and `NotResource` (SPEC 2.3).

use super::check::{Check, has_wildcard};
use super::shape;
use crate::glob::Pattern;
use crate::policy::Text;
use crate::suggest::edit::Edit;

/// The partitions of AWS.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
const PARTITIONS: [&str; 8] =
    ["aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"];

/// An ARN pattern in its six parts, each with its place in the text.
#[derive(Clone, Copy)]
pub(super) struct ArnPattern<'t> {
    pub text: &'t Text,
    /// `arn`, partition, service, Region, account, resource.
    parts: [(usize, &'t str); 6],
}

impl<'t> ArnPattern<'t> {
    /// Splits at the first five colons that stand outside variables; nothing for text that is no ARN.
    pub fn split(text: &'t Text, variables: bool) -> Option<Self> {
        let value = &*text.value;
        let mut parts = [(0, ""); 6];
        let (mut start, mut at, mut in_variable) = (0, 0, false);
        for (offset, byte) in value.bytes().enumerate() {
            in_variable = match byte {
                b'$' if variables && value.as_bytes().get(offset + 1) == Some(&b'{') => true,
                b'}' => false,
                _ => in_variable,
            };
            if byte == b':' && !in_variable && at < 5 {
                *parts.get_mut(at)? = (start, value.get(start..offset)?);
                (start, at) = (offset + 1, at + 1);
            }
        }
        *parts.get_mut(at)? = (start, value.get(start..)?);
        let [(_, prefix), ..] = parts;
        (at == 5 && prefix == "arn").then_some(Self { text, parts })
    }

    pub fn partition(&self) -> &'t str {
        self.part(Part::Partition).1
    }

    pub fn service(&self) -> &'t str {
        self.part(Part::Service).1
    }

    pub fn region(&self) -> &'t str {
        self.part(Part::Region).1
    }

    pub fn account(&self) -> &'t str {
        self.part(Part::Account).1
    }

    pub fn resource(&self) -> &'t str {
        self.part(Part::Resource).1
    }

    fn part(&self, part: Part) -> (usize, &'t str) {
        self.parts.get(part as usize).copied().unwrap_or_default()
    }

    /// The place of a part.
    pub fn span(&self, check: &Check<'_>, part: Part) -> crate::Span {
        let (start, value) = self.part(part);
        let span = check.inside(self.text, start, start + value.len());
        // What is empty has no place of its own.
        if value.is_empty() { self.text.span } else { span }
    }

    /// An edit that replaces a part.
    pub fn replace(&self, check: &Check<'_>, part: Part, with: &str) -> Option<Vec<Edit>> {
        let (start, value) = self.part(part);
        let span = check.inside(self.text, start, start + value.len());
        check.is_string(self.text).then(|| vec![Edit { span, new_text: with.to_owned() }])
    }
}

/// A part of an ARN.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Partition = 1,
    Service,
    Region,
    Account,
    Resource,
}

/// The ARNs of the document's `Resource` and `NotResource` elements.
pub(super) fn resources<'a>(check: &Check<'a>) -> Vec<ArnPattern<'a>> {
    let values = check.document.statements.iter().filter_map(|statement| statement.resource.as_ref());
    let variables = check.has_variables();
    values.flat_map(|element| &element.values).filter_map(|text| ArnPattern::split(text, variables)).collect()
}

/// The parts before the resource: `INVALID_PARTITION`, `INVALID_ARN_SERVICE_CASE`, `WILDCARD_IN_SERVICE_NAME`,
/// `INVALID_ARN_REGION`, `INVALID_ARN_ACCOUNT` (SPEC 8.2, M-23); our own `WILDCARD_IN_PARTITION` and
/// `VARIABLE_BEFORE_RESOURCE_PART` (SPEC M-29).
///
/// Access Analyzer takes a wildcard in the partition for an error. AWS's own managed policies have it and work, so here
/// it is a suggestion, unless no partition fits it. Regions are known by their form, so that new ones are.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
pub(super) fn check(check: &mut Check<'_>) {
    for arn in resources(check) {
        partition(check, &arn);
        service(check, &arn);
        region(check, &arn);
        account(check, &arn);
        for (part, name) in
            [(Part::Partition, arn.partition()), (Part::Region, arn.region()), (Part::Account, arn.account())]
        {
            if check.is_variable(name) {
                let message = format!("`{name}` stands before the resource part, where AWS documents no variables");
                let span = arn.span(check, part);
                check
                    .report("VARIABLE_BEFORE_RESOURCE_PART", span, message)
                    .help("write the value itself, or * with a condition such as aws:ResourceAccount");
            }
        }
    }
}

fn partition(check: &mut Check<'_>, arn: &ArnPattern<'_>) {
    let name = arn.partition();
    if PARTITIONS.contains(&name) || check.is_variable(name) {
        return;
    }
    let span = arn.span(check, Part::Partition);
    if has_wildcard(name) && PARTITIONS.iter().any(|known| Pattern::plain(name).matches(known)) {
        let edits = arn.replace(check, Part::Partition, "aws");
        check
            .report("WILDCARD_IN_PARTITION", span, format!("the partition of this ARN is `{name}`"))
            .help("write aws, or the partition that the policy is for; Access Analyzer refuses wildcards here")
            .fix("Write aws", edits);
        return;
    }
    check
        .report("INVALID_PARTITION", span, format!("`{name}` is no partition"))
        .help("write aws, aws-cn for China, aws-us-gov for GovCloud (US) or aws-eusc for the European Sovereign Cloud");
}

fn service(check: &mut Check<'_>, arn: &ArnPattern<'_>) {
    let name = arn.service();
    if check.is_variable(name) {
        return;
    }
    if name.is_empty() {
        let message = format!("`{}` names no service", arn.text.value);
        check
            .report("MISSING_ARN_FIELD", arn.text.span, message)
            .help("write arn:partition:service:region:account:resource");
        return;
    }
    let span = arn.span(check, Part::Service);
    if has_wildcard(name) {
        check
            .report("WILDCARD_IN_SERVICE_NAME", span, format!("the service of this ARN is `{name}`"))
            .help("name each service: a wildcard also covers services to come");
    }
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let lower = name.to_ascii_lowercase();
        let edits = arn.replace(check, Part::Service, &lower);
        check
            .report("INVALID_ARN_SERVICE_CASE", span, format!("the service `{name}` is not in lower case"))
            .help(format!("write {lower}"))
            .fix(format!("Write {lower}"), edits);
    }
}

fn region(check: &mut Check<'_>, arn: &ArnPattern<'_>) {
    let name = arn.region();
    if name.is_empty() || has_wildcard(name) || check.is_variable(name) {
        return;
    }
    let span = arn.span(check, Part::Region);
    if !shape::is_region(name) {
        check
            .report("INVALID_ARN_REGION", span, format!("`{name}` is no Region"))
            .help("write a Region such as us-east-1, or * for all");
        return;
    }
    let partition = shape::partition_of(name);
    if PARTITIONS.contains(&arn.partition()) && arn.partition() != partition {
        let message = format!("the Region {name} is in the partition {partition}, not in {}", arn.partition());
        check
            .report("INVALID_ARN_REGION", span, message)
            .help(format!("write arn:{partition}:…, or a Region of {}", arn.partition()));
    }
}

fn account(check: &mut Check<'_>, arn: &ArnPattern<'_>) {
    let name = arn.account();
    // AWS's own resources, such as managed policies, have `aws` there; a few have another word.
    let word = matches!(name, "" | "aws" | "aws-managed" | "amazon" | "third-party" | "cloudfront");
    if word || has_wildcard(name) || check.is_variable(name) || crate::arn::is_account_id(name) {
        return;
    }
    let span = arn.span(check, Part::Account);
    check
        .report("INVALID_ARN_ACCOUNT", span, format!("`{name}` is no account id"))
        .help("write the twelve digits of the account, or * for all");
}
