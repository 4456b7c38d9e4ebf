const handler = ({ hidden, redirecting }) => Promise.all([hidden, redirecting].map(async (url) => {
  try { return await (await fetch(url)).text(); } catch (error) { return error.cause?.code ?? error.message; }
}));
