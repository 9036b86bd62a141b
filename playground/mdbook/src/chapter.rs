//! The text of a chapter with its fences replaced.

use mdbook_preprocessor::errors::Result;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::at_line;
use crate::example::Example;

/// The chapter with its examples as elements and the widgets' script after them; `None` if it has no example.
pub fn rewrite(text: &str, script: &str) -> Result<Option<String>> {
    let mut parts = Vec::new();
    let mut fence: Option<(Example, usize, String)> = None;
    for (event, range) in Parser::new_ext(text, Options::all()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let example = at_line(Example::announced(&info), text, range.start)?;
                fence = example.map(|example| (example, range.start, String::new()));
            }
            Event::Text(piece) => {
                if let Some((_, _, body)) = &mut fence {
                    body.push_str(&piece);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((example, start, body)) = fence.take() {
                    parts.push((range, at_line(example.html(&body), text, start)?));
                }
            }
            _ => {}
        }
    }
    if parts.is_empty() {
        return Ok(None);
    }
    let mut rewritten = String::new();
    let mut done = 0;
    for (range, html) in parts {
        rewritten.push_str(text.get(done..range.start).unwrap_or_default());
        // In a list the element stays in the item: each of its lines is indented as the fence was.
        let line = text.get(..range.start).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
        let indent: String = line.chars().map(|letter| if letter == '>' { '>' } else { ' ' }).collect();
        rewritten.push_str(&html.replace('\n', &format!("\n{indent}")));
        done = range.end;
    }
    rewritten.push_str(text.get(done..).unwrap_or_default());
    rewritten.push_str(&format!("\n\n{script}\n"));
    Ok(Some(rewritten))
}

/// Text as HTML, on one line of it: a blank line would end the HTML in Markdown.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\n', "&#10;")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const SCENARIO: &str = r#"{ "policies": {}, "requests": [{ "principal": "arn:aws:iam::111122223333:user/ana",
  "action": "s3:GetObject", "expect": { "decision": "ImplicitDeny" } }] }"#;

    fn rewritten(text: &str) -> String {
        rewrite(text, "<script></script>").unwrap().unwrap()
    }

    #[test]
    fn a_fence_becomes_an_element_and_the_rest_stays() {
        let text = rewritten(&format!("# Title\n\n```admittance\n{SCENARIO}\n```\n\nAfter & more.\n"));
        assert!(text.starts_with("# Title\n\n<admittance-decision mode=\"readonly\">"), "{text}");
        assert!(
            text.contains(
                "<strong>Denied implicitly.</strong> There is no identity-based policy that allows s3:GetObject."
            ),
            "{text}"
        );
        assert!(text.contains("\n\nAfter & more.\n"), "{text}");
        assert!(text.ends_with("\n\n<script></script>\n"), "{text}");
    }

    #[test]
    fn a_quiz_hides_its_answer() {
        let text = rewritten(&format!("```admittance quiz\n{SCENARIO}\n```\n"));
        assert!(
            text.contains("mode=\"quiz\"") && text.contains("<details><summary>Answer</summary><p><strong>"),
            "{text}"
        );
    }

    #[test]
    fn a_fence_in_a_list_stays_in_it() {
        let text = rewritten(&format!("- One\n\n  ```admittance\n  {}\n  ```\n\n- Two\n", SCENARIO.replace('\n', " ")));
        let events: Vec<_> = Parser::new(&text).collect();
        let lists = events.iter().filter(|event| matches!(event, Event::Start(Tag::List(_)))).count();
        assert_eq!(lists, 1, "{text}");
        assert!(text.contains("\n  <admittance-decision"), "{text}");
    }

    #[test]
    fn other_fences_are_left_alone() {
        assert_eq!(rewrite("```json\n{}\n```\n", "").unwrap(), None);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let wrong = SCENARIO.replace("ImplicitDeny", "Allow");
        for (text, message) in [
            (
                format!("One\n\n```admittance\n{wrong}\n```\n"),
                "line 3: the example states another decision: decision: expected Allow, got ImplicitDeny",
            ),
            (
                "```admittance loud\n{}\n```\n".to_owned(),
                "line 1: \"admittance loud\": after \"admittance\" comes one of readonly, editable, quiz, or nothing",
            ),
            ("```Admittance\n{}\n```\n".to_owned(), "line 1: \"Admittance\": the word of an example is \"admittance\""),
            (
                "```admittance\n{\n```\n".to_owned(),
                "line 1: the example cannot be decided: this object is not closed (line 1 of it, column 1)",
            ),
        ] {
            let error = rewrite(&text, "").unwrap_err();
            assert_eq!(format!("{error:#}"), message);
        }
    }
}
