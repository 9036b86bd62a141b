//! Messages in which names stand between backticks.

use leptos::prelude::*;

/// A message with what stands between backticks as code.
pub fn coded(message: &str) -> AnyView {
    pieces(message)
        .into_iter()
        .map(|(is_code, text)| {
            let text = text.to_owned();
            if is_code { view! { <code>{text}</code> }.into_any() } else { text.into_any() }
        })
        .collect_view()
        .into_any()
}

/// The same for places that hold only text.
pub fn plain(message: &str) -> String {
    pieces(message).into_iter().map(|(_, text)| text).collect()
}

/// The problems below a field.
pub fn field_problems(problems: Vec<String>) -> AnyView {
    problems.iter().map(|text| view! { <p class="field-problem">{coded(text)}</p> }).collect_view().into_any()
}

/// The parts of a message, and whether each is code. A backtick without another one behind it is text.
fn pieces(message: &str) -> Vec<(bool, &str)> {
    let mut pieces = Vec::new();
    let mut rest = message;
    while let Some((before, behind)) = rest.split_once('`')
        && let Some((code, after)) = behind.split_once('`')
    {
        pieces.push((false, before));
        pieces.push((true, code));
        rest = after;
    }
    pieces.push((false, rest));
    pieces.retain(|(_, text)| !text.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_come_in_pairs() {
        let cases: [(&str, &[(bool, &str)]); 5] = [
            ("", &[]),
            ("no code", &[(false, "no code")]),
            ("S3 has no action `GetObjekt`", &[(false, "S3 has no action "), (true, "GetObjekt")]),
            ("`a` and `b`", &[(true, "a"), (false, " and "), (true, "b")]),
            ("one ` alone", &[(false, "one ` alone")]),
        ];
        for (message, wanted) in cases {
            assert_eq!(pieces(message), wanted);
        }
        assert_eq!(plain("`a` and `b` `"), "a and b `");
    }
}
