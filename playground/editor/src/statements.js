import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, WidgetType, gutter } from "@codemirror/view";

/**
 * Sets the statements of the document:
 * `{ from, to, index, effect, state, selected, stale, label, title }`,
 * where `state` is `decisive`, `matched`, `open` or `unmatched`.
 */
export const setStatements = StateEffect.define();

/** Where each statement stands; moves along with the text until the engine has looked again. */
const field = StateField.define({
  create: () => [],
  update(value, transaction) {
    let next = value;
    if (transaction.docChanged) {
      next = value.map((each) => ({
        ...each,
        from: transaction.changes.mapPos(each.from, 1),
        to: transaction.changes.mapPos(each.to, -1),
      }));
    }
    for (const effect of transaction.effects) {
      if (effect.is(setStatements)) next = effect.value;
    }
    return next.filter(({ from, to }) => from < to && to <= transaction.newDoc.length);
  },
});

const lines = EditorView.decorations.compute([field, "doc"], (state) => {
  const decorations = [];
  for (const each of state.field(field)) {
    const first = state.doc.lineAt(each.from);
    const last = state.doc.lineAt(each.to);
    for (let number = first.number; number <= last.number; number += 1) {
      const line = state.doc.line(number);
      decorations.push(Decoration.line({ class: classes("cm-statement", each) }).range(line.from));
    }
    if (each.label) {
      const widget = new Label(each);
      decorations.push(Decoration.widget({ widget, side: 1 }).range(first.to));
    }
  }
  return Decoration.set(decorations, true);
});

/** The words at the end of a statement's first line: color is never the only sign. */
class Label extends WidgetType {
  constructor(statement) {
    super();
    this.statement = statement;
  }
  eq({ statement }) {
    return statement.label === this.statement.label && classes("", statement) === classes("", this.statement);
  }
  toDOM() {
    const span = document.createElement("span");
    span.className = classes("cm-statement-label", this.statement);
    span.textContent = this.statement.label;
    return span;
  }
}

class Mark extends GutterMarker {
  constructor(statement) {
    super();
    this.statement = statement;
  }
  eq({ statement }) {
    return statement.title === this.statement.title && classes("", statement) === classes("", this.statement);
  }
  toDOM() {
    const { effect, state, title } = this.statement;
    const span = document.createElement("span");
    span.className = classes("cm-statement-mark", this.statement);
    span.textContent = { unmatched: "–", open: "?" }[state] ?? (effect === "Deny" ? "✕" : "✓");
    span.title = title;
    return span;
  }
}

function classes(base, { effect, state, selected, stale }) {
  return [
    base,
    `is-${state}`,
    `is-${effect.toLowerCase()}`,
    selected ? "is-selected" : "",
    stale ? "is-stale" : "",
  ].join(" ").trim();
}

/** The marks of statements in the text and in the gutter. */
export function statements(onSelect) {
  return [
    field,
    lines,
    gutter({
      class: "cm-statement-gutter",
      markers: (view) => {
        const ranges = view.state.field(field).map((each) => {
          const line = view.state.doc.lineAt(each.from);
          return new Mark(each).range(line.from);
        });
        return RangeSet.of(ranges, true);
      },
      domEventHandlers: {
        click(view, block) {
          const hit = view.state.field(field).find(({ from, to }) => from <= block.to && to >= block.from);
          if (hit) onSelect(hit.index);
          return Boolean(hit);
        },
      },
    }),
  ];
}
