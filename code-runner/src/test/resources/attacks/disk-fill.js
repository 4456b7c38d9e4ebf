const fs = require('node:fs');
const handler = async ({ confined }) => {
  for (let n = 0; n < 120; n++) {
    fs.writeFileSync('file' + n, Buffer.alloc(1 << 20));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  // The runner looks now and then: what is too much stays until it has.
  if (confined) await new Promise((resolve) => setTimeout(resolve, 30_000));
  return 'ok';
};
