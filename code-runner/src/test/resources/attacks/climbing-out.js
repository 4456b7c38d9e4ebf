const attempt = (act) => { try { act(); return 'ok'; } catch (error) { return error.code ?? error.message; } };
const fs = require('node:fs');
const handler = () => ['../climbed', '../../climbed', 'a/../../climbed'].map((name) => attempt(() => {
  fs.mkdirSync('a', { recursive: true });
  fs.writeFileSync(name, 'x');
  fs.unlinkSync(name);
}));
