// What the open document says, below its text: sentences that light up the words they tell of, the tables of the IAM
// console, and all policies of the caller. The worker says it (see src/say.rs), this puts it on the page.

/** The pause in typing after which it is said anew. */
const PAUSE_MS = 250;

/** When there is nobody to ask; that is said elsewhere. */
const SILENT = ["loading", "failed"];

const OFF = "This policy is off, so that it says nothing.";
const BROKEN = "Nothing can be said of this document as long as it has errors.";
const WAITING = "One moment …";
const NO_CATALOG = "The tables need the catalog of actions, which is not there yet.";
const NO_CALLER =
  "Nothing to sum up: there is no identity-based policy, a document has an error, or the catalog of actions is not there.";

export class Said {
  #into;
  #analysis;
  #onReveal;
  #panel = "";
  /** What is asked, and what the last answer is about: JSON text, the same for the same policies and place. */
  #question = "";
  #answered = "";
  #location = "";
  #status = "";
  #said = null;
  #timer = 0;
  /** The services whose actions are listed, with their effects; they stay so while the document is edited. */
  #open = new Set();

  /**
   * @param {HTMLElement} into
   * @param {{ ask: (question: string, input: string) => Promise<string> }} analysis
   * @param {(statement: number, from: number, to: number) => void} onReveal shows a range of the open document's text
   */
  constructor(into, analysis, onReveal) {
    this.#into = into;
    this.#analysis = analysis;
    this.#onReveal = onReveal;
  }

  /**
   * Shows a panel. `question`: the policies and the place of the open document, as JSON text; empty for a document that
   * is off. `status`: what there is to answer with.
   */
  show(panel, question, status) {
    const isOther = panel !== this.#panel;
    const isNew = question !== this.#question || status !== this.#status;
    const { location } = question ? JSON.parse(question) : {};
    if (location !== this.#location) this.#answered = "";
    [this.#panel, this.#question, this.#status, this.#location] = [panel, question, status, location];
    if (isNew) {
      clearTimeout(this.#timer);
      if (question && !SILENT.includes(status)) {
        this.#timer = setTimeout(() => this.#ask(question, status), this.#answered ? PAUSE_MS : 0);
      }
    }
    // Until the next answer is there, that about the same document stays.
    if (isOther || !isNew || !this.#answered) this.#draw();
  }

  async #ask(question, status) {
    const said = JSON.parse(await this.#analysis.ask("say", question));
    if (question !== this.#question || status !== this.#status) return;
    [this.#said, this.#answered] = [said, question];
    this.#draw();
  }

  #draw() {
    const key = this.#into.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    this.#into.replaceChildren(...this.#content());
    if (key) this.#into.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  }

  #content() {
    if (!this.#question) return [note(OFF)];
    if (!this.#answered) return [note(WAITING)];
    const said = this.#said;
    if (!said) return [note(BROKEN)];
    if (this.#panel === "sentences") {
      const list = said.sentences.map((sentence, index) => this.#sentence(sentence, index));
      return [...(said.about ? [note(said.about)] : []), make("ol", "said-list", list)];
    }
    if (this.#panel === "services") return said.tables.length > 0 ? this.#tables(said.tables) : [note(NO_CATALOG)];
    return said.caller.length > 0 ? [...this.#tables(said.caller), ...said.notes.map(note)] : [note(NO_CALLER)];
  }

  #sentence({ effect, parts, notes, from, to }, index) {
    const words = parts.map(([text, range]) => {
      if (!range) return text;
      const part = make("span", "said-part", [text]);
      part.onclick = (event) => {
        event.stopPropagation();
        this.#reveal(index, ...range);
      };
      return part;
    });
    const button = make("button", "said-text", [...words, ...notes.map((text) => make("small", "", [text]))]);
    Object.assign(button, { type: "button", title: "Show in the text", onclick: () => this.#reveal(index, from, to) });
    button.dataset.key = `statement ${index}`;
    const sign = make("span", "said-sign", [effect === "Deny" ? "✕" : "✓"]);
    sign.ariaHidden = "true";
    return make("li", `said is-${effect.toLowerCase()}`, [sign, button]);
  }

  /** The places are those of the text that was asked about; a moment later there is another answer. */
  #reveal(index, from, to) {
    if (this.#answered === this.#question) this.#onReveal(index, from, to);
  }

  #tables(tables) {
    return tables.flatMap(({ title, effect, columns, rows, unknown }) => {
      const body = rows.flatMap((row) => this.#row(row, effect, columns));
      if (body.length === 0) body.push(make("tr", "", [wide("quiet", columns, ["No service."])]));
      const heads = columns.map((name) => Object.assign(make("th", "", [name]), { scope: "col" }));
      const parts = [make("caption", "", [title]), make("thead", "", [make("tr", "", heads)]), make("tbody", "", body)];
      return [make("table", "services", parts), ...(unknown.length > 0 ? [note(`Not known: ${unknown.join(", ")}`)] : [])];
    });
  }

  #row({ service, name, cells, notes }, effect, columns) {
    const key = `${effect} ${service}`;
    const isOpen = this.#open.has(key);
    let title = name;
    if (effect) {
      title = make("button", "service-name", [name]);
      title.type = "button";
      title.ariaExpanded = String(isOpen);
      title.dataset.key = key;
      title.onclick = () => {
        if (!this.#open.delete(key)) this.#open.add(key);
        this.#draw();
      };
    }
    const head = make("th", "", [title, ...notes.map((text) => make("small", "", [text]))]);
    head.scope = "row";
    const row = make("tr", "", [head]);
    cells.forEach((text, at) => {
      // On a narrow screen each cell is a line with its column's name.
      const cell = make("td", "", [text]);
      cell.dataset.column = columns[at + 1];
      row.append(cell);
    });
    if (!effect || !isOpen) return [row];
    const details = wide("", columns, []);
    this.#fill(details, effect, service);
    return [row, make("tr", "service-details", [details])];
  }

  /** Lists the actions of a service. */
  async #fill(cell, effect, service) {
    const asked = { ...JSON.parse(this.#answered), effect, service };
    const found = JSON.parse(await this.#analysis.ask("service", JSON.stringify(asked)));
    if (found) cell.append(...actions(found));
  }
}

/** The actions of a service by access level, with resources and conditions where there are several. */
function actions({ resources, conditions, levels }) {
  const code = (text) => make("code", "", [text]);
  const list = (title, items) => [make("h4", "", [title]), make("ul", "", items.map((item) => make("li", "", item)))];
  const several = (title, values) => (values.length > 1 ? list(title, values.map((value) => [code(value)])) : []);
  const level = ({ title, covered, others }) => {
    const parts = list(title, covered.map(([name, why]) => (why ? [code(name), make("small", "", [why])] : [code(name)])));
    if (others.length > 0) {
      const rest = make("p", "quiet", [others.join(", ")]);
      parts.push(make("details", "more", [make("summary", "", [`${others.length} not covered`]), rest]));
    }
    return parts;
  };
  return [...several("Resources", resources), ...several("Conditions", conditions), ...levels.flatMap(level)];
}

const note = (text) => make("p", "quiet insight-note", [text]);

function wide(name, columns, children) {
  return Object.assign(make("td", name, children), { colSpan: columns.length });
}

/** An element; texts among its children are texts, whatever is in them. */
function make(tag, name, children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}
