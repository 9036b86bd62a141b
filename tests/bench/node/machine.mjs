// Prints on what the benchmarks run.
import os from 'node:os';

const [cpu] = os.cpus();
const machine = {
  date: new Date().toISOString().slice(0, 10),
  cpu: cpu.model.trim(),
  cores: String(os.cpus().length),
  memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
  system: `${os.type()} ${os.arch()}`,
};
console.log(JSON.stringify({ machine, versions: { node: process.versions.node } }, null, 2));
