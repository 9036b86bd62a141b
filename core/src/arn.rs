//! ARNs, and the patterns of the ARN condition operators (SPEC 2.3, 4.6).

use crate::context::RequestContext;
use crate::evaluate::resolve::{self, Resolved};
use crate::glob::Glob;
use crate::policy::variable::Template;

/// The six parts of an ARN: `arn:partition:service:region:account:resource`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov` …
    pub partition: &'a str,
    /// The service's name in ARNs.
    pub service: &'a str,
    /// The Region; empty for global resources.
    pub region: &'a str,
    /// The account id; empty for S3 buckets and a few others.
    pub account: &'a str,
    /// Everything after the fifth colon, its own colons and slashes included.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Reads an ARN; gives nothing for text with another prefix or fewer than six parts.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        if parts.next()? != "arn" {
            return None;
        }
        Some(Self {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        })
    }

    /// The account part, if it is an account id.
    #[must_use]
    pub fn account_id(&self) -> Option<&'a str> {
        is_account_id(self.account).then_some(self.account)
    }
}

/// Whether the text is an account id: twelve digits.
#[must_use]
pub fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A pattern of `ArnEquals` and `ArnLike`: six parts that are compared one by one, so that no
/// wildcard of the first five crosses a colon (SPEC 4.6).
#[derive(Clone, Debug)]
pub(crate) enum ArnPattern {
    /// Fewer than six parts: never matches.
    Incomplete,
    /// Without variables.
    Fixed(Vec<Glob>),
    /// With variables, part by part.
    Variable(Vec<Template>),
}

impl ArnPattern {
    pub fn new(template: &Template) -> Self {
        let parts = template.split_colons(5);
        if parts.len() < 6 {
            return Self::Incomplete;
        }
        if template.keys().next().is_some() {
            return Self::Variable(parts);
        }
        Self::Fixed(parts.iter().filter_map(resolve::fixed_glob).collect())
    }

    /// Compares with a value; the value's sixth part keeps its own colons.
    pub fn matches(&self, value: &str, context: &RequestContext) -> Resolved<bool> {
        let parts: Vec<&str> = value.splitn(6, ':').collect();
        match self {
            _ if parts.len() < 6 => Resolved::Value(false),
            Self::Incomplete => Resolved::Value(false),
            Self::Fixed(globs) => Resolved::Value(globs.iter().zip(parts).all(|(glob, part)| glob.matches(part))),
            Self::Variable(templates) => {
                let mut all = Resolved::Value(true);
                for (template, part) in templates.iter().zip(parts) {
                    match resolve::glob(template, false, context) {
                        Resolved::Value(glob) if glob.matches(part) => {}
                        Resolved::Value(_) => return Resolved::Value(false),
                        Resolved::Missing => all = Resolved::Missing,
                        Resolved::Unknown if all != Resolved::Missing => all = Resolved::Unknown,
                        Resolved::Unknown => {}
                    }
                }
                all
            }
        }
    }
}
