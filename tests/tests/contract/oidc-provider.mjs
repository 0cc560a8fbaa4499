// An identity provider that lets one person in without asking, and names them as the sector's
// providers do. `/asked` is how often it would have asked since the last time.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const [, , packageFile, given] = process.argv;
const settings = JSON.parse(given);
// It warns of what would be wrong in production.
console.info = console.warn = () => {};
const tell = (said) => console.log(JSON.stringify(said));
if (settings.clock) {
  // It stands still, as that of the system under test.
  const still = Date.parse(settings.clock);
  globalThis.Date = class extends Date {
    constructor(...given) {
      super(...(given.length > 0 ? given : [still]));
    }
    static now() {
      return still;
    }
  };
}
const found = createRequire(packageFile).resolve("oidc-provider");
const { Provider } = await import(pathToFileURL(found));

const person = {
  sub: "maja",
  personalIdentityNumber: settings.number,
  employeeHsaId: settings.hsaIds,
};
const http = createServer();
await new Promise((listening) => http.listen(0, "127.0.0.1", listening));
const issuer = `http://127.0.0.1:${http.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: settings.client,
      client_secret: settings.secret,
      redirect_uris: settings.redirects,
    },
  ],
  acrValues: settings.acr ? [settings.acr] : [],
  claims: {
    acr: null,
    auth_time: null,
    iss: null,
    sid: null,
    openid: ["sub", "personalIdentityNumber", "employeeHsaId"],
  },
  conformIdTokenClaims: false,
  cookies: { keys: ["test"] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, accountId) => ({ accountId, claims: () => person }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  async loadExistingGrant({ oidc }) {
    const { clientId } = oidc.client;
    const { accountId } = oidc.session;
    const grant = new provider.Grant({ clientId, accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
});
const answer = provider.callback();
let asked = 0;
http.on("request", async (request, response) => {
  if (request.url === "/asked") {
    response.end(String(asked));
    asked = 0;
    return;
  }
  if (!request.url.startsWith("/interaction/")) return answer(request, response);
  asked += 1;
  const login = { accountId: person.sub, acr: settings.acr };
  return provider.interactionFinished(request, response, { login });
});
tell({ port: http.address().port });
