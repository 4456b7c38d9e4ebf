const handler = () => new Promise((resolve) => {
  process.on('SIGTERM', () => {});
  setTimeout(() => resolve('ok'), 4000);
});
