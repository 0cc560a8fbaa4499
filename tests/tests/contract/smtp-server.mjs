// A mail server that wants STARTTLS and a log-in, and tells each mail as one line of JSON.
import { createRequire } from "node:module";

const [, , packageFile, given] = process.argv;
const { SMTPServer } = createRequire(packageFile)("smtp-server");
const settings = JSON.parse(given);
const tell = (said) => console.log(JSON.stringify(said));

const server = new SMTPServer({
  key: settings.key,
  cert: settings.cert,
  authMethods: ["PLAIN", "LOGIN"],
  disabledCommands: settings.startTls ? [] : ["STARTTLS"],
  logger: false,
  onAuth({ username, password }, session, done) {
    const isRight = username === settings.user && password === settings.password;
    done(isRight ? null : new Error("no"), isRight ? { user: username } : undefined);
  },
  onData(stream, session, done) {
    const parts = [];
    stream.on("data", (part) => parts.push(part));
    stream.on("end", () => {
      tell({
        secure: session.secure,
        user: session.user,
        from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map((one) => one.address),
        raw: Buffer.concat(parts).toString("utf8"),
      });
      done();
    });
  },
});
// A client that breaks off, for want of trust, is what some tests are about.
server.on("error", () => {});
server.listen(settings.port, "127.0.0.1", () => tell({ port: server.server.address().port }));
