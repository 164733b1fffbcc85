import { testRescue } from '../conformance/rescue.ts';

// At full time.
testRescue(1);
