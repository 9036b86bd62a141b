//! ARNs against the forms that the catalog knows (SPEC 2.3).

use super::arn::{ArnPattern, Part, resources};
use super::check::{Check, has_wildcard};
use super::similar::similar;
use crate::catalog::{ArnFormat, ArnPiece, Catalog, Service};
use crate::glob::overlap::{self, Atom};

/// The most services that are looked up for one document.
const MOST_SERVICES: usize = 200;

/// A form of ARN as patterns: its parts behind the service, with stars for what varies.
#[derive(Clone)]
pub(super) struct Form {
    pub service: String,
    region: String,
    account: String,
    resource: String,
    /// A bucket, whose name has no slash.
    bucket: bool,
}

impl Form {
    /// The form of a resource type.
    pub fn new(format: ArnFormat<'_>) -> Option<Self> {
        let mut text = String::new();
        for piece in format.pieces() {
            match piece {
                ArnPiece::Text(piece) => text.push_str(piece),
                ArnPiece::Placeholder(_) => text.push('*'),
            }
        }
        let mut parts = text.splitn(6, ':').skip(2).map(str::to_owned);
        let (service, region, account, resource) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        Some(Self { service, region, account, resource, bucket: format.as_str().ends_with(":s3:::${BucketName}") })
    }

    /// Whether an ARN of a policy can be one of this form.
    pub fn fits(&self, arn: &ArnPattern<'_>) -> bool {
        overlap(arn.service(), &self.service, b"")
            && place_fits(arn.region(), &self.region)
            && place_fits(arn.account(), &self.account)
            && self.has(arn.resource())
    }

    /// Whether a resource part can be one of this form.
    fn has(&self, resource: &str) -> bool {
        overlap(resource, &self.resource, if self.bucket { b"/" } else { b"" })
    }
}

/// Whether a Region or an account id can stand in its place: what a form has there is not empty.
fn place_fits(part: &str, form: &str) -> bool {
    if part.is_empty() { form.is_empty() } else { overlap(part, form, b"") }
}

/// Whether a part of a policy's ARN, in which variables can be anything, and a part of a form have something in common.
fn overlap(part: &str, form: &str, any: &'static [u8]) -> bool {
    let atom = |byte| if byte == b'*' { Atom::Run { without: any } } else { Atom::Byte(byte) };
    overlap::Form::new(form.bytes().map(atom)).overlaps(part)
}

/// The forms of all ARNs of a service, as ARNs name it.
fn forms(catalog: &Catalog, service: &str) -> Vec<Form> {
    let mut found = Vec::new();
    for lister in catalog.services() {
        let forms = lister.resource_types().flat_map(|resource_type| resource_type.arn_formats()).filter_map(Form::new);
        // AWS Backup lists ARNs of any service: they count as its own.
        found.extend(forms.filter(|form| form.service == service || form.service == "*" && lister.prefix() == service));
    }
    found
}

/// `INVALID_SERVICE`, `INVALID_ARN_RESOURCE`, `ARN_ACCOUNT_NOT_ALLOWED`, `ARN_REGION_NOT_ALLOWED`, `MISSING_ARN_ACCOUNT`
/// and `MISSING_ARN_REGION` (SPEC 8.2). Wildcards and variables count as anything that they can stand for.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
pub(super) fn check(check: &mut Check<'_>) {
    let Some(catalog) = check.catalog else { return };
    let mut known: Vec<(String, Vec<Form>)> = Vec::new();
    for arn in resources(check) {
        // Case has a finding of its own.
        let service = arn.service().to_ascii_lowercase();
        if service.is_empty() || has_wildcard(&service) || service.contains("${") {
            continue;
        }
        if !known.iter().any(|(name, _)| *name == service) {
            if known.len() >= MOST_SERVICES {
                continue;
            }
            known.push((service.clone(), forms(catalog, &service)));
        }
        let Some((_, forms)) = known.iter().find(|(name, _)| *name == service) else { continue };
        if forms.is_empty() {
            unknown_service(check, catalog, &arn, &service);
            continue;
        }
        parts(check, &arn, &service, forms);
    }
}

fn unknown_service(check: &mut Check<'_>, catalog: &Catalog, arn: &ArnPattern<'_>, service: &str) {
    // A service without resource types of its own.
    if catalog.service(service).is_some() {
        return;
    }
    let close = similar(service, catalog.services().map(Service::prefix));
    let edits = close.and_then(|close| arn.replace(check, Part::Service, close));
    let help = close.map_or_else(
        || check.or_newer("write the service as its ARNs have it"),
        |close| format!("did you mean {close}?"),
    );
    let span = arn.span(check, Part::Service);
    check
        .report("INVALID_SERVICE", span, format!("there is no service `{service}` in ARNs"))
        .help(help)
        .fix(close.map_or_else(String::new, |close| format!("Write {close}")), edits);
}

fn parts(check: &mut Check<'_>, arn: &ArnPattern<'_>, service: &str, forms: &[Form]) {
    let fitting: Vec<&Form> = forms.iter().filter(|form| form.has(arn.resource())).collect();
    if fitting.is_empty() {
        let mut examples: Vec<&str> = forms.iter().map(|form| &*form.resource).collect();
        examples.sort_unstable();
        examples.dedup();
        examples.truncate(5);
        let span = arn.span(check, Part::Resource);
        check
            .report(
                "INVALID_ARN_RESOURCE",
                span,
                format!("no resource of {service} has an ARN with `{}`", arn.resource()),
            )
            .help(format!("write one of its forms, such as {}", examples.join(", ")));
        return;
    }
    let (region, account) = (arn.region(), arn.account());
    if !fitting.iter().any(|form| place_fits(region, &form.region)) {
        let span = arn.span(check, Part::Region);
        if region.is_empty() {
            check
                .report("MISSING_ARN_REGION", span, format!("ARNs of {service} such as this one have a Region"))
                .help("write a Region between the third and the fourth colon, or * for all");
        } else if fitting.iter().all(|form| form.region.is_empty()) {
            let edits = arn.replace(check, Part::Region, "");
            check
                .report("ARN_REGION_NOT_ALLOWED", span, format!("ARNs of {service} such as this one have no Region"))
                .help("leave the place between the third and the fourth colon empty")
                .fix("Remove the Region", edits);
        }
    }
    // Documents and views of AWS's own have no account there.
    let owned = account.is_empty() && matches!(service, "ssm" | "resource-explorer-2");
    if !owned && !fitting.iter().any(|form| place_fits(account, &form.account)) {
        let span = arn.span(check, Part::Account);
        if account.is_empty() {
            check
                .report("MISSING_ARN_ACCOUNT", span, format!("ARNs of {service} such as this one have an account id"))
                .help("write an account id between the fourth and the fifth colon, or * for all");
        } else if fitting.iter().all(|form| form.account.is_empty()) {
            let edits = arn.replace(check, Part::Account, "");
            check
                .report(
                    "ARN_ACCOUNT_NOT_ALLOWED",
                    span,
                    format!("ARNs of {service} such as this one have no account id"),
                )
                .help("leave the place between the fourth and the fifth colon empty")
                .fix("Remove the account id", edits);
        }
    }
}
