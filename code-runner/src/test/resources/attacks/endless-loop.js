const handler = () => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU']) process.on(signal, () => {});
  const end = process.cpuUsage().user + 3_000_000;
  while (process.cpuUsage().user < end);
  return 'ok';
};
