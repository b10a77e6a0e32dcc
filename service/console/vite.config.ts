import { defineConfig } from 'vite';

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { console: 'src/main.tsx', report: 'src/report.ts' },
      output: { entryFileNames: 'assets/[name]-[hash].js', chunkFileNames: 'assets/part-[hash].js', assetFileNames: 'assets/console-[hash][extname]' },
    },
  },
  // `npm run dev` beside a service: sign in at 5173 with the link's path.
  server: { proxy: { '^/(v1|setup|join|sign-in|assets|experiments|openapi.json)': process.env.TOUCHSTONE ?? 'http://127.0.0.1:8080' } },
});
