// The walk of README.md with the client that @hey-api/openapi-ts makes. generators.sh compiles and runs it.
import * as api from "./client/index.js";
import { client } from "./client/client.gen.js";

declare const process: { argv: string[] };

const [, , address = "", license = ""] = process.argv;
const password = "Correct-Horse-9-Battery";
const throwOnError = true;

async function seats(): Promise<string> {
  const { data } = await api.paginatedOrganizationMembers({ throwOnError, path: { organization: "default" }, query: { limit: 25 } });
  return typeof data === "string" ? data : data.members.map((member) => `${member.username}=${member.has_ai_seat}`).join(" ");
}

async function walk(): Promise<void> {
  client.setConfig({ baseUrl: address });
  await api.createInitialUser({ throwOnError, body: { email: "ada@example.com", username: "ada", password } });
  const login = await api.logInUser({ throwOnError, body: { email: "ada@example.com", password } });
  client.setConfig({ baseUrl: address, headers: { "Coder-Session-Token": login.data.session_token } });

  const organization = (await api.getOrganization({ throwOnError, path: { organization: "default" } })).data;
  const grace = (await api.createUser({ throwOnError, body: { email: "grace@example.com", username: "grace", password, user_status: "active", organization_ids: [organization.id] } })).data;
  const { id } = (await api.uploadLicense({ throwOnError, body: { license } })).data;
  await api.reportInterceptions({
    throwOnError,
    body: { interceptions: [{ id: "5f0c7a52-6a2b-4c8e-9d5f-0a8a7d1c3e11", initiator_id: grace.id, provider: "anthropic", model: "claude-sonnet-4", started_at: "2026-01-01T09:00:00Z" }] },
  });

  console.log(await seats());
  await api.createOrganization({ throwOnError, body: { name: "research", display_name: "Research" } });
  const path = { organization: "research" };
  console.log((await api.addOrganizationMembers({ throwOnError, path, body: { user_ids: [grace.id] } })).data.length);
  const changed = await api.assignRoleToOrganizationMember({ throwOnError, path: { ...path, user: "grace" }, body: { roles: ["organization-admin"] } });
  console.log(changed.data.roles.map((role) => role.name).join(" "));
  const refused = await api.deleteOrganization({ path });
  console.log(refused.error?.detail);
  await api.deleteLicense({ throwOnError, path: { id } });
  console.log(await seats());
  await api.uploadLicense({ throwOnError, body: { license } });
  console.log(await seats());
}

void walk();
