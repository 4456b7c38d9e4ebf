const handler = () => {
  require('node:fs').writeSync(3, Buffer.alloc(100_000, 0xee));
  for (;;) {}
};
