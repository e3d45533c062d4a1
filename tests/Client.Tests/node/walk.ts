// The walk of README.md with the types of openapi-typescript: node walk.js <address> <license>
import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

declare const process: { argv: string[] };

type Failure = components["schemas"]["ErrorBody"];
type Result<T> = { data?: T | undefined; error?: Failure | undefined; response: Response };

const [, , address = "", license = ""] = process.argv;
const password = "Correct-Horse-9-Battery";
// Without the second type, lists that can also be CSV would be "a page or a text".
const anonymous = createClient<paths, "application/json">({ baseUrl: address });

/** What was answered; a refusal ends the walk. */
async function ok<T>(call: Promise<Result<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (error || data === undefined) throw new Error(`${response.url}: ${response.status} ${error?.message} ${error?.detail ?? ""}`);
  return data;
}

await ok(anonymous.POST("/api/v2/users/first", { body: { email: "ada@example.com", username: "ada", password } }));
const { session_token: token } = await ok(anonymous.POST("/api/v2/users/login", { body: { email: "ada@example.com", password } }));
const api = createClient<paths, "application/json">({ baseUrl: address, headers: { "Coder-Session-Token": token } });

const organization = await ok(api.GET("/api/v2/organizations/{organization}", { params: { path: { organization: "default" } } }));
const grace = await ok(api.POST("/api/v2/users", {
  body: { email: "grace@example.com", username: "grace", password, user_status: "active", organization_ids: [organization.id] },
}));
const { id } = await ok(api.POST("/api/v2/licenses", { body: { license } }));
await ok(api.POST("/api/v2/ai-usage/interceptions", {
  body: {
    interceptions: [{ id: "5f0c7a52-6a2b-4c8e-9d5f-0a8a7d1c3e11", initiator_id: grace.id, provider: "anthropic", model: "claude-sonnet-4", started_at: "2026-01-01T09:00:00Z" }],
  },
}));

/** Who holds a seat, read page after page as the header Link says. */
async function seats(): Promise<string> {
  const rows: string[] = [];
  let offset: number | undefined = 0;
  while (offset !== undefined) {
    const result: Result<components["schemas"]["MemberPage"]> = await api.GET("/api/v2/organizations/{organization}/paginated-members", {
      params: { path: { organization: "default" }, query: { limit: 1, offset, count: false } },
    });
    const page = await ok(Promise.resolve(result));
    rows.push(...page.members.map((member) => `${member.username}=${member.has_ai_seat}`));
    offset = result.response.headers.get("Link")?.includes('rel="next"') ? rows.length : undefined;
  }
  return rows.join(" ");
}

console.log(await seats());
await ok(api.POST("/api/v2/organizations", { body: { name: "research", display_name: "Research" } }));
const research = { path: { organization: "research" } };
console.log((await ok(api.POST("/api/v2/organizations/{organization}/members", { params: research, body: { user_ids: [grace.id] } }))).length);
const changed = await ok(api.PUT("/api/v2/organizations/{organization}/members/{user}/roles", {
  params: { path: { organization: "research", user: "grace" } },
  body: { roles: ["organization-admin"] },
}));
console.log(changed.roles.map((role) => role.name).join(" "));
const refused = await api.DELETE("/api/v2/organizations/{organization}", { params: research });
console.log(refused.error?.detail);

await api.DELETE("/api/v2/licenses/{id}", { params: { path: { id } } });
console.log(await seats());
await ok(api.POST("/api/v2/licenses", { body: { license } }));
console.log(await seats());
