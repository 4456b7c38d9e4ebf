const attempt = (act) => { try { act(); return 'ok'; } catch (error) { return error.code ?? error.message; } };
const fs = require('node:fs');
const handler = ({ directory }) => [
  attempt(() => fs.writeFileSync(directory + '/new', 'x')),
  attempt(() => fs.mkdirSync(directory + '/made')),
  attempt(() => fs.appendFileSync(directory + '/file', 'x')),
  attempt(() => fs.truncateSync(directory + '/file', 0)),
  attempt(() => fs.chmodSync(directory + '/file', 0o666)),
  attempt(() => fs.utimesSync(directory + '/file', 1, 1)),
  attempt(() => fs.renameSync(directory + '/file', directory + '/gone')),
  attempt(() => fs.unlinkSync(directory + '/other')),
];
