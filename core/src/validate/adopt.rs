//! The parser's own diagnostics: as serious as Access Analyzer takes them, with its finer codes, and with fixes.

use super::Code;
use super::check::Check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::policy::{ConditionClause, ConditionOperator, PolicyType, Quantifier, ResourcePolicyKind};
use crate::span::Span;
use crate::suggest::edit::Edit;

/// The elements of a document and of its statements.
const ELEMENTS: [&str; 12] = [
    "Version",
    "Id",
    "Statement",
    "Sid",
    "Principal",
    "NotPrincipal",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// Takes the parser's diagnostics over. Where it is lenient because evaluation can go on, validation is as strict as
/// Access Analyzer (SPEC 8.2 to 8.5).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
pub(super) fn adopt(check: &mut Check<'_>, diagnostics: Vec<Diagnostic>) {
    for mut diagnostic in diagnostics {
        let token = diagnostic.span.of(check.text);
        // `INVALID_VARIABLE_FOR_OPERATOR` says it better.
        if check.is_variable(token)
            && matches!(
                diagnostic.code,
                "TYPE_MISMATCH_NUMBER"
                    | "INVALID_DATE_VALUE"
                    | "TYPE_MISMATCH_BOOLEAN"
                    | "TYPE_MISMATCH_STRING"
                    | "TYPE_MISMATCH_IP_RANGE"
                    | "INVALID_PRINCIPAL_FORMAT"
            )
        {
            continue;
        }
        finer(check, &mut diagnostic);
        if let Some(code) = Code::find(diagnostic.code)
            && !is_lenient(check, &diagnostic)
        {
            diagnostic.severity = code.severity;
        }
        let found = fix(check, &diagnostic);
        let finding = check.add(diagnostic);
        if let Some((title, edits)) = found {
            finding.fix(title, edits);
        }
    }
}

/// Codes that Access Analyzer divides and the parser does not.
fn finer(check: &Check<'_>, diagnostic: &mut Diagnostic) {
    match diagnostic.code {
        // There, this is the code of epoch seconds: see `value.rs`.
        "INVALID_DATE_VALUE" => diagnostic.code = "TYPE_MISMATCH_DATE",
        "INVALID_POLICY_ELEMENT" => {
            let word = diagnostic.span.of(check.text).trim_matches('"');
            let close = super::similar::similar(word, ELEMENTS.iter().copied());
            if let Some(close) = close.filter(|_| diagnostic.severity == Severity::Error) {
                diagnostic.help = Some(format!("did you mean {close}?"));
            }
        }
        "EMPTY_ARRAY_CONDITION" => {
            let Some((_, clause)) = clause_at(check, diagnostic.span) else { return };
            let key = &clause.key.value;
            let (code, message, help) = match clause.operator {
                ConditionOperator { quantifier: Some(Quantifier::ForAllValues), .. } => (
                    "EMPTY_ARRAY_CONDITION_FORALLVALUES",
                    format!("ForAllValues without values is true only if {key} is missing"),
                    format!("write \"Null\": {{ \"{key}\": \"true\" }}, or list a value"),
                ),
                ConditionOperator { if_exists: true, .. } => (
                    "EMPTY_ARRAY_CONDITION_IFEXISTS",
                    format!("IfExists without values is true only if {key} is missing"),
                    format!("write \"Null\": {{ \"{key}\": \"true\" }}, or list a value"),
                ),
                ConditionOperator { quantifier: Some(Quantifier::ForAnyValue), .. } => (
                    "EMPTY_ARRAY_CONDITION_FORANYVALUE",
                    format!("ForAnyValue without values is never true, whatever {key} is"),
                    "list a value, or remove the statement".to_owned(),
                ),
                _ => return,
            };
            diagnostic.code = code;
            diagnostic.message = message;
            diagnostic.help = Some(help);
        }
        _ => {}
    }
}

/// Findings that are less serious than others of their code: elements that only some services want.
fn is_lenient(check: &Check<'_>, diagnostic: &Diagnostic) -> bool {
    let generic =
        check.policy_type == PolicyType::Resource(ResourcePolicyKind::General) && check.options.resource.is_none();
    match diagnostic.code {
        // An Id in an identity-based policy.
        "INVALID_POLICY_ELEMENT" => diagnostic.severity == Severity::Warning,
        // The repository policies of ECR have no Resource, for example.
        "MISSING_RESOURCE" => generic,
        "TOO_MANY_PROBLEMS" => true,
        _ => false,
    }
}

/// The clause whose value stands at a place, and the number of its statement.
fn clause_at<'a>(check: &Check<'a>, span: Span) -> Option<(usize, &'a ConditionClause)> {
    let clauses =
        check.statements().flat_map(|(number, statement)| statement.condition.iter().map(move |c| (number, c)));
    clauses.into_iter().find(|(_, clause)| clause.span.start <= span.start && span.end <= clause.span.end)
}

/// The known word that a word differs from in case only.
fn similar(word: &str, known: &[&'static str]) -> Option<&'static str> {
    known.iter().find(|known| known.eq_ignore_ascii_case(word)).copied()
}

type Found = (String, Option<Vec<Edit>>);

/// The fix of a diagnostic that leaves no choice.
fn fix(check: &Check<'_>, diagnostic: &Diagnostic) -> Option<Found> {
    let span = diagnostic.span;
    let token = span.of(check.text);
    let word = token.trim_matches('"');
    let write = |value: &str| Some((format!("Write \"{value}\""), check.replace(span, value)));
    let statement = || {
        let holds = |(_, statement): &(usize, &crate::policy::Statement)| {
            statement.span.start <= span.start && span.end <= statement.span.end
        };
        check.statements().find(holds).map(|(number, _)| number)
    };
    let remove = |name: &str| Some((format!("Remove {name}"), check.tree()?.remove_property(statement()?, &[name])));
    match diagnostic.code {
        "MISSING_VERSION" => Some(("Add \"Version\": \"2012-10-17\"".into(), check.tree()?.set_version())),
        "INVALID_VERSION" => Some(("Write \"Version\": \"2012-10-17\"".into(), check.tree()?.set_version())),
        "INVALID_EFFECT" => write(similar(word, &["Allow", "Deny"])?),
        "INVALID_PRINCIPAL_KEY" => write(similar(word, &["AWS", "Service", "Federated", "CanonicalUser"])?),
        "INVALID_POLICY_ELEMENT" if diagnostic.severity == Severity::Warning => {
            Some(("Remove Id".into(), check.tree()?.remove_top("Id")))
        }
        "INVALID_POLICY_ELEMENT" => write(super::similar::similar(word, ELEMENTS.iter().copied())?),
        "INVALID_CONDITION_OPERATOR" => write(&ConditionOperator::parse(word).err()??),
        "NULL_WITH_IF_EXISTS" => write("Null"),
        "UNSUPPORTED_PRINCIPAL" | "SCP_SYNTAX_ERROR_PRINCIPAL" | "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE" => {
            remove(word)
        }
        "EMPTY_OBJECT_CONDITION" => {
            let number = statement()?;
            let statement = check.document.statements.get(number)?;
            statement.condition.is_empty().then(|| remove("Condition"))?
        }
        "UNSUPPORTED_SID" => {
            let plain: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
            if plain.is_empty() { remove("Sid") } else { write(&plain) }
        }
        "UNIQUE_SIDS_REQUIRED" | "UNIQUE_SIDS_RECOMMENDED" => {
            let sids = || check.document.statements.iter().filter_map(|statement| statement.sid.as_ref());
            let free =
                (2..).map(|number| format!("{word}{number}")).find(|name| sids().all(|sid| *sid.value != **name))?;
            write(&free)
        }
        "INVALID_PRINCIPAL_FORMAT" if crate::arn::is_account_id(word) || word.starts_with("arn:") => {
            let new_text = format!("{{ \"AWS\": {token} }}");
            Some((format!("Write {new_text}"), Some(vec![Edit { span, new_text }])))
        }
        _ => None,
    }
}
