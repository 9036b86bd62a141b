//! Which statements the tests make decisive.

use crate::outcome::Decided;
use crate::state::{Reveal, StatementRef};
use crate::words;
use crate::workspace::{Id, Workspace};

/// How far the tests of a workspace reach into its policies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Statements of all documents.
    pub statements: usize,
    /// Those that decided none of the tests, in the order of the documents.
    pub never: Vec<Undecided>,
}

/// A statement that decided no test.
#[derive(Clone, Debug, PartialEq)]
pub struct Undecided {
    pub statement: StatementRef,
    pub place: Reveal,
    pub document: String,
    /// Its Sid, or else its number.
    pub name: String,
    pub effect: String,
    /// How many tests it applied to without deciding them.
    pub applied: usize,
}

impl Coverage {
    /// Looks through the decisions on the requests that have an expectation.
    pub fn of(workspace: &Workspace, decided: &Decided) -> Self {
        let mut statements: Vec<(Undecided, bool)> = Vec::new();
        for (id, result) in decided.results() {
            let is_test = workspace.request(id).is_some_and(|request| request.expect.is_some());
            for each in &result.statements {
                let Some(document) = decided.document(each) else { continue };
                let statement = StatementRef { document, index: each.index };
                let at = statements.iter().position(|(known, _)| known.statement == statement);
                let at = at.unwrap_or_else(|| {
                    let range = each.range;
                    let place = Reveal { document, from: range.start.offset, to: range.end.offset, focus: false };
                    let undecided = Undecided {
                        statement,
                        place,
                        document: title(workspace, document),
                        name: each.sid.clone().unwrap_or_else(|| format!("Statement {}", each.index + 1)),
                        effect: each.effect.clone(),
                        applied: 0,
                    };
                    statements.push((undecided, false));
                    statements.len() - 1
                });
                if let Some((known, decisive)) = statements.get_mut(at).filter(|_| is_test) {
                    known.applied += usize::from(each.applies);
                    *decisive |= each.decisive;
                }
            }
        }
        let count = statements.len();
        let never = statements.into_iter().filter(|(_, decisive)| !decisive).map(|(each, _)| each).collect();
        Self { statements: count, never }
    }
}

impl Undecided {
    /// What the tests have to do with it.
    pub fn remark(&self) -> String {
        match self.applied {
            0 => "applies to no test".to_owned(),
            some => format!("applies to {} and decides none", words::count(some, "test")),
        }
    }
}

fn title(workspace: &Workspace, document: Id) -> String {
    workspace.document(document).map(|each| each.title()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::examples;
    use crate::outcome::Outcome;

    #[test]
    fn only_requests_with_an_expectation_cover() {
        let mut workspace = Workspace::from_scenario(examples().remove(0));
        let never = |workspace: &Workspace| {
            let coverage = Coverage::of(workspace, &Outcome::of(workspace, None).decided);
            assert_eq!(coverage.statements, 2);
            coverage.never.into_iter().map(|each| each.name).collect::<Vec<_>>()
        };
        assert!(never(&workspace).is_empty());
        workspace.requests.iter_mut().filter(|each| each.action == "s3:ListBucket").for_each(|each| each.expect = None);
        assert_eq!(never(&workspace), ["ListTheBucket"]);
        workspace.requests.iter_mut().for_each(|each| each.expect = None);
        assert_eq!(never(&workspace), ["ListTheBucket", "DownloadObjects"]);
    }
}
