const handler = () => {
  require('node:fs').writeSync(3, Buffer.concat([Buffer.from([0x12, 0, 0, 0, 8]), Buffer.from('"forged"')]));
  for (;;) {}
};
