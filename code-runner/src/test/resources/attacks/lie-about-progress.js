const handler = () => {
  require('node:fs').writeSync(3, Buffer.from([0x14, 0, 0, 0, 1, 101]));
  for (;;) {}
};
