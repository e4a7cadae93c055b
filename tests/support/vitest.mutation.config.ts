// The tests that judge mutants: those that stand next to the mutated folders. Whole backgrounds and sockets would take
// hours and blame the wrong test.
import base from '../../vitest.config';

export default {
  ...base,
  test: { ...base.test, include: ['tests/{core,carbonchat,messaging}/**/*.test.ts'], reporters: ['dot'] },
};
