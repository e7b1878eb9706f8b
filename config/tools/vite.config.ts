import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The console: one page, its own scripts and styles, nothing from anywhere else. */
export default defineConfig({
  root: `${root}apps/console`,
  plugins: [react()],
  resolve: { conditions: ['source', 'browser', 'import', 'module', 'default'] },
  // Nothing may be written into the page: the policy of the gateway allows neither inline scripts nor data as code.
  build: {
    outDir: `${root}dist/apps/console`,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      // Contracts are read as types, and for a few lists of words; what is not read of them is not shipped.
      treeshake: { moduleSideEffects: (id: string) => !/[\\/]libs[\\/]/.test(id) },
    },
  },
});
