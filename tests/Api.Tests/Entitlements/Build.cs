using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>A build to report; with-expressions make others of it.</summary>
internal sealed record Build(Scenario Scenario, Guid Owner, int Number = 1, string Transition = "start", bool Task = true)
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid Workspace { get; init; } = Guid.CreateVersion7();

    public Guid Organization { get; init; } = Scenario.OrganizationId;

    public string Name { get; init; } = "dev";

    /// <summary>The same workspace at another number, under an id of its own.</summary>
    public Build Next(int number, Guid? owner = null, string transition = "start") =>
        this with { Id = Guid.CreateVersion7(), Number = number, Owner = owner ?? Owner, Transition = transition };

    public object Body() => new
    {
        id = Id,
        workspace_id = Workspace,
        workspace_name = Name,
        owner_id = Owner,
        organization_id = Organization,
        build_number = Number,
        transition = Transition,
        has_ai_task = Task,
        created_at = Licenses.Now,
    };

    public Task<ApiAnswer> SendAsync(ApiClient? client = null) => SendAsync(client ?? Scenario.Owner, this);

    public static Task<ApiAnswer> SendAsync(ApiClient client, params Build[] builds) =>
        client.PostAsync("/ai-usage/workspace-builds", new { builds = builds.Select(build => build.Body()) });
}
