const attempt = (act) => { try { act(); return 'ok'; } catch (error) { return error.code ?? error.message; } };
const fs = require('node:fs');
const handler = ({ secret, otherJob }) => [
  ...['/etc/passwd', secret, otherJob].map((file) => attempt(() => fs.readFileSync(file))),
  ...['/etc', '/', '/tmp', '/proc', '..'].map((place) => attempt(() => fs.readdirSync(place)))];
