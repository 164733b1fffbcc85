import { testRescue } from '../conformance/rescue.ts';

testRescue(20);
