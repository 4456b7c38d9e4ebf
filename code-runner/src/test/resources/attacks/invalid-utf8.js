const handler = () => {
  require('node:fs').writeSync(3, Buffer.from([0x12, 0, 0, 0, 4, 0x22, 0xc3, 0x28, 0x22]));
  for (;;) {}
};
