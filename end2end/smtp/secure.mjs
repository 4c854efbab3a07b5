// Real SMTP servers that encrypt and ask for a sign-in: `node secure.mjs KEY.pem CERT.pem`. Prints the ports as JSON:
// `starttls` (encrypts when asked), `tls` (encrypts from the first byte) and `bare` (never encrypts).
// They know one account, asha with the password "secret", keep no mail, and say in their answer how it came.
import { readFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const [key, cert] = process.argv.slice(2, 4).map((file) => readFileSync(file));
const kinds = {
  starttls: { key, cert },
  tls: { key, cert, secure: true },
  bare: { authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] },
};
const ports = {};
for (const [name, options] of Object.entries(kinds)) {
  const server = new SMTPServer({
    ...options,
    onAuth: ({ username, password }, _session, done) =>
      username === 'asha' && password === 'secret'
        ? done(null, { user: username })
        : done(new Error('Wrong user name or password')),
    onData: (stream, session, done) => {
      stream.on('data', () => {});
      stream.on('end', () => done(null, `Queued: encrypted ${session.secure}, user ${session.user}`));
    },
  });
  server.on('error', (error) => console.error(error.message));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  ports[name] = server.server.address().port;
}
console.log(JSON.stringify(ports));
// The test that started it holds the other end.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
