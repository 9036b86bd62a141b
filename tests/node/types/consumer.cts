// A CommonJS consumer.

import admittance = require('admittance');
import inline = require('admittance/inline');

const scenario: admittance.Scenario = { policies: {}, requests: [] };
const valid: boolean = admittance.evaluate(scenario).valid;
inline.evaluate(scenario).valid === valid;
import analysis = require('admittance/analysis');
analysis.simulate('{}').valid satisfies boolean;
