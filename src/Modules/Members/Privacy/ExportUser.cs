using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Monolith.Kernel.Privacy;

namespace Monolith.Members.Privacy;

internal sealed class ExportUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/users/{user}/export", (string user, IDispatcher dispatcher, CancellationToken ct) =>
            dispatcher.SendAsync(new ExportUserQuery(user), ct).With(export => ListResults.Document(export, "entries", export.Rows)))
        .For<ExportUserQuery>("export-user", "Answers everything that is stored about a user, without secrets.")
        .Produces<UserExport>();
}

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read, PermissionAction.ReadPersonal, IncludeDeleted = true)]
internal sealed record ExportUserQuery(string User) : IQuery<UserExport>, IUserRequest;

/// <summary>All that is stored about somebody.</summary>
internal sealed record UserExport(
    Guid UserId,
    DateTimeOffset ExportedAt,
    [property: Description("One entry a row, section after section.")] IReadOnlyList<UserExportEntry> Entries)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public RowStream<UserExportEntry> Rows { get; init; } = null!;
}

internal sealed record UserExportEntry(
    [property: Description("What kind of data it is, such as account, memberships, interceptions or audit_log.")] string Section,
    [property: Description("The data; its members depend on the section.")] JsonElement Data);

internal sealed class ExportUserHandler(CurrentUser target, IEnumerable<IUserData> parts, TimeProvider clock) : IQueryHandler<ExportUserQuery, UserExport>
{
    public Task<Result<UserExport>> Handle(ExportUserQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<UserExport>>(new UserExport(target.Id, clock.GetUtcNow(), []) { Rows = new(ReadAsync(target.Id, CancellationToken.None)) });

    // Named accounts first, then the parts in a fixed order: two exports can be compared.
    private async IAsyncEnumerable<Page<UserExportEntry>> ReadAsync(Guid userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var part in parts.OrderByDescending(part => part is AccountData).ThenBy(part => part.Sections[0], StringComparer.Ordinal))
        {
            foreach (var section in part.Sections)
            {
                string? after = null;
                do
                {
                    var page = await part.ReadAsync(section, userId, after, cancellationToken);
                    yield return new([.. page.Entries.Select(entry => new UserExportEntry(section, JsonSerializer.Deserialize<JsonElement>(entry)))], null);
                    after = page.Next;
                }
                while (after is not null);
            }
        }
    }
}
