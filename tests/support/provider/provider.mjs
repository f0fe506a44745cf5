// A provider at which tests sign in: `node provider.mjs FILE`, where FILE says who there is. Ends with its standard input.
import { readFileSync } from 'node:fs';
import { Provider } from 'oidc-provider';

const given = JSON.parse(readFileSync(process.argv[2], 'utf-8'));
const people = new Map(given.people.map((one) => [one.subject, one.claims]));
const apps = new Map(given.clients.map((one) => [one.id, one]));
const stated = ['agency', 'roles', 'wards', 'preferred_username'];

function client(one) {
  const signsIn = one.redirect_uris.length > 0;
  return {
    client_id: one.id,
    ...(one.secret ? { client_secret: one.secret } : { token_endpoint_auth_method: 'none' }),
    grant_types: [...(signsIn ? ['authorization_code'] : []), ...(one.secret ? ['client_credentials'] : [])],
    redirect_uris: one.redirect_uris,
    post_logout_redirect_uris: one.signed_out_uris,
    response_types: signsIn ? ['code'] : [],
    id_token_signed_response_alg: 'RS256',
  };
}

const provider = new Provider(given.issuer, {
  clients: given.clients.map(client),
  jwks: given.keys,
  cookies: { keys: ['of tests'] },
  pkce: { required: () => true },
  claims: { openid: ['sub', ...stated] },
  conformIdTokenClaims: false,
  ttl: { AccessToken: 600, ClientCredentials: 600, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
  findAccount(_, subject) {
    const claims = people.get(subject);
    return claims && { accountId: subject, claims: () => ({ sub: subject, ...claims }) };
  },
  extraTokenClaims: (_, token) => apps.get(token.clientId)?.claims,
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, audience) => ({ scope: '', audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
    },
  },
});

// Its pages ask for a font of somebody else's.
provider.use(async (context, next) => {
  await next();
  if (typeof context.body === 'string') context.body = context.body.replace(/@import url\([^)]*\);/g, '');
});

provider.listen(given.port, '127.0.0.1', () => console.log('ready'));
process.stdin.on('end', () => process.exit(0)).resume();
