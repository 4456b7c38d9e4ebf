const fs = require('node:fs');
const handler = async ({ confined }) => {
  for (let n = 0; n < 20000; n++) {
    fs.writeFileSync('file' + n, '');
    if (n % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  }
  // The runner looks now and then: what is too much stays until it has.
  if (confined) await new Promise((resolve) => setTimeout(resolve, 30_000));
  return 'ok';
};
