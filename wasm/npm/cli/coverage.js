// Which statements the tests make decisive. A document that stands in several scenarios counts once.

export class Coverage {
  #statements = new Map();

  add(file, text, results) {
    const scenario = JSON.parse(text);
    for (const { statements } of results) {
      for (const { policy, policyName, index, sid, decisive, applies } of statements) {
        const key = `${canonical(documentAt(scenario, policy))} ${index}`;
        let entry = this.#statements.get(key);
        if (entry === undefined) {
          entry = { file, policy: policyName ?? policy, statement: sid ?? `#${index}`, decisive: 0, applied: 0 };
          this.#statements.set(key, entry);
        }
        entry.decisive += decisive;
        entry.applied += applies;
      }
    }
  }

  /** In the order in which they were met. */
  uncovered() {
    const never = [...this.#statements.values()].filter(({ decisive }) => decisive === 0);
    return never.map(({ file, policy, statement, applied }) => ({ file, policy, statement, applied }));
  }
}

/** The document at a place such as `policies.serviceControl[0].policies[1]`. */
function documentAt(scenario, place) {
  let value = scenario;
  for (const [, name, index] of place.matchAll(/([A-Za-z]+)|\[(\d+)\]/g)) {
    // A single item may stand for a list of one.
    value = index === undefined ? value?.[name] : Array.isArray(value) ? value[index] : value;
  }
  return value?.document ?? value;
}

function canonical(document) {
  let value = document;
  try {
    if (typeof document === 'string') value = JSON.parse(document);
  } catch {
    // As it is.
  }
  return JSON.stringify(value, (_, item) => {
    const isObject = typeof item === 'object' && item !== null && !Array.isArray(item);
    return isObject ? Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1))) : item;
  });
}
