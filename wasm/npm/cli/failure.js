/** What the user has to put right before there can be a result: exit status 2. */
export class Failure extends Error {
  constructor(message, help) {
    super(message);
    this.help = help;
  }
}
