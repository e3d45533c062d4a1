using Microsoft.AspNetCore.Http.Metadata;
using Monolith.Kernel.Authorization;

namespace Monolith.Architecture.Tests;

/// <summary><c>docs/authorization.md</c> says what the attributes say.</summary>
public sealed class AuthorizationTableTests
{
    private const string Switch = "MONOLITH_WRITE_DOCS";

    private const string Head =
        $"""
        # Who may do what

        Every operation and what the pipeline asks before its handler runs, in that order. This file is made from the attributes of the
        requests (`src/BuildingBlocks/Kernel/Authorization/Requirements.cs`): do not edit it. After a change write it anew with

            {Switch}=1 dotnet test tests/Architecture.Tests --filter AuthorizationTable

        Without a session every operation that is not open answers 401, before anything below is looked at.
        *On the user* means the user of the route: whoever the caller may not see is answered like one who does not exist.
        *The handler asks* where something else is told first, or where the permission is read again under lock.

        | | path | operation | needs |
        | --- | --- | --- | --- |

        """;

    [Fact]
    public async Task The_table_is_what_the_requests_declare()
    {
        var operations = await EndpointRequests.AllAsync();
        Assert.True(operations.Count > 60, $"{operations.Count} operations");
        var lines = operations
            .OrderBy(one => one.Path, StringComparer.Ordinal).ThenBy(one => one.Method, StringComparer.Ordinal)
            .Select(one => $"| {one.Method} | `{one.Path}` | {one.Operation} | {RequestRequirement.Of(one.Request).InWords()} |\n");
        var expected = Head.ReplaceLineEndings("\n") + string.Concat(lines);
        var file = Path.Combine(Solution.Root, "docs", "authorization.md");
        if (Environment.GetEnvironmentVariable(Switch) == "1")
            await File.WriteAllTextAsync(file, expected);
        var written = File.Exists(file) ? (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n") : "";
        var differing = expected.Split('\n').Except(written.Split('\n')).Concat(written.Split('\n').Except(expected.Split('\n')));
        Assert.True(
            expected == written,
            $"docs/authorization.md is out of date. Write it anew with {Switch}=1 dotnet test tests/Architecture.Tests --filter AuthorizationTable, and look at what changed:\n{string.Join('\n', differing)}");
    }

    [Fact]
    public async Task Every_body_is_one_that_binding_never_refuses()
    {
        var bodies = (await EndpointRequests.AllAsync()).Where(one => one.Endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null).ToList();
        Assert.True(bodies.Count > 15, $"{bodies.Count} bodies");

        // Ours takes any content type and is read in its turn; what the framework binds by itself throws on bad JSON.
        var strays = bodies.Where(one => !one.Endpoint.Metadata.GetMetadata<IAcceptsMetadata>()!.ContentTypes.Contains("*/*"));
        Faults.None(strays.Select(one => $"{one.Method} {one.Path} binds its body itself: take a Body<T>."));
    }
}
