import { takeKey } from './key/address.ts';

// The key leaves the address before anything else is even loaded: whatever follows may be slow, fail, or be looked at by others.
const secret = takeKey(window.location, window.history);
const { openPage } = await import('./page.tsx');
openPage(secret);
