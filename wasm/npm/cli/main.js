// The command line: what the commands are called and take. Each command is a file of its own.
//
// Exit status: 0 fine; 1 findings or a failed expectation; 2 bad usage or unreadable input.

import { Command, CommanderError, Option } from 'commander';
import { version } from './engine.js';
import { catalogCommand } from './catalog.js';
import { completion, SHELLS } from './completion.js';
import { docsCheckCommand } from './docs.js';
import { evaluateCommand } from './eval.js';
import { Failure } from './failure.js';
import { formatCommand } from './fmt.js';
import { initCommand } from './init.js';
import { lintCommand } from './lint.js';
import { style } from './style.js';
import { summaryCommand } from './summary.js';
import { testCommand } from './test.js';
import { TYPES } from './detect.js';

const program = new Command('admittance')
  .description('Decides AWS IAM requests as AWS documents it, and explains why. Nothing leaves this machine.')
  .version(version)
  .showSuggestionAfterError()
  .showHelpAfterError('(--help tells more)')
  .addHelpText('after', '\nExit status: 0 fine; 1 findings or a failed expectation; 2 bad usage or unreadable input.');

const format = (...choices) => new Option('-f, --format <format>', 'how the result is written').choices(choices).default(choices[0]);
const list = (value, before = []) => [...before, value];

program
  .command('eval')
  .description('decide a request under policies, or every request of a scenario')
  .argument('[scenario]', 'a scenario file, JSON or YAML, or a request to SimulateCustomPolicy; - for standard input')
  .option('-p, --policy <file>', 'an identity-based policy; may be given several times', list)
  .option('--resource-policy <file>', 'a resource-based policy, trust and key policies included; several times', list)
  .option('--boundary <file>', 'the permissions boundary')
  .option('--session-policy <file>', 'a session policy; several times', list)
  .option('--scp <files>', 'a level of service control policies, root first: files with commas between; several times', list)
  .option('--rcp <files>', 'a level of resource control policies, root first; several times', list)
  .option('--vpc-endpoint-policy <file>', 'the policy of the VPC endpoint')
  .option('--account <file>', 'the output of aws iam get-account-authorization-details: the policies, groups and boundary of --principal')
  .option('--cloudtrail <file>', 'CloudTrail events: their requests, held against what AWS decided')
  .option('--principal <arn>', 'who calls: an ARN, a service such as lambda.amazonaws.com, or anonymous')
  .option('-a, --action <action>', 'the action, such as s3:GetObject')
  .option('-r, --resource <arn>', 'the resource; several times', list)
  .option('--resource-account <id>', 'the account of the resource, if its ARN does not say')
  .option('-c, --context <key=value>', 'a context key; given several times with the same key, a multivalued one', list)
  .option('-u, --unknown <key>', 'a context key of which nothing is known; several times', list)
  .option('-e, --explain', 'tell of each gate, the nearest statement, and what would change the decision')
  .option('--apply <number>', 'write the scenario with that suggestion of --explain applied, counted from 1')
  .addOption(format('human', 'json', 'markdown', 'aws'))
  .action(run(evaluateCommand));

program
  .command('test')
  .description('run scenario files: expected against actual decisions')
  .argument('[files...]', 'files, folders or patterns; - for standard input (default: **/*.admittance.{json,yaml,yml})')
  .option('--coverage', 'name the statements that no request made decisive')
  .option('-w, --watch', 'run again when a file changes')
  .addOption(format('human', 'json', 'junit', 'markdown'))
  .action(run(testCommand));

program
  .command('lint')
  .description('check policy documents')
  .argument('<files...>', 'files, folders or patterns; - for standard input')
  .addOption(new Option('-t, --type <type>', 'what the documents are (default: told from their content and name)').choices(TYPES))
  .option('--strict', 'warnings count as findings too')
  .option('--fix', 'make the fixes that findings come with, and tell what is left')
  .option('--resource-type <type>', 'the resource of a resource-based policy, such as AWS::S3::Bucket: it has checks of its own')
  .option('-w, --watch', 'check again when a file changes')
  .option('--no-catalog', 'do without the catalog of actions, and the checks that take it')
  .addOption(format('human', 'json', 'sarif', 'markdown'))
  .action(run(lintCommand));

program
  .command('summary')
  .description('say what policies say, in sentences')
  .argument('<files...>', 'policy documents and scenarios: files, folders or patterns; - for standard input')
  .addOption(new Option('-t, --type <type>', 'what the documents are (default: told from their content and name)').choices(TYPES))
  .option('-s, --service <prefix>', 'each action of this service, such as s3')
  .addOption(format('human', 'json', 'markdown'))
  .action(run(summaryCommand));

program
  .command('catalog')
  .description("say where the catalog of AWS's actions comes from, or what it knows of some actions")
  .argument('[patterns...]', "names or patterns, such as 's3:Get*'")
  .option('-o, --output <folder>', 'write JSON instead, a file for each service, of these actions or of all')
  .addOption(format('human', 'json', 'markdown'))
  .action(run(catalogCommand));

program
  .command('fmt')
  .description('write policy documents in one form, with the same meaning')
  .argument('<files...>', 'files, folders or patterns; - writes standard input to standard output')
  .option('--check', 'change nothing, and name the files that would change')
  .action(run(formatCommand));

program
  .command('init')
  .description('write a scenario to start from, out of a policy document')
  .argument('<policy>', 'the policy document; - for standard input')
  .addOption(new Option('-t, --type <type>', 'what the document is').choices(TYPES))
  .option('-o, --output <file>', 'where to write it (default: standard output)')
  .action(run(initCommand));

program
  .command('docs')
  .description('examples in documentation')
  .command('check')
  .description('find the examples in Markdown, MDX and HTML, and check the decisions that they state')
  .argument('<files...>', 'files, folders or patterns')
  .option('--mdx', 'read .md files as MDX too, as Docusaurus does')
  .addOption(format('human', 'json', 'junit', 'markdown'))
  .action(run(docsCheckCommand));

program
  .command('completion')
  .description('write the completion script of a shell')
  .argument('<shell>', SHELLS.join(', '))
  .action(run((shell) => completion(program, shell)));

/** Runs a command, which gives its exit status. */
function run(command) {
  return async (...args) => {
    // The last argument is the command itself.
    process.exitCode = (await command(...args.slice(0, -1))) ?? 0;
  };
}

/** Bad usage ends with status 2, which is not commander's own. */
function withOwnStatus(command) {
  command.exitOverride().configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, style.error('error:'))) });
  command.commands.forEach(withOwnStatus);
}

// A reader such as `head` may go away before everything is written.
process.stdout.on('error', ({ code }) => {
  if (code === 'EPIPE') process.exit();
});

withOwnStatus(program);
program.parseAsync().catch((thrown) => {
  if (thrown instanceof CommanderError) {
    process.exitCode = thrown.exitCode === 0 ? 0 : 2;
    return;
  }
  process.exitCode = 2;
  if (!(thrown instanceof Failure)) {
    console.error(thrown);
    return;
  }
  console.error(`${style.error('error:')} ${thrown.message}`);
  if (thrown.help) console.error(`  ${thrown.help}`);
});
