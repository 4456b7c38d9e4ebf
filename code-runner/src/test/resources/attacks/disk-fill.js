const fs = require('node:fs');
const handler = async () => {
  for (let n = 0; n < 120; n++) {
    fs.writeFileSync('file' + n, Buffer.alloc(1 << 20));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return 'ok';
};
