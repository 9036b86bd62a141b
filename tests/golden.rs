//! The texts of explanations, word by word.
//!
//! `golden/TOPIC.CASE.txt` holds what is said about every request of `corpus/TOPIC/CASE.json`, and
//! `golden/own.CASE.txt` about those of `golden/own/CASE.json`. With `UPDATE_GOLDEN=1` the texts are written anew; read them before you commit them. An empty file of
//! that name adds a case.

use std::fs;
use std::path::Path;

use admittance::scenario::Scenario;

fn texts(scenario: &Scenario) -> String {
    let mut out = String::new();
    for (index, request) in scenario.requests.iter().enumerate() {
        let resources = if request.resources.is_empty() { "*".to_owned() } else { request.resources.join(", ") };
        let name = request.name.as_deref().map(|name| format!("{name}: ")).unwrap_or_default();
        out.push_str(&format!("# {name}{} {} {resources}\n", request.principal.arn, request.action));
        for key in &request.unknown {
            out.push_str(&format!("#   {key} is not known\n"));
        }
        for (key, value) in &request.context {
            out.push_str(&format!("#   {key} = {}\n", serde_json::json!(value)));
        }
        out.push('\n');
        match scenario.explain(index) {
            Some(explanation) => out.push_str(&explanation.text),
            None => out.push_str("Not decided: the scenario has an error.\n"),
        }
        out.push('\n');
    }
    out
}

#[test]
fn explanations_are_worded_as_in_the_golden_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let entries = fs::read_dir(root.join("golden")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "txt")).collect();
    files.sort();
    assert!(files.len() >= 60, "there are {} golden files only", files.len());
    let mut wrong = Vec::new();
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let (topic, case) = name.split_once('.').expect("TOPIC.CASE.txt");
        let folder = if topic == "own" { root.join("golden/own") } else { root.join("corpus").join(topic) };
        let text = fs::read_to_string(folder.join(format!("{case}.json"))).expect(name);
        let (scenario, problems) = Scenario::parse(&text);
        assert!(problems.is_empty(), "{name}: {problems:?}");
        let actual = texts(&scenario);
        if update {
            fs::write(&file, &actual).unwrap();
        } else if fs::read_to_string(&file).unwrap() != actual {
            wrong.push(format!("{name}:\n{actual}"));
        }
    }
    assert!(wrong.is_empty(), "{} texts differ; UPDATE_GOLDEN=1 writes them anew\n\n{}", wrong.len(), wrong.join("\n"));
}
