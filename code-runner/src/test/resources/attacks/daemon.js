const { spawn } = require('node:child_process');
const handler = () => new Promise((resolve) => {
  try {
    const child = spawn('/bin/sleep', ['1'], { detached: true, stdio: 'ignore' });
    child.on('error', (error) => resolve(error.code));
    child.on('spawn', () => { child.unref(); resolve('ok'); });
  } catch (error) { resolve(error.code); }
});
