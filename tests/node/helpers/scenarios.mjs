import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { repository } from './paths.mjs';

/** Every scenario file of the corpus: those in its folders. */
export function corpus() {
  const root = join(repository, 'tests/corpus');
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => dirname(path) !== root)
    .sort()
    .map((path) => ({ name: relative(root, path), text: readFileSync(path, 'utf8') }));
}

export const policy = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' },
    { Sid: 'NotSecret', Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::bucket/secret/*' },
  ],
};

/** A scenario with one request, whose parts can be replaced. */
export function scenario({ document = policy, ...request } = {}) {
  return {
    policies: { identity: [document] },
    requests: [
      {
        principal: 'arn:aws:iam::111122223333:user/ana',
        action: 's3:GetObject',
        resource: 'arn:aws:s3:::bucket/report.pdf',
        ...request,
      },
    ],
  };
}

/** An expression that decides a scenario by a prepared set, in every way that it has. It takes PolicySet and answers. */
export const decidedBySet = (value) => `(() => {
  const { policies, requests: [request] } = ${JSON.stringify(value)};
  const set = PolicySet.prepare(policies);
  const decision = set.decide(request);
  const [code, other] = set.decideMany([request, {}]);
  const same = answers[code] === decision && answers[other] === 'Invalid' && set.evaluate(request).result.decision === decision;
  set.dispose();
  return same ? decision : 'the ways to decide differ';
})()`;
