// A real SMTP server that takes any mail and keeps none: `node sink.mjs PORT`.
// STARTTLS and sign-in are offered, neither is asked for.
import { createHash } from 'node:crypto';
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  authOptional: true,
  onAuth: ({ username, password }, _session, done) =>
    password === 'wrong' ? done(new Error('Wrong user name or password')) : done(null, { user: username }),
  onData: (stream, _session, done) => {
    const hash = createHash('sha256');
    stream.on('data', (chunk) => hash.update(chunk));
    stream.on('end', () => done(null, `Queued as ${hash.digest('hex').slice(0, 16)}`));
  },
});
server.on('error', (error) => console.error(error.message));
server.listen(Number(process.argv[2]), '127.0.0.1');
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => server.close(() => process.exit(0)));
