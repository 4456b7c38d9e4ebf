const attempt = (act) => { try { act(); return 'ok'; } catch (error) { return error.code ?? error.message; } };
const fs = require('node:fs');
const handler = ({ pid }) => [`/proc/${pid}/environ`, `/proc/${process.ppid}/environ`, `/proc/${pid}/cmdline`]
  .map((file) => attempt(() => fs.readFileSync(file)));
