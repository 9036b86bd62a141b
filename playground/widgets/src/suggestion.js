// Making the changes of a suggestion.
import { ContentError } from './content.js';

/** The scenario after a suggestion; `documents` are those of `documentsOf(scenario)`. */
export function applied(scenario, documents, suggestion) {
  const request = scenario.requests[suggestion.request];
  for (const change of suggestion.changes) {
    switch (change.kind) {
      case 'context':
        request.context = { ...request.context };
        for (const key of Object.keys(request.context)) {
          if (key.toLowerCase() === change.key.toLowerCase()) delete request.context[key];
        }
        request.context[change.key] = change.value;
        request.unknown = request.unknown?.filter((key) => key.toLowerCase() !== change.key.toLowerCase());
        break;
      case 'resource':
        if (Array.isArray(request.resource)) request.resource[change.index] = change.value;
        else request.resource = change.value;
        break;
      case 'edit': {
        const document = documents.find(({ location }) => location === change.location);
        const { start, end } = change.range;
        document.text = document.text.slice(0, start.offset) + change.newText + document.text.slice(end.offset);
        document.replace(document.text);
        break;
      }
      case 'document':
        attach(scenario.policies, change);
        break;
      default:
        throw new ContentError(`unknown change ${change.kind}`);
    }
  }
  return scenario;
}

/** Puts a new document where a location such as `policies.resource[0]` says. */
function attach(policies, { location, resourceKind, document }) {
  const [, member, level] = /^policies\.(\w+)(?:\[(\d+)\])?/.exec(location);
  const policy = { document, ...(resourceKind && resourceKind !== 'general' ? { kind: resourceKind } : {}) };
  if (member === 'serviceControl' || member === 'resourceControl') policies[member][Number(level)].policies.push(policy);
  else if (member === 'identity' || member === 'session') (policies[member] ??= []).push(policy);
  else if (member === 'resource' && policies.resource) policies.resource = [policies.resource, policy].flat();
  else policies[member] = policy;
}
