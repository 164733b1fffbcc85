import { testStores } from '../conformance/store.ts';

testStores();
