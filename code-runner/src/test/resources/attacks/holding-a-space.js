const handler = ({ confined }) => new Promise((resolve) => {
  process.on('SIGTERM', () => {});
  setTimeout(() => resolve('ok'), confined ? 30_000 : 400);
});
