// The schema as imported JSON.

import schema from 'admittance/schema' with { type: 'json' };

schema.title satisfies string;
