//! Identity providers with OpenID Connect (SPEC 6.3).

use super::check::{Check, element_covers};
use super::condition_key::rename;
use super::trust::{Provider, provider};
use crate::policy::{
    Comparison, ConditionClause, ConditionOperator, Effect, PatternElement, PrincipalEntry, PrincipalKind, Quantifier,
};

const GITHUB: &str = "token.actions.githubusercontent.com";

/// Providers whose tokens have one audience.
const ONE_AUDIENCE: [&str; 4] = [GITHUB, "accounts.google.com", "cognito-identity.amazonaws.com", "www.amazon.com"];

/// `MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL` and `MISSING_GITHUB_REPO_CONDITION_KEY` (SPEC 8.3): a provider signs the
/// tokens of all its customers.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html>
pub(super) fn claims(check: &mut Check<'_>) {
    if !check.is_trust() {
        return;
    }
    for (_, statement) in check.statements() {
        let Some(element) = statement.principal.as_ref().filter(|element| !element.negated) else { continue };
        // `MISMATCHED_ACTION_FOR_PRINCIPAL` speaks of statements that let no token be used.
        let call = |action: &PatternElement| element_covers(action, "sts:AssumeRoleWithWebIdentity");
        if statement.effect == Effect::Deny || !statement.action.as_ref().is_some_and(call) {
            continue;
        }
        for entry in &element.entries {
            let Some(host) = host_of(entry) else { continue };
            let tests = |clause: &ConditionClause, claim: Option<&str>| {
                clause.operator.comparison != Comparison::Null
                    && clause.key.value.rsplit_once(':').is_some_and(|(prefix, name)| {
                        prefix.eq_ignore_ascii_case(host) && claim.is_none_or(|claim| name.eq_ignore_ascii_case(claim))
                    })
            };
            let span = entry.value.span;
            if host.starts_with(GITHUB) {
                if !statement.condition.iter().any(|clause| tests(clause, Some("sub"))) {
                    check
                        .report(
                            "MISSING_GITHUB_REPO_CONDITION_KEY",
                            span,
                            "every repository of GitHub may assume the role",
                        )
                        .help(format!(
                            "add \"StringEquals\": {{ \"{host}:sub\": \"repo:ORG/REPOSITORY:ref:refs/heads/BRANCH\" }}"
                        ));
                }
            } else if !statement.condition.iter().any(|clause| tests(clause, None)) {
                check
                    .report(
                        "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL",
                        span,
                        format!("everybody whom {host} knows may assume the role"),
                    )
                    .help(format!("test a claim of the token, such as {host}:aud or {host}:sub"));
            }
        }
    }
}

fn host_of(entry: &PrincipalEntry) -> Option<&str> {
    match provider(&entry.value.value) {
        Some(Provider::OpenId(host)) if entry.kind == PrincipalKind::Federated => Some(host),
        _ => None,
    }
}

/// `SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED` (SPEC 8.4).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub>
pub(super) fn github(check: &mut Check<'_>) {
    for clause in check.document.statements.iter().flat_map(|statement| &statement.condition) {
        if !clause.key.value.eq_ignore_ascii_case(&format!("{GITHUB}:sub"))
            || clause.operator.comparison != Comparison::StringLike
        {
            continue;
        }
        for text in &clause.values {
            if let Some(at) = text.value.find(['*', '?']) {
                let span = check.inside(text, at, at + 1);
                check
                    .report(
                        "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED",
                        span,
                        format!("`{}` lets several repositories, branches or events pass", text.value),
                    )
                    .help("write repo:ORG/REPOSITORY:ref:refs/heads/BRANCH");
            }
        }
    }
}

/// `FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE` (SPEC 8.3) where the provider's tokens are known to have one audience, and
/// `CONFIRM_AUDIENCE_CLAIM_TYPE` (SPEC 8.5) where that is not known.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
pub(super) fn audience(check: &mut Check<'_>) {
    for (_, statement) in check.statements() {
        for clause in &statement.condition {
            let Some((host, claim)) = clause.key.value.rsplit_once(':') else { continue };
            let Some(quantifier) = clause.operator.quantifier else { continue };
            if !claim.eq_ignore_ascii_case("aud")
                || !host.contains('.')
                || clause.operator.comparison == Comparison::Null
            {
                continue;
            }
            let plain = ConditionOperator { quantifier: None, ..clause.operator }.text();
            let edits = rename(check, statement, clause, &plain);
            let one = ONE_AUDIENCE.iter().any(|known| host.eq_ignore_ascii_case(known));
            let key = &clause.key.value;
            let (code, message) = match (one, quantifier) {
                (true, Quantifier::ForAnyValue) => {
                    ("FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE", format!("{key} has one value, which needs no ForAnyValue"))
                }
                (true, Quantifier::ForAllValues) => (
                    "FORALLVALUES_WITH_SINGLE_VALUED_KEY",
                    format!("{key} has one value, and ForAllValues is true if it is missing"),
                ),
                (false, _) => ("CONFIRM_AUDIENCE_CLAIM_TYPE", format!("most providers give {key} one value")),
            };
            check
                .report(code, clause.operator_span, message)
                .help(format!("write {plain}, unless the tokens list several audiences"))
                .fix(format!("Write {plain}"), edits);
        }
    }
}
