//! Condition values that do not fit their operator (SPEC 4.3): they are kept and never match.

use super::parse::Reader;
use super::variable::Template;
use super::{ConditionOperator, Text, ValueType, Version};
use crate::diagnostic::Diagnostic;
use crate::json;
use crate::value;

pub(super) fn check(reader: &mut Reader<'_>, operator: ConditionOperator, values: &[Text]) {
    let value_type = operator.comparison.value_type();
    for text in values {
        let value = &*text.value;
        if value_type.takes_variables() && value.contains("${") {
            if let Err(error) = Template::parse(value, reader.version) {
                let span = json::span_inside(reader.text, text.span, error.start, error.end);
                reader.report(Diagnostic::error(error.code, span, error.message).help(error.help));
            }
            if reader.version == Version::V2012 && value_type != ValueType::Bool {
                continue;
            }
        }
        let problem = match value_type {
            ValueType::Number => value::Decimal::parse(value).is_none().then_some((
                "TYPE_MISMATCH_NUMBER",
                "no number",
                "write digits, such as 10 or 2.5",
            )),
            ValueType::Date => value::date(value).is_none().then_some((
                "INVALID_DATE_VALUE",
                "no date",
                "write it as 2026-11-22T08:30:00Z, or as seconds since 1970",
            )),
            ValueType::Bool => value::boolean(value).is_none().then_some((
                "TYPE_MISMATCH_BOOLEAN",
                "neither true nor false",
                "write \"true\" or \"false\"",
            )),
            ValueType::Null => value::boolean(value).is_none().then_some((
                "TYPE_MISMATCH_BOOLEAN",
                "neither true nor false",
                "\"true\" asks that the key is missing, \"false\" that it is present",
            )),
            ValueType::Binary => value::binary(value).is_none().then_some((
                "TYPE_MISMATCH_STRING",
                "no base64 text",
                "write the bytes in base64",
            )),
            ValueType::Address => value::network(value).is_none().then_some((
                "TYPE_MISMATCH_IP_RANGE",
                "no IP address or range",
                "write a CIDR range such as 203.0.113.0/24 or 2001:db8::/32",
            )),
            ValueType::Arn => (value.split(':').count() < 6 || !value.starts_with("arn:") && !value.starts_with('*'))
                .then_some((
                    "INVALID_ARN_PREFIX",
                    "no ARN of six parts, so it never matches",
                    "write arn:partition:service:region:account:resource",
                )),
            ValueType::Text | ValueType::Pattern => None,
        };
        if let Some((code, what, help)) = problem {
            let message = format!("`{value}` is {what}");
            reader.report(Diagnostic::warning(code, text.span, message).help(help));
        }
    }
}
