const handler = () => {
  const kept = [];
  for (let n = 0; n < 600; n++) kept.push(Buffer.alloc(1 << 20, 1));
  return 'ok';
};
