const handler = () => {
  let value = 1;
  for (let depth = 0; depth < 500; depth++) value = [value];
  return value;
};
