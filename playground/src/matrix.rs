//! A matrix: callers or requests down, actions across, a decision in each cell.

use std::collections::BTreeSet;

use admittance::PolicyDocument;
use admittance::scenario::{Answer, Scenario, ScenarioPrincipal, ScenarioRequest};
use serde::{Deserialize, Serialize};

use crate::workspace::{Id, Workspace};

/// More rows or columns than this are not computed: nobody reads them, and a browser has to hold them.
pub const MOST: usize = 1000;
/// The rows that are handed to the worker in one task.
pub const ROWS_AT_A_TIME: usize = 25;
/// A cell that is not computed yet.
pub const OPEN: u8 = b' ';

/// What the rows are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    /// The requests of the scenario, each with another action.
    #[default]
    Requests,
    /// Callers, each with the selected request.
    Principals,
}

/// What the reader asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spec {
    pub by: By,
    /// One a line.
    pub principals: String,
    /// One a line; empty for those that the requests and policies name.
    pub actions: String,
}

/// What goes to the worker, as text: a matrix to compute, and then its rows piece by piece, so that handing hundreds of
/// them over keeps the page no longer than handing over a few.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    Begin {
        /// Tells the answers to this job from those to one before.
        job: u32,
        /// The policies: a scenario without requests.
        scenario: String,
        columns: Vec<String>,
        /// How many rows will come.
        rows: usize,
    },
    /// The next requests, whose action each column replaces.
    Rows { job: u32, rows: Vec<String> },
}

/// The rows and columns of a matrix in words, and the request of each row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    pub rows: Vec<ScenarioRequest>,
    pub labels: Vec<String>,
    pub columns: Vec<String>,
}

/// Some rows of a matrix: for each cell a digit, the number of its [`Answer`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Part {
    pub job: u32,
    pub from: usize,
    pub cells: String,
}

impl Plan {
    /// The rows and columns for a workspace, and what it is compared with; or why there are none.
    pub fn new(
        spec: &Spec,
        workspace: &Workspace,
        before: Option<&Workspace>,
        selected: Option<Id>,
    ) -> Result<Self, String> {
        let placed = workspace.to_scenario();
        let requests = placed.scenario.requests;
        let at = placed.requests.iter().position(|id| Some(*id) == selected).unwrap_or_default();
        let (rows, labels): (Vec<_>, Vec<_>) = match spec.by {
            By::Requests => requests
                .into_iter()
                .map(|request| {
                    let label = request.name.clone().unwrap_or_else(|| request.principal.arn.clone());
                    (request, label)
                })
                .unzip(),
            By::Principals => {
                let template = requests.get(at).cloned().unwrap_or_default();
                let callers = lines(&spec.principals);
                let callers = if callers.is_empty() { callers_of(&requests) } else { callers };
                let row = |arn: String| {
                    let principal = match &template.principal {
                        known if known.arn == arn => known.clone(),
                        _ => ScenarioPrincipal { arn: arn.clone(), ..ScenarioPrincipal::default() },
                    };
                    (ScenarioRequest { principal, ..template.clone() }, arn)
                };
                callers.into_iter().map(row).unzip()
            }
        };
        let actions = lines(&spec.actions);
        let columns =
            if actions.is_empty() { actions_of([Some(workspace), before].into_iter().flatten()) } else { actions };
        for (what, count) in [("rows", rows.len()), ("actions", columns.len())] {
            match count {
                0 => return Err(format!("There are no {what} yet.")),
                count if count > MOST => {
                    return Err(format!("{count} {what} are more than the {MOST} that are computed."));
                }
                _ => {}
            }
        }
        Ok(Self { rows, labels, columns })
    }

    /// Begins to compute it under the policies of a workspace.
    pub fn begin(&self, workspace: &Workspace, job: u32) -> Order {
        let scenario = Scenario { requests: Vec::new(), ..workspace.to_scenario().scenario };
        Order::Begin { job, scenario: scenario.to_json(), columns: self.columns.clone(), rows: self.rows.len() }
    }

    /// The rows from one on, as many as are handed over at a time; none when that were all.
    pub fn piece(&self, job: u32, from: usize) -> Option<Order> {
        let rows = self.rows.iter().skip(from).take(ROWS_AT_A_TIME);
        let rows: Vec<_> = rows.map(|row| serde_json::to_string(row).unwrap_or_default()).collect();
        (!rows.is_empty()).then_some(Order::Rows { job, rows })
    }

    /// The request of a cell.
    pub fn request(&self, row: usize, column: usize) -> Option<ScenarioRequest> {
        let (request, action) = (self.rows.get(row)?, self.columns.get(column)?);
        Some(ScenarioRequest { action: action.clone(), name: None, expect: None, ..request.clone() })
    }

    pub fn cells(&self) -> usize {
        self.rows.len() * self.columns.len()
    }
}

/// The code of the decision that a cell's digit stands for.
pub fn decision(cell: u8) -> &'static str {
    let number = usize::from(cell.wrapping_sub(b'0'));
    Answer::NAMES.get(number).copied().unwrap_or_default()
}

/// The digit of an answer.
pub fn digit(answer: Answer) -> char {
    match answer {
        Answer::Invalid => '0',
        Answer::Allow => '1',
        Answer::ExplicitDeny => '2',
        Answer::ImplicitDeny => '3',
        Answer::Depends => '4',
    }
}

/// The actions that the requests ask for and the policies name without a wildcard, in order.
pub fn actions_of<'w>(workspaces: impl IntoIterator<Item = &'w Workspace>) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut documents = Vec::new();
    for each in workspaces {
        found.extend(each.requests.iter().map(|each| each.action.trim().to_owned()).filter(|each| !each.is_empty()));
        documents.extend(&each.documents);
    }
    for document in documents {
        let (parsed, _) = PolicyDocument::parse(&document.text);
        for action in parsed.statements.iter().filter_map(|statement| statement.action.as_ref()) {
            let named = action.values.iter().map(|text| text.value.as_ref());
            let plain = named.filter(|name| name.contains(':') && !name.contains(['*', '?', '$']));
            for name in plain {
                if !found.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                    found.insert(name.to_owned());
                }
            }
        }
    }
    found.into_iter().collect()
}

fn callers_of(requests: &[ScenarioRequest]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for request in requests {
        if !request.principal.arn.is_empty() && !found.contains(&request.principal.arn) {
            found.push(request.principal.arn.clone());
        }
    }
    found
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::examples;

    #[test]
    fn digits_are_the_numbers_of_the_answers() {
        for (answer, name) in [
            (Answer::Invalid, "Invalid"),
            (Answer::Allow, "Allow"),
            (Answer::ExplicitDeny, "ExplicitDeny"),
            (Answer::ImplicitDeny, "ImplicitDeny"),
            (Answer::Depends, "Depends"),
        ] {
            assert_eq!(decision(digit(answer) as u8), name);
        }
        assert_eq!(decision(OPEN), "");
    }

    #[test]
    fn rows_and_columns() {
        let workspace = Workspace::from_scenario(examples().remove(0));
        let plan = Plan::new(&Spec::default(), &workspace, None, None).unwrap();
        assert_eq!(plan.labels[0], "Download an image");
        assert_eq!(
            plan.columns,
            ["s3:GetBucketLocation", "s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "s3:PutObject"]
        );
        assert_eq!(plan.request(1, 4).unwrap().action, "s3:PutObject");
        let spec = Spec { by: By::Principals, principals: " a \n\nb".into(), actions: "x:Y".into() };
        let plan = Plan::new(&spec, &workspace, None, None).unwrap();
        assert_eq!(
            (plan.labels.as_slice(), plan.columns.as_slice()),
            (["a", "b"].map(String::from).as_slice(), ["x:Y".to_owned()].as_slice())
        );
        assert_eq!(plan.rows[1].resources, plan.rows[0].resources);
        let callers = Plan::new(&Spec { by: By::Principals, ..Spec::default() }, &workspace, None, None).unwrap();
        assert_eq!(callers.labels.len(), 1);
        let mut pieces = Vec::new();
        while let Some(Order::Rows { rows, .. }) = plan.piece(1, pieces.len()) {
            pieces.extend(rows);
        }
        assert_eq!(pieces, plan.rows.iter().map(|row| serde_json::to_string(row).unwrap()).collect::<Vec<_>>());
        let many = Spec { actions: "a:B\n".repeat(MOST + 1), ..Spec::default() };
        assert!(Plan::new(&many, &workspace, None, None).unwrap_err().contains("1001 actions"));
        assert!(Plan::new(&Spec::default(), &Workspace::default(), None, None).unwrap_err().contains("no rows"));
    }
}
