/** The platform that the environment names, and an owner of it. */
export function platformOfEnvironment() {
  return {
    url: required("BASCULE_URL"),
    username: required("BASCULE_USERNAME"),
    password: required("BASCULE_PASSWORD"),
  };
}

function required(name) {
  const value = process.env[name];
  if (!value) {
    console.error(
      `Set ${name}: the platform and an owner of it are given by BASCULE_URL, BASCULE_USERNAME, BASCULE_PASSWORD`,
    );
    process.exit(2);
  }
  return value;
}
