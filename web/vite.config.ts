import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.LAOSHAN_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  // The server puts a fresh nonce into every page it sends.
  html: { cspNonce: '__NONCE__' },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
    // Data URLs would have to be allowed in the content security policy.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': server, '/docs': server } },
  // A busy machine is slow, not wrong.
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], testTimeout: 120_000 },
});
