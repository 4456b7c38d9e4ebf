const fs = require('node:fs');
const handler = () => { for (let n = 0; n < 80; n++) fs.appendFileSync('file', Buffer.alloc(1 << 20)); return 'ok'; };
