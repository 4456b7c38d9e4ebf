const attempt = (act) => { try { act(); return 'ok'; } catch (error) { return error.code ?? error.message; } };
const fs = require('node:fs');
const handler = ({ secret }) => [
  attempt(() => { fs.symlinkSync(secret, 'soft'); fs.readFileSync('soft'); }),
  attempt(() => { fs.linkSync(secret, 'hard'); fs.readFileSync('hard'); }),
  attempt(() => { fs.symlinkSync('/etc', 'folder'); fs.readFileSync('folder/passwd'); })];
