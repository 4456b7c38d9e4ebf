const handler = async () => {
  try { await fetch('http://169.254.169.254/latest/meta-data/'); return 'ok'; } catch (error) { return error.cause?.code ?? error.message; }
};
