// Completion scripts, made from the program itself.

import { Failure } from './failure.js';

const SCRIPTS = { bash, zsh, fish };
export const SHELLS = Object.keys(SCRIPTS);

export function completion(program, shell) {
  if (!SHELLS.includes(shell)) throw new Failure(`${shell} is no shell known here`, `write one of ${SHELLS.join(', ')}`);
  const commands = program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    commands: command.commands.map((one) => one.name()),
    // Those of `docs check` too: one command below another is all there is.
    options: [command, ...command.commands].flatMap((one) => one.options).map(({ long, short, description, argChoices }) => ({ long, short, description, choices: argChoices })),
  }));
  process.stdout.write(SCRIPTS[shell](commands));
}

function bash(commands) {
  const cases = commands.map(({ name, commands: below, options }) => {
    const second = below.length ? `\n      if [ "$COMP_CWORD" -eq 2 ]; then COMPREPLY=($(compgen -W "${below.join(' ')}" -- "$word")); return; fi` : '';
    const choices = options.filter(({ choices }) => choices).map(({ long, short, choices }) =>
      `      ${[short, long].filter(Boolean).join('|')}) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$word")); return;;`);
    return `    ${name})${second}
      case "$before" in
${choices.join('\n')}${choices.length ? '\n' : ''}      esac
      words="${options.map(({ long }) => long).join(' ')}";;`;
  });
  return `# Completion of admittance for bash. To use it: source <(admittance completion bash)
_admittance() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')} --help --version" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  if [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "$words --help" -- "$word")); else COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -o filenames -F _admittance admittance
`;
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function zsh(commands) {
  const described = commands.map(({ name, description }) => quoted(`${name}:${description.replaceAll(':', '\\:')}`));
  const cases = commands.map(({ name, commands: below, options }) => {
    const second = below.length ? `if (( CURRENT == 3 )); then compadd ${below.join(' ')}; return; fi; ` : '';
    const specs = options.map(({ long, description, choices }) => {
      const text = description.replace(/[[\]:]/g, (character) => `\\${character}`);
      return quoted(`${long}[${text}]${choices ? `:choice:(${choices.join(' ')})` : ''}`);
    });
    return `    ${name}) ${second}_arguments ${[...specs, "'*:file:_files'"].join(' ')};;`;
  });
  return `#compdef admittance
# Completion of admittance for zsh. To use it: source <(admittance completion zsh)
_admittance() {
  local -a commands=(${described.join(' ')})
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  case "$words[2]" in
${cases.join('\n')}
  esac
}
compdef _admittance admittance
`;
}

function fish(commands) {
  const lines = ['# Completion of admittance for fish. To use it: admittance completion fish | source'];
  for (const { name, description, commands: below, options } of commands) {
    lines.push(`complete -c admittance -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`);
    for (const one of below) {
      const before = quoted(`__fish_seen_subcommand_from ${name}; and not __fish_seen_subcommand_from ${one}`);
      lines.push(`complete -c admittance -n ${before} -f -a ${one}`);
    }
    for (const { long, short, description, choices } of options) {
      const parts = [`complete -c admittance -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -l ${long.slice(2)}`];
      if (short) parts.push(`-s ${short.slice(1)}`);
      if (choices) parts.push(`-x -a ${quoted(choices.join(' '))}`);
      lines.push([...parts, `-d ${quoted(description)}`].join(' '));
    }
  }
  return `${lines.join('\n')}\n`;
}
