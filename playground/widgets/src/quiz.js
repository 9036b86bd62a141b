// The question before the answer.
import { h } from './dom.js';
import { decisionWord } from './headline.js';
import { words } from './words.js';

const CHOICES = ['Allow', 'ExplicitDeny', 'ImplicitDeny'];
let next = 0;

/** A question; `onAnswer` gets the decision that the reader chose. */
export function quiz(withUnknown, onAnswer) {
  const name = `admittance-quiz-${next++}`;
  const choices = withUnknown ? [...CHOICES, 'Depends'] : CHOICES;
  const button = h('button', { type: 'submit', class: 'button', disabled: true }, words.check);
  return h(
    'form',
    {
      class: 'quiz',
      part: 'quiz',
      onsubmit: (event) => {
        event.preventDefault();
        const chosen = new FormData(event.target).get(name);
        if (chosen) onAnswer(chosen);
      },
      onchange: () => button.removeAttribute('disabled'),
    },
    h(
      'fieldset',
      {},
      h('legend', {}, words.question),
      choices.map((choice) => h('label', { class: 'choice' }, h('input', { type: 'radio', name, value: choice }), decisionWord(choice))),
    ),
    button,
  );
}

/** What became of the answer. */
export function verdict(answer, correct, onAgain) {
  return h(
    'p',
    { class: `verdict ${correct ? 'is-right' : 'is-wrong'}`, part: 'verdict' },
    h('b', {}, correct ? words.right : words.wrong),
    correct ? undefined : [' ', decisionWord(answer)],
    h('button', { type: 'button', class: 'button is-small', onclick: onAgain }, words.tryAgain),
  );
}
