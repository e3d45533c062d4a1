using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Monolith.Web.Http;

namespace Monolith.Architecture.Tests;

/// <summary>Every route has one form: what it sends, a name and a sentence; the rest follows from the request (architecture, section 3).</summary>
public sealed partial class OperationTests : IAsyncLifetime
{
    private IReadOnlyList<SentRequest> _routes = [];

    public async Task InitializeAsync() => _routes = await EndpointRequests.AllAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void A_route_says_what_it_sends() =>
        Faults.None(Strays(one => one.Endpoint.Metadata.GetMetadata<Sends>()?.Request == one.Request, one => $"sends {one.Request.Name}: say .For<{one.Request.Name}>(...)"));

    [Fact]
    public void A_route_has_a_name_of_its_own_in_kebab_case()
    {
        Faults.None(Strays(one => Kebab().IsMatch(one.Operation), one => $"is called '{one.Operation}': write it like get-user"));
        Faults.None(_routes.GroupBy(one => one.Operation).Where(same => same.Count() > 1).Select(same => $"{same.Count()} routes are called {same.Key}"));
    }

    [Fact]
    public void A_route_is_summed_up_in_one_sentence() =>
        Faults.None(Strays(one => Sentence().IsMatch(SummaryOf(one)), one => $"says '{SummaryOf(one)}': write one sentence that ends with a period"));

    [Fact]
    public void An_operation_has_a_tag() =>
        Faults.None(Strays(
            one => !one.IsApi || one.Endpoint.Metadata.GetMetadata<ITagsMetadata>() is { Tags.Count: 1 },
            one => $"has no tag: add [assembly: RoomTag] for the room of {one.Request.FullName}"));

    [Fact]
    public void A_room_with_a_tag_has_operations()
    {
        var rooms = _routes.Select(one => (one.Request.Assembly, one.Request.Namespace!.Split('.')[2])).ToHashSet();
        Faults.None(
            from assembly in Solution.Assemblies
            from tag in assembly.GetCustomAttributes<RoomTagAttribute>()
            where !rooms.Contains((assembly, tag.Room))
            select $"{assembly.GetName().Name} gives a tag to {tag.Room}, which sends nothing");
    }

    [Theory]
    [InlineData("build-info", true)]
    [InlineData("check-initial-user-created", true, 404)]
    [InlineData("log-in-user", true, 400, 401, 403)]
    [InlineData("get-users", false, 400, 401)]
    [InlineData("get-organizations", false, 401)]
    [InlineData("get-user", false, 401, 404)]
    [InlineData("get-organization", false, 401, 404)]
    [InlineData("get-user-login-type", false, 401, 403, 404)]
    [InlineData("get-site-member-roles", false, 401, 403)]
    [InlineData("get-member-roles-by-organization", false, 401, 404)]
    [InlineData("list-interceptions", false, 400, 401, 403)]
    [InlineData("report-interceptions", false, 400, 401, 403)]
    [InlineData("check-authorization", false, 400, 401)]
    [InlineData("delete-api-key", false, 400, 401, 404)]
    [InlineData("update-user-profile", false, 400, 401, 404, 409)]
    [InlineData("delete-user", false, 400, 401, 403, 404, 417)]
    [InlineData("assign-role-to-organization-member", false, 400, 401, 403, 404, 412)]
    public void What_an_operation_refuses_follows_from_its_request(string operation, bool isOpen, params int[] statuses)
    {
        var metadata = _routes.Single(one => one.Operation == operation).Endpoint.Metadata;
        Assert.Equal(isOpen, metadata.GetMetadata<IAllowAnonymous>() is not null);
        Assert.Equal(statuses, FailuresOf(metadata).Order());
    }

    [Fact]
    public void A_route_repeats_no_failure_that_its_request_tells() =>
        Faults.None(Strays(one => FailuresOf(one.Endpoint.Metadata).Distinct().Count() == FailuresOf(one.Endpoint.Metadata).Count(), _ => "repeats a failure: .Fails names only those that do not follow from the request"));

    [Fact]
    public void What_follows_from_the_request_is_written_once()
    {
        var home = Path.Combine("Web", "Http", $"{nameof(ApiRoutes)}.cs");
        // The client calls the routes, and knows nothing of the server.
        var server = Solution.Sources().Where(file => !Solution.Relative(file).StartsWith("src/Client/", StringComparison.Ordinal)).ToList();
        var others = server.Where(file => !file.EndsWith(home, StringComparison.Ordinal)).ToList();
        Assert.NotEqual(server.Count, others.Count);
        Faults.None(
            from file in others
            from line in File.ReadLines(file)
            where ByHand().IsMatch(line)
            select $"{Solution.Relative(file)} says {line.Trim()}; {nameof(ApiRoutes)} does");
    }

    [Theory]
    [InlineData("""        .MapGet("/api/v2/users",""", true)]
    [InlineData("""        .MapGet("/users",""", false)]
    [InlineData("        .Produces<ErrorBody>(404)", true)]
    [InlineData("        .WithName(\"get-user\")", true)]
    [InlineData("        .AllowAnonymous();", true)]
    [InlineData("/// <summary>The body of <c>POST /api/v2/authcheck</c>.</summary>", false)]
    public void What_is_written_by_hand_is_seen(string line, bool isSeen) => Assert.Equal(isSeen, ByHand().IsMatch(line));

    private IEnumerable<string> Strays(Func<SentRequest, bool> isSound, Func<SentRequest, string> fault)
    {
        Assert.True(_routes.Count > 70, $"{_routes.Count} routes");
        return _routes.Where(one => !isSound(one)).Select(one => $"{one.Method} {one.Path} {fault(one)}");
    }

    private static string SummaryOf(SentRequest one) => one.Endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary ?? "";

    private static IEnumerable<int> FailuresOf(Microsoft.AspNetCore.Http.EndpointMetadataCollection metadata) =>
        metadata.OfType<IProducesResponseTypeMetadata>().Where(one => one.Type == typeof(ErrorBody)).Select(one => one.StatusCode);

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)+$")]
    private static partial Regex Kebab();

    [GeneratedRegex(@"^[A-Z][^.!?\n]+\.$")]
    private static partial Regex Sentence();

    [GeneratedRegex("""^(?!\s*//).*("/?api/v2|Produces<ErrorBody>|\.(WithName|WithSummary|AllowAnonymous)\()""")]
    private static partial Regex ByHand();
}
