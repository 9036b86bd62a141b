//! What is copied to other places.

use admittance::scenario::Scenario;
use admittance::simulator;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{State, Toast};
use crate::download;
use crate::report::{self, Simulation};

impl State {
    /// Copies a report on the selected request.
    pub fn copy_report(self) {
        let (Some(request), Some(result)) = (self.present_request(), untrack(|| self.result())) else {
            self.toast.set(Some(Toast::note("There is no decision to report yet")));
            return;
        };
        let explained = self.explained.with_untracked(|each| each.as_ref().map(|each| each.text.clone()));
        let explained = explained.unwrap_or_default();
        let text = self.workspace.with_untracked(|now| report::markdown(now, &request, &result, &explained));
        self.copy(text, "Copied a report in Markdown");
    }

    /// Copies a command that decides the scenario on a command line.
    pub fn copy_command(self) {
        self.copy(report::command(&self.scenario()), "Copied a command for npx admittance");
    }

    /// Copies a command that asks AWS's policy simulator about the selected request.
    pub fn copy_simulation(self) {
        let Some(request) = self.present_request() else { return };
        let scenario = Scenario { requests: vec![request], ..self.scenario() };
        spawn_local(async move {
            match self.analysis.ask::<Simulation>("simulate", &scenario.to_json()).await {
                Some(found) => self.copy(report::simulate(&found), "Copied a call of aws iam simulate-custom-policy"),
                None => {
                    self.toast.set(Some(Toast::note("The part of the page that writes it could not be loaded yet")))
                }
            }
        });
    }

    /// Copies the decision on the selected request, for tools that read what AWS's policy simulator gives.
    pub fn copy_simulated(self) {
        let Some(request) = self.present_request() else { return };
        let simulation = simulator::simulate(&Scenario { requests: vec![request], ..self.scenario() });
        match simulation.response() {
            Some(response) => self.copy(response, "Copied the decision as a SimulateCustomPolicy response"),
            None => self.toast.set(Some(Toast::note("There is no decision to copy yet"))),
        }
    }

    /// Copies the scenario.
    pub fn copy_scenario(self) {
        self.copy(self.scenario().to_json(), "Copied the scenario as JSON");
    }

    /// Saves the scenario as a file.
    pub fn save_scenario(self) {
        let scenario = self.scenario();
        let name = download::scenario_file_name(scenario.name.as_deref().unwrap_or_default());
        download::save(&name, &scenario.to_json());
        self.toast.set(Some(Toast::note(format!("Saved {name}"))));
    }

    fn scenario(self) -> Scenario {
        self.workspace.with_untracked(|now| now.to_scenario().scenario)
    }
}
