//! What is asked of the second WebAssembly file, which is loaded when the page is up (`playground/analysis`): findings,
//! summaries, completions, facts of the catalog, what a pasted text is. Without it everything else works.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::Promise;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::effect::effect;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = AdmittanceAnalysis)]
    #[derive(Clone)]
    pub type Client;

    #[wasm_bindgen(constructor, js_class = "AdmittanceAnalysis", catch)]
    fn new(on_state: &Closure<dyn Fn(String)>) -> Result<Client, JsValue>;

    #[wasm_bindgen(method)]
    fn ask(this: &Client, question: &str, input: &str) -> Promise;

    #[wasm_bindgen(method)]
    fn need(this: &Client);

    #[wasm_bindgen(method)]
    fn retry(this: &Client);
}

/// What is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is on its way.
    Loading,
    /// It did not come; it is tried again by and by.
    Failed,
    /// It answers without the catalog, which nothing needed yet, or which is on its way.
    WithoutCatalog,
    /// It answers, without the catalog, which did not come.
    CatalogFailed,
    /// It answers with the catalog.
    Ready,
}

impl Status {
    const ALL: [Self; 5] = [Self::Loading, Self::Failed, Self::WithoutCatalog, Self::CatalogFailed, Self::Ready];

    /// Whether questions are answered.
    pub fn answers(self) -> bool {
        !matches!(self, Self::Loading | Self::Failed)
    }

    /// Its name in `playground/analysis/client.js`, and on the page.
    pub fn code(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Failed => "failed",
            Self::WithoutCatalog => "without-catalog",
            Self::CatalogFailed => "catalog-failed",
            Self::Ready => "ready",
        }
    }
}

/// The way to it. Copies are the same.
#[derive(Clone, Copy)]
pub struct Analysis {
    client: StoredValue<Option<Client>, LocalStorage>,
    status: RwSignal<Status>,
}

impl Analysis {
    /// Begins to load it when the page has been painted.
    pub fn start() -> Self {
        let status = RwSignal::new(Status::Loading);
        let on_state = Closure::<dyn Fn(String)>::new(move |state: String| {
            status.set(Status::ALL.into_iter().find(|each| each.code() == state).unwrap_or(Status::Loading));
        });
        let client = Client::new(&on_state).ok();
        on_state.forget();
        if client.is_none() {
            status.set(Status::Failed);
        }
        Self { client: StoredValue::new_local(client), status }
    }

    pub fn status(self) -> Status {
        self.status.get()
    }

    /// Whether it knows AWS's actions.
    pub fn has_catalog(self) -> bool {
        self.status() == Status::Ready
    }

    /// Has the catalog fetched, unless it was: something needs AWS's actions.
    pub fn need(self) {
        if let Some(client) = self.client() {
            client.need();
        }
    }

    /// For the editor, which asks by itself.
    pub fn client(self) -> Option<Client> {
        self.client.get_value()
    }

    /// Tries again at once what did not come.
    pub fn retry(self) {
        if let Some(client) = self.client() {
            client.retry();
        }
    }

    /// The answer to a question; nothing where there is none, or while it cannot be loaded.
    pub async fn ask<T: DeserializeOwned>(self, question: &str, input: &impl Serialize) -> Option<T> {
        read(self.ask_text(question, &json(input)).await)
    }

    async fn ask_text(self, question: &str, input: &str) -> Option<String> {
        let answer = self.client()?.ask(question, input);
        JsFuture::from(answer).await.ok()?.as_string()
    }

    /// The answer to a question that follows other signals, asked again when more is known. Until the next answer is
    /// there the last one stays.
    pub fn follow<T>(self, question: &'static str, input: impl Fn() -> Option<String> + 'static) -> RwSignal<T>
    where
        T: DeserializeOwned + Default + Send + Sync + 'static,
    {
        let answer = RwSignal::new(T::default());
        let put = move |text: Option<String>| {
            // The reader may have gone on meanwhile.
            let _ = answer.try_set(read(text).unwrap_or_default());
        };
        self.keep_asking(question, 0, Box::new(input), Rc::new(put));
        answer
    }

    /// Asks a question that follows other signals, such a pause after they changed, and again when more is known. `put`
    /// gets the answer to what was asked last; nothing while nothing is asked or nobody answers.
    pub fn keep_asking(
        self,
        question: &'static str,
        pause_ms: u32,
        input: Box<dyn Fn() -> Option<String>>,
        put: Rc<dyn Fn(Option<String>)>,
    ) {
        let latest = Rc::new(Cell::new(0_u32));
        let pending = StoredValue::new_local(None::<Timeout>);
        effect(move || {
            let number = latest.get().wrapping_add(1);
            latest.set(number);
            pending.set_value(None);
            let asked = input();
            let Some(asked) = asked.filter(|_| self.status().answers()) else {
                put(None);
                return;
            };
            let (latest, put) = (Rc::clone(&latest), Rc::clone(&put));
            let ask = move || {
                spawn_local(async move {
                    let answer = self.ask_text(question, &asked).await;
                    if latest.get() == number {
                        put(answer);
                    }
                });
            };
            match pause_ms {
                0 => ask(),
                _ => pending.set_value(Some(Timeout::new(pause_ms, ask))),
            }
        });
    }
}

/// Reads an answer, `null` where there is none.
pub fn read<T: DeserializeOwned>(answer: Option<String>) -> Option<T> {
    serde_json::from_str::<Option<T>>(&answer?).ok().flatten()
}

/// The input of a question.
pub fn json(input: &impl Serialize) -> String {
    // Strings and lists always have a JSON form.
    serde_json::to_string(input).unwrap_or_default()
}

/// From within any component.
pub fn use_analysis() -> Analysis {
    expect_context()
}
