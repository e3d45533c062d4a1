// The walk of README.md with the client that Kiota makes. generators.sh compiles and runs it.
using Kiota.Monolith;
using Kiota.Monolith.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

const string Password = "Correct-Horse-9-Battery";
var (address, licenseText) = (args[0], args[1]);
var anonymous = Connect(null);
await anonymous.Api.V2.Users.First.PostAsync(new CreateFirstUserRequest { Email = "ada@example.com", Username = "ada", Password = Password });
var login = await anonymous.Api.V2.Users.Login.PostAsync(new LoginRequest { Email = "ada@example.com", Password = Password });

var api = Connect(login!.SessionToken);
var organizations = api.Api.V2.Organizations;
var organization = await organizations["default"].GetAsync();
var grace = await api.Api.V2.Users.PostAsync(new CreateUserRequest
{
    Email = "grace@example.com",
    Username = "grace",
    Password = Password,
    UserStatus = UserStatus.Active,
    OrganizationIds = [organization!.Id],
});
var license = await api.Api.V2.Licenses.PostAsync(new UploadLicenseBody { License = licenseText });
await api.Api.V2.AiUsage.Interceptions.PostAsync(new ReportInterceptionsBody
{
    Interceptions = [new Interception { Id = Guid.CreateVersion7(), InitiatorId = grace!.Id, Provider = "anthropic", Model = "claude-sonnet-4", StartedAt = new DateTimeOffset(2026, 1, 1, 9, 0, 0, TimeSpan.Zero) }],
});
Console.WriteLine(await SeatsAsync());
await organizations.PostAsync(new CreateOrganizationRequest { Name = "research", DisplayName = "Research" });
Console.WriteLine((await organizations["research"].Members.PostAsync(new AddOrganizationMembersRequest { UserIds = [grace.Id] }))!.Count);
var changed = await organizations["research"].Members["grace"].Roles.PutAsync(new UpdateRoles { Roles = ["organization-admin"] });
Console.WriteLine(string.Join(' ', changed!.Roles!.Select(role => role.Name)));
try
{
    await organizations["research"].DeleteAsync();
}
catch (ErrorBody refused)
{
    Console.WriteLine(refused.Detail);
}
await api.Api.V2.Licenses[license!.Id!.Value].DeleteAsync();
Console.WriteLine(await SeatsAsync());
await api.Api.V2.Licenses.PostAsync(new UploadLicenseBody { License = licenseText });
Console.WriteLine(await SeatsAsync());

async Task<string> SeatsAsync()
{
    var page = await organizations["default"].PaginatedMembers.GetAsync(request => request.QueryParameters.Limit = 25);
    return string.Join(' ', page!.Members!.Select(member => $"{member.Username}={(member.HasAiSeat == true ? "true" : "false")}"));
}

KiotaClient Connect(string? token)
{
    var http = new HttpClient();
    if (token is not null)
        http.DefaultRequestHeaders.Add("Coder-Session-Token", token);
    return new KiotaClient(new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http) { BaseUrl = address });
}
