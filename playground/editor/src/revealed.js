import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

/** Marks one range, the one that the explanation speaks of. */
export const setRevealed = StateEffect.define();

const mark = Decoration.mark({ class: "cm-revealed" });

export const revealed = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = transaction.docChanged ? Decoration.none : marks;
    for (const effect of transaction.effects) {
      if (!effect.is(setRevealed)) continue;
      const { from, to } = effect.value;
      next = from < to ? Decoration.set([mark.range(from, to)]) : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
