// The tests that judge mutants: those that stand next to the mutated folders. Whole backgrounds and sockets would take
// hours and blame the wrong test; so would the simulation, which touches every line and takes 6 s of every mutant's run.
import base from '../../vitest.config';

export default {
  ...base,
  test: {
    ...base.test,
    include: ['tests/{core,cable,carbonchat,messaging}/**/*.test.ts'],
    exclude: ['tests/core/simulation.test.ts', 'tests/cable/conformance/**'],
    reporters: ['dot'],
  },
};
