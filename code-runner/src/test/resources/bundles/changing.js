const fs = require('node:fs');
const path = require('node:path');
exports.handler = () => {
  const own = path.dirname(__dirname);
  const done = [];
  const attempt = (name, what) => { try { what(); done.push(name); } catch {} };
  attempt('read', () => fs.readFileSync(own + '/app/index.js'));
  attempt('list', () => fs.readdirSync(own + '/app'));
  attempt('write', () => fs.writeFileSync(own + '/app/index.js', ''));
  attempt('new', () => fs.writeFileSync(own + '/app/new', ''));
  attempt('remove', () => fs.unlinkSync(own + '/app/index.js'));
  attempt('rename', () => fs.renameSync(own + '/app', own + '/b'));
  attempt('link', () => fs.linkSync(own + '/app/index.js', 'mine'));
  attempt('others', () => { if (!fs.readdirSync(own + '/..').some((n) => n.startsWith('bundle-'))) throw 0; });
  return done;
};
