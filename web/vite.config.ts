import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Builds the Playground into `web/dist`, which the gateway serves as it is at `/playground/`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/playground/',
  // A second copy of graphql would not recognise the schema that the first one built.
  resolve: { dedupe: ['graphql', 'react', 'react-dom'] },
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The bundle is handed on in the package, and with it the licences of what is in it.
    license: { fileName: 'licenses.md' },
    // The code editor alone is larger than the limit at which Vite warns; it is loaded after the page.
    chunkSizeWarningLimit: 4000,
    // Packages that mark modules as "use client" mean a server that this page does not have.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
