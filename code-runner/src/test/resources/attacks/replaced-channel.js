const fs = require('node:fs');
const handler = () => {
  fs.closeSync(3);
  fs.openSync('instead', 'w+');
  for (;;) {}
};
