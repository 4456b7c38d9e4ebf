const fs = require('node:fs');
const handler = async () => {
  for (let n = 0; n < 20000; n++) {
    fs.writeFileSync('file' + n, '');
    if (n % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return 'ok';
};
