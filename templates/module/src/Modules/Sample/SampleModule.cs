using Microsoft.Extensions.Configuration;
using Monolith.Sample.Notes;

[assembly: RoomTag("Notes", "Sample")]

namespace Monolith.Sample;

/// <summary>Notes that everybody reads.</summary>
public sealed class SampleModule : IModule
{
    /// <summary>The resource type of a note.</summary>
    internal const string Note = "sample_note";

    /// <inheritdoc />
    public static string Name => "sample";

    /// <inheritdoc />
    public static IReadOnlyList<ResourceDeclaration> Permissions { get; } =
    [
        new(Note, "Notes", PermissionAction.Create, PermissionAction.Read)
        {
            Grants =
            [
                new("owner", PermissionAction.Create, PermissionAction.Read),
                new("member", PermissionAction.Read),
            ],
        },
    ];

    /// <inheritdoc />
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddReadStore<SampleModule, NoteRow>(NoteMap.Table);
        services.AddScoped<INoteWriter, NoteWriter>();
    }
}
