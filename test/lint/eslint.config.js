import neostandard from 'neostandard'

export default [
  ...neostandard({
    ts: true,
    ignores: ['**/dist/**', '**/.tap/**', '**/.data/**', '**/coverage/**']
  }),
  // A schema and its type share one name; what is really declared twice the compiler refuses.
  { files: ['**/*.ts', '**/*.tsx'], rules: { '@typescript-eslint/no-redeclare': 'off' } }
]
